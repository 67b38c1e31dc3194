// What a call sends: parameters, headers, tags.
#include "operations/call.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "operations/headers.hpp"

namespace policysim::operations {
namespace {

using text::Node;

// "max-keys" is MaxKeys, "versionId" VersionId.
bool same_name(std::string_view a, std::string_view b) {
  std::size_t i = 0;
  std::size_t j = 0;
  for (;;) {
    while (i < a.size() && a[i] == '-') ++i;
    while (j < b.size() && b[j] == '-') ++j;
    if (i == a.size() || j == b.size()) return i == a.size() && j == b.size();
    if (base::lower(a[i++]) != base::lower(b[j++])) return false;
  }
}

// What stands at the end of a path; through lists that is many nodes.
void collect(const Node& node, std::string_view path, std::vector<const Node*>& out) {
  if (node.is_list() && !path.empty()) {
    for (const Node& item : node.items) collect(item, path, out);
    return;
  }
  if (path.empty()) {
    out.push_back(&node);
    return;
  }
  const std::size_t dot = std::min(path.find('.'), path.size());
  for (const text::Member& member : node.members) {
    if (!same_name(member.key, path.substr(0, dot))) continue;
    collect(member.value, dot < path.size() ? path.substr(dot + 1) : std::string_view(), out);
  }
}

template <class Use>
void each_word(std::string_view words, char separator, const Use& use) {
  for (std::size_t at = 0; at < words.size();) {
    const std::size_t end = std::min(words.find(separator, at), words.size());
    if (end > at) use(words.substr(at, end - at));
    at = end + 1;
  }
}

std::vector<const Node*> nodes(const Call& call, std::string_view path) {
  std::vector<const Node*> out;
  if (call.element != nullptr) collect(*call.element, path, out);
  if (out.empty() && call.fields.parameters != nullptr) {
    collect(*call.fields.parameters, path, out);
  }
  if (!out.empty() || call.fields.parameters == nullptr) return out;
  // The table's "Delete.Objects" is where the API has `Objects`.
  each_word(call.row.parameters, ' ', [&](std::string_view known) {
    if (known.size() <= path.size() + 1 || known[known.size() - path.size() - 1] != '.') return;
    if (!same_name(known.substr(known.size() - path.size()), path)) return;
    collect(*call.fields.parameters, known, out);
  });
  return out;
}

std::vector<const Node*> alternatives(const Call& call, std::string_view names) {
  std::vector<const Node*> out;
  each_word(names, '|', [&](std::string_view path) {
    if (out.empty()) out = nodes(call, path);
  });
  return out;
}

void add_values(const Node& node, std::vector<std::string>& out) {
  if (node.is_scalar()) out.push_back(node.text);
  for (const Node& item : node.items) add_values(item, out);
}

const std::string* member_text(const Node& node, std::string_view names) {
  const std::string* out = nullptr;
  each_word(names, '|', [&](std::string_view name) {
    for (const text::Member& member : node.members) {
      if (out == nullptr && same_name(member.key, name) && member.value.is_scalar()) {
        out = &member.value.text;
      }
    }
  });
  return out;
}

// A map, or a list of {Key, Value} as AWS's APIs spell it.
void add_pairs(const Node& node, world::Tags& out) {
  for (const text::Member& member : node.members) {
    if (member.value.is_scalar()) out.emplace_back(member.key, member.value.text);
  }
  for (const Node& item : node.items) {
    const std::string* key = member_text(item, "Key|TagKey");
    const std::string* value = member_text(item, "Value|TagValue");
    if (key != nullptr) out.emplace_back(*key, value != nullptr ? *value : std::string());
  }
}

}  // namespace

const Node* find_param(const Call& call, std::string_view names) {
  const auto found = alternatives(call, names);
  return found.empty() ? nullptr : found.front();
}

std::vector<std::string> param_values(const Call& call, std::string_view names) {
  std::vector<std::string> out;
  for (const Node* node : alternatives(call, names)) add_values(*node, out);
  return out;
}

std::string param(const Call& call, std::string_view names) {
  const auto values = param_values(call, names);
  return values.empty() ? std::string() : values.front();
}

world::Tags param_pairs(const Call& call, std::string_view names) {
  world::Tags out;
  for (const Node* node : alternatives(call, names)) add_pairs(*node, out);
  return out;
}

bool header_fits(std::string_view patterns, std::string_view header) {
  bool fits = false;
  each_word(patterns, ' ', [&](std::string_view pattern) {
    if (!pattern.empty() && pattern.back() == '*') {
      fits = fits || base::starts_with_ignore_case(header, pattern.substr(0, pattern.size() - 1));
    } else {
      fits = fits || base::equals_ignore_case(header, pattern);
    }
  });
  return fits;
}

const std::string* find_header(const Fields& fields, std::string_view pattern) {
  if (!fields.headers) return nullptr;
  for (const auto& [name, value] : *fields.headers) {
    if (header_fits(pattern, name)) return &value;
  }
  return nullptr;
}

void read_tags(Call& call) {
  call.tags = call.fields.tags.value_or(world::Tags{});
  for (const char* path : {"Tags", "TagsList", "CreateBucketConfiguration.Tags"}) {
    const auto more = param_pairs(call, path);
    call.tags.insert(call.tags.end(), more.begin(), more.end());
  }
  if (const std::string* header = find_header(call.fields, "x-amz-tagging")) {
    add_query_tags(*header, call.tags);
  }
  call.tag_keys = call.fields.tag_keys.value_or(world::Names{});
  const auto more = param_values(call, "TagKeys");
  call.tag_keys.insert(call.tag_keys.end(), more.begin(), more.end());
}

world::Tags tags_for(const Call& call, std::string_view type) {
  world::Tags out;
  const std::string marker = ":" + std::string(type) + "/";
  if (call.row.shape.find(marker) != std::string_view::npos) out = call.tags;
  const Node* specifications = find_param(call, "TagSpecifications");
  if (specifications == nullptr) return out;
  for (const Node& item : specifications->items) {
    const std::string* named = member_text(item, "ResourceType");
    if (named == nullptr || *named != type) continue;
    std::vector<const Node*> tags;
    collect(item, "Tags", tags);
    for (const Node* node : tags) add_pairs(*node, out);
  }
  return out;
}

std::string fill(const Call& call, std::string_view shape, std::string_view name) {
  std::string out;
  while (!shape.empty()) {
    const std::size_t at = std::min(shape.find("${"), shape.size());
    out += shape.substr(0, at);
    shape.remove_prefix(at);
    if (shape.empty()) break;
    const std::size_t end = shape.find('}');
    const std::string_view word = shape.substr(2, end - 2);
    shape.remove_prefix(end + 1);
    const std::string& main = call.main.arn;
    if (word == "partition") out += call.partition;
    if (word == "region") out += call.region;
    if (word == "account") out += call.account;
    if (word == "name") out += name;
    if (word == "main") out += main;
    if (word == "main:account") out += call.main.facts.account;
    if (word == "main:name") {
      const std::size_t slash = main.find('/') + 1;
      out += main.substr(slash, std::min(main.find('/', slash), main.size()) - slash);
    }
    if (word.substr(0, 6) != "param:") continue;
    // "${param:Prefix/}": with a slash behind it, or nothing.
    const bool optional = word.back() == '/';
    const std::string value = param(call, word.substr(6, word.size() - 6 - (optional ? 1 : 0)));
    out += value;
    if (optional && !value.empty()) out += '/';
  }
  return out;
}

}  // namespace policysim::operations
