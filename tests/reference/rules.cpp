#include "reference/rules.hpp"

#include <algorithm>

namespace policysim::reference {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

// One `${…}` of a policy string.
struct Variable {
  char32_t escape = 0;  // `${*}`, `${?}`, `${$}`
  bool malformed = false;
  std::string_view key;
  std::optional<std::string_view> default_text;
  std::size_t length = 0;  // of the whole `${…}`
};

bool is_key(std::string_view text) {
  const std::size_t colon = text.find(':');
  return colon != std::string_view::npos && colon > 0 && colon + 1 < text.size() &&
         text.find_first_of(kBlanks) == std::string_view::npos &&
         text.find_first_of(",{}") == std::string_view::npos;
}

// The variable that begins at `at`, if one does.
std::optional<Variable> variable_at(const Surroundings& s, std::string_view text, std::size_t at) {
  if (!s.version_2012 || text.substr(at, 2) != "${") return std::nullopt;
  const std::size_t end = text.find('}', at);
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view body = text.substr(at + 2, end - at - 2);
  Variable out;
  out.length = end + 1 - at;
  if (body == "*" || body == "?" || body == "$") {
    out.escape = static_cast<unsigned char>(body[0]);
    return out;
  }
  const std::size_t comma = body.find(", '");
  out.key = body.substr(0, comma);
  out.malformed = !is_key(out.key);
  if (comma != std::string_view::npos) {
    const std::string_view rest = body.substr(comma + 3);
    out.malformed = out.malformed || rest.find('\'') != rest.size() - 1 || rest.empty();
    if (!out.malformed) out.default_text = rest.substr(0, rest.size() - 1);
  }
  return out;
}

void append(Chars& chars, const Chars& more) {
  chars.insert(chars.end(), more.begin(), more.end());
}

bool starts_with_any(const std::string& key, const std::vector<std::string>& prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [&](const std::string& prefix) { return key.starts_with(prefix); });
}

// Of a key that the request does not state.
bool is_unknown(const Request& request, const std::string& lower_key) {
  return starts_with_any(lower_key, request.unknown_prefixes) ||
         (request.missing_unknown && !starts_with_any(lower_key, request.complete_prefixes));
}

bool is_hidden_in_key_policies(const std::string& lower_key) {
  return lower_key.starts_with("aws:resourcetag/") || lower_key == "kms:resourcealiases";
}

}  // namespace

Tri both(Tri a, Tri b) { return std::min(a, b); }
Tri either(Tri a, Tri b) { return std::max(a, b); }
Tri negate(Tri a) {
  return a == Tri::kTrue ? Tri::kFalse : a == Tri::kFalse ? Tri::kTrue : Tri::kUnknown;
}

Tri all_of(const std::vector<Tri>& values) {
  Tri out = Tri::kTrue;
  for (const Tri value : values) out = both(out, value);
  return out;
}

Tri any_of(const std::vector<Tri>& values) {
  Tri out = Tri::kFalse;
  for (const Tri value : values) out = either(out, value);
  return out;
}

std::string_view Surroundings::reading(std::string_view option,
                                       std::string_view default_reading) const {
  const auto found = options.find(option);
  return found == options.end() ? default_reading : std::string_view(found->second);
}

Tri closed(const Surroundings& s, std::string_view option, std::string_view yes,
           const std::function<Tri(bool)>& part) {
  const std::string_view reading = s.reading(option, "closed");
  if (reading != "closed") return part(reading == yes);
  return s.deny ? either(part(true), part(false)) : both(part(true), part(false));
}

// Keys compare without case. Of two tags that differ in case only, the one spelled as in the policy
// wins, else the first.
ContextKey look_up(const Surroundings& s, std::string_view key) {
  const std::string wanted = ascii_lower(key);
  if (s.type == PolicyType::kKey && is_hidden_in_key_policies(wanted) &&
      s.reading("kms.resource_tags_in_key_policy", "off") == "off") {
    return {std::string(key), State::kAbsent, {}};
  }
  std::vector<const ContextKey*> found;
  for (const ContextKey& entry : s.request.context) {
    if (ascii_lower(entry.key) == wanted) found.push_back(&entry);
  }
  ContextKey out{std::string(key), State::kAbsent, {}};
  if (!found.empty()) {
    const ContextKey* chosen = found.front();
    for (const ContextKey* entry : found) {
      if (entry->key == key) {
        chosen = entry;
        break;
      }
    }
    if (found.size() > 1 && s.reading("tags.case_variant", "policy_spelling") == "other") {
      chosen = chosen == found[0] ? found[1] : found[0];
    }
    out = *chosen;
  } else if (is_unknown(s.request, wanted)) {
    out.state = State::kUnknown;
  }
  if (out.state == State::kUnknown && s.unknown != nullptr) s.unknown->insert(std::string(key));
  return out;
}

Resolved resolve(const Surroundings& s, std::string_view text) {
  Resolved out;
  std::size_t at = 0;
  bool unresolved = false;
  bool unknown = false;
  while (at < text.size()) {
    const auto variable = variable_at(s, text, at);
    if (!variable) {
      std::size_t next = at + 1;
      while (next < text.size() && !variable_at(s, text, next)) ++next;
      append(out.chars, policy_chars(text.substr(at, next - at), true, s.utf16()));
      at = next;
      continue;
    }
    at += variable->length;
    if (variable->escape != 0) {
      out.chars.push_back({variable->escape, false});
      continue;
    }
    if (variable->malformed) {
      unresolved = true;
      continue;
    }
    const ContextKey value = look_up(s, variable->key);
    const bool list = value.state == State::kList;
    const bool usable = value.state == State::kScalar && !value.values.at(0).empty();
    if (value.state == State::kUnknown) {
      unknown = true;
    } else if (usable) {
      const bool wild = s.reading("variable.value_wildcards", "literal") == "pattern";
      append(out.chars, policy_chars(value.values[0], wild, s.utf16()));
    } else if (variable->default_text &&
               !(list && s.reading("variable.multivalued_default", "default") == "unresolved")) {
      append(out.chars, policy_chars(*variable->default_text, false, s.utf16()));
    } else {
      unresolved = true;
    }
  }
  if (unknown) out.kind = Resolved::Kind::kUnknown;
  if (unresolved) out.kind = Resolved::Kind::kUnresolved;
  return out;
}

bool has_variable(const Surroundings& s, std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (variable_at(s, text, at)) return true;
  }
  return false;
}

bool has_early_variable(const Surroundings& s, std::string_view text) {
  int colons = 0;
  for (std::size_t at = 0; at < text.size() && colons < 5;) {
    const auto variable = variable_at(s, text, at);
    if (variable && variable->escape == 0) return true;
    if (!variable && text[at] == ':') ++colons;
    at += variable ? variable->length : 1;
  }
  return false;
}

}  // namespace policysim::reference
