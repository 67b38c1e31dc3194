#include "gate/witness_values.hpp"

#include <algorithm>
#include <utility>

#include "base/ascii.hpp"
#include "catalog/keys.hpp"
#include "catalog/services.hpp"
#include "gate/witness_yaml.hpp"
#include "policy/variables.hpp"
#include "values/glob.hpp"

namespace policysim::gate {
namespace {

using catalog::ValueKind;
using policy::Piece;
using text::Node;

constexpr std::size_t kMostValues = 24;   // of a key
constexpr std::size_t kMostActions = 12;  // of an element

void add(std::vector<std::string>& list, std::string text) {
  if (text.find("${{") != text.npos) return;  // a fixture would look it up
  if (std::find(list.begin(), list.end(), text) == list.end()) list.push_back(std::move(text));
}

std::optional<std::string> value_of(const request::Data* request, const std::string& key) {
  if (request == nullptr) return std::nullopt;
  for (const request::ContextEntry& entry : request->context) {
    const bool found =
        base::equals_ignore_case(entry.key, key) && entry.state == request::ValueState::kScalar;
    if (found) return entry.values.front();
  }
  return std::nullopt;
}

std::string other_case(std::string text) {
  for (char& c : text) {
    if (c >= 'a' && c <= 'z') {
      c = static_cast<char>(c - 'a' + 'A');
    } else {
      c = base::lower(c);
    }
  }
  return text;
}

// Near a text: what stops to be equal, and what is equal to some operators only.
void add_around(const std::string& text, std::vector<std::string>& out) {
  add(out, text);
  add(out, text + "x");
  add(out, "x" + text);
  add(out, other_case(text));
}

void add_number(const std::string& text, std::vector<std::string>& out) {
  add(out, text);
  const auto digits = text.find_first_not_of("0123456789");
  if (digits == text.npos && !text.empty() && text.size() < 18) {
    const unsigned long long number = std::stoull(text);
    add(out, std::to_string(number + 1));
    if (number > 0) add(out, std::to_string(number - 1));
  }
  add(out, "0");
  add(out, "1000000000");
}

// Texts that hit and miss the values of one condition.
void add_texts(const catalog::ConditionOperator& op, const policy::Texts& values,
               const request::Data* request, std::vector<std::string>& out) {
  for (const policy::Text& value : values.values) {
    switch (op.info().kind) {
      case ValueKind::kString:
      case ValueKind::kArn:
        for (const std::string& text : covered_texts(value.value, request)) add_around(text, out);
        if (op.info().kind == ValueKind::kString) add(out, value.value);
        break;
      case ValueKind::kNumeric:
        add_number(value.value, out);
        break;
      case ValueKind::kDate:
        for (const char* text : {"2000-01-01T00:00:00Z", "2100-01-01T00:00:00Z"}) add(out, text);
        add(out, value.value);
        break;
      case ValueKind::kBool:
      case ValueKind::kNull:
        break;
      case ValueKind::kBinary:
        add(out, value.value);
        add(out, "eA==");
        break;
      case ValueKind::kIpAddress:
        add(out, value.value.substr(0, value.value.find('/')));
        add(out, "203.0.113.77");
        break;
    }
  }
  if (op.info().kind == ValueKind::kBool) {
    for (const char* text : {"true", "false"}) add(out, text);
  }
  if (op.info().kind == ValueKind::kString || op.info().kind == ValueKind::kNull) add(out, "other");
}

using Keyed = std::pair<catalog::ConditionOperator, const policy::Texts*>;

std::vector<Keyed> conditions_on(const std::string& key, const policy::Statement& statement) {
  std::vector<Keyed> out;
  for (const policy::ConditionBlock& block : statement.condition) {
    for (const policy::Condition& one : block.conditions) {
      if (block.op && base::equals_ignore_case(one.key.value, key)) {
        out.emplace_back(*block.op, &one.values);
      }
    }
  }
  return out;
}

// Values of the first that the second has not.
policy::Texts only(const policy::Texts& first, const std::vector<Keyed>& second) {
  policy::Texts out;
  for (const policy::Text& text : first.values) {
    const bool known = std::any_of(second.begin(), second.end(), [&text](const Keyed& other) {
      const auto& values = other.second->values;
      return std::find(values.begin(), values.end(), text) != values.end();
    });
    if (!known) out.values.push_back(text);
  }
  return out;
}

}  // namespace

std::vector<std::string> covered_texts(std::string_view pattern, const request::Data* request) {
  std::vector<std::string> out;
  for (const char* star : {"", "x"}) {
    std::string text;
    bool resolved = true;
    for (const Piece& piece : policy::split_variables(pattern, true)) {
      if (piece.kind == Piece::Kind::kText) {
        for (const char c : piece.text) {
          if (c == '*') {
            text += star;
          } else {
            text += c == '?' ? 'a' : c;
          }
        }
      } else if (piece.kind == Piece::Kind::kLiteral) {
        text += piece.text;
      } else {
        const auto value = value_of(request, piece.text);
        resolved = resolved && value.has_value();
        text += value.value_or("");
      }
    }
    if (resolved) add(out, std::move(text));
  }
  return out;
}

std::vector<Node> key_values(const std::string& key, const policy::Statement& before,
                             const policy::Statement* after, const request::Data* request) {
  const std::vector<Keyed> first = conditions_on(key, before);
  const std::vector<Keyed> second =
      after == nullptr ? std::vector<Keyed>() : conditions_on(key, *after);
  std::vector<std::string> texts;
  for (const auto& [one, other] : {std::pair(&first, &second), std::pair(&second, &first)}) {
    for (const Keyed& condition : *one) {
      add_texts(condition.first, only(*condition.second, *other), request, texts);
    }
  }
  for (const auto* list : {&first, &second}) {
    for (const Keyed& condition : *list) {
      add_texts(condition.first, *condition.second, request, texts);
    }
  }
  if (texts.size() > kMostValues) texts.resize(kMostValues);
  add(texts, "");
  const auto has_set = [](const Keyed& one) {
    return one.first.set != catalog::SetOperator::kNone;
  };
  const bool lists = catalog::find_key(key).multivalued ||
                     std::any_of(first.begin(), first.end(), has_set) ||
                     std::any_of(second.begin(), second.end(), has_set);
  std::vector<Node> out;
  for (const std::string& text : texts) {
    out.push_back(lists ? list_node({text}) : text_node(text));
    if (lists && text != "other") out.push_back(list_node({text, "other"}));
  }
  out.emplace_back();  // null: absent
  return out;
}

std::vector<std::string> element_actions(const policy::Element& element,
                                         const std::vector<std::string>& known) {
  std::vector<std::string> named, others;
  for (const policy::Text& text : element.texts.values) {
    const std::string pattern = base::lower(text.value);
    const std::string service = pattern.substr(0, pattern.find(':') + 1);
    if (pattern.find_first_of("*?") == pattern.npos) add(named, text.value);
    for (const std::string& action : known) {
      const std::string folded = base::lower(action);
      if (values::glob_match(pattern, folded)) {
        add(named, action);
      } else if (folded.rfind(service, 0) == 0) {
        add(others, action);
      }
    }
    // Most services have these.
    for (const char* common : {"TagResource", "ListTagsForResource"}) {
      const std::string action = service + common;
      const bool fresh =
          catalog::is_known_action(action) && !values::glob_match(pattern, base::lower(action));
      if (fresh) add(others, action);
    }
  }
  if (named.size() > kMostActions / 2) named.resize(kMostActions / 2);
  named.insert(named.end(), others.begin(), others.end());
  if (named.size() > kMostActions) named.resize(kMostActions);
  return named;
}

}  // namespace policysim::gate
