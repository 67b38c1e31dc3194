#include "gate/witness_yaml.hpp"

#include <algorithm>
#include <utility>

#include "text/json_writer.hpp"
#include "text/source.hpp"

namespace policysim::gate {
namespace {

using text::Member;
using text::Node;
using text::NodeKind;

// Text that YAML reads as text without quotes.
bool is_plain(const std::string& text) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  if (text.empty() || !letter(text[0])) return false;
  for (const char* word : {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}) {
    if (text.size() <= 5 &&
        std::equal(text.begin(), text.end(), word, word + std::char_traits<char>::length(word),
                   [](char a, char b) { return (a | 0x20) == b; })) {
      return false;
    }
  }
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == '/';
  });
}

void write_text(const std::string& text, std::string& out) {
  if (is_plain(text)) {
    out += text;
  } else {
    text::append_json_string(out, text);
  }
}

void write(const Node& node, std::string& out) {
  switch (node.kind) {
    case NodeKind::kNull:
      out += "null";
      return;
    case NodeKind::kBool:
    case NodeKind::kNumber:
      out += node.text;
      return;
    case NodeKind::kString:
      write_text(node.text, out);
      return;
    case NodeKind::kList:
      out += '[';
      for (std::size_t i = 0; i < node.items.size(); ++i) {
        if (i != 0) out += ", ";
        write(node.items[i], out);
      }
      out += ']';
      return;
    case NodeKind::kMap:
      out += '{';
      for (std::size_t i = 0; i < node.members.size(); ++i) {
        if (i != 0) out += ", ";
        write_text(node.members[i].key, out);
        out += ": ";
        write(node.members[i].value, out);
      }
      out += '}';
      return;
  }
}

// Like merge_patch(), but nulls stay, since they take out of what the patch is put on.
void join(Node& first, const Node& second) {
  if (!second.is_map() || !first.is_map()) {
    first = second;
    return;
  }
  for (const Member& member : second.members) {
    const auto found = std::find_if(first.members.begin(), first.members.end(),
                                    [&](const Member& one) { return one.key == member.key; });
    if (found == first.members.end()) {
      first.members.push_back(member);
    } else {
      join(found->value, member.value);
    }
  }
}

}  // namespace

Node joined_patch(const world::Patches& patches) {
  Node out;
  out.kind = NodeKind::kMap;
  for (const auto& patch : patches) {
    if (patch != nullptr) join(out, *patch);
  }
  return out;
}

Node text_node(std::string text) {
  Node out;
  out.kind = NodeKind::kString;
  out.text = std::move(text);
  return out;
}

Node list_node(const std::vector<std::string>& texts) {
  Node out;
  out.kind = NodeKind::kList;
  for (const std::string& text : texts) out.items.push_back(text_node(text));
  return out;
}

void set_member(Node& map, const std::string& key, const Node* value) {
  const auto found = std::find_if(map.members.begin(), map.members.end(),
                                  [&key](const Member& one) { return one.key == key; });
  if (value == nullptr) {
    if (found != map.members.end()) map.members.erase(found);
  } else if (found != map.members.end()) {
    found->value = *value;
  } else {
    map.members.push_back({key, {}, *value});
  }
}

world::Expectation expectation_of(const explain::DecisionRecord& record, const std::string& policy,
                                  std::optional<std::uint32_t> statement) {
  world::Expectation out;
  out.decision = explain::to_string(record.outcome);
  if (record.reasons.empty()) return out;
  const auto meant = [&](const Reason& reason) {
    return statement && reason.policy == policy && reason.index == statement;
  };
  auto reason = std::find_if(record.reasons.begin(), record.reasons.end(), meant);
  // Of an allow the layer that decided is named.
  if (reason == record.reasons.end()) {
    reason = std::find_if(record.reasons.begin(), record.reasons.end(),
                          [&](const Reason& one) { return one.layer == record.layer; });
  }
  if (reason == record.reasons.end()) reason = record.reasons.begin();
  world::ReasonMatch by;
  by.layer = explain::to_string(reason->layer);
  if (!reason->policy.empty()) by.policy = reason->policy;
  by.sid = reason->sid;
  if (!by.sid && reason->index) by.sid = "#" + std::to_string(*reason->index);
  out.by.push_back(std::move(by));
  return out;
}

std::string case_yaml(const std::string& id, const std::string& comment, const Node* patch,
                      const Node& request, const world::Expectation& expected) {
  std::string out = "  # " + text::escape_terminal(comment) + "\n  - id: " + id + "\n";
  if (patch != nullptr && !patch->members.empty()) {
    out += "    with: ";
    write(*patch, out);
    out += '\n';
  }
  out += "    request: ";
  write(request, out);
  out += "\n    expect: ";
  Node words;
  words.kind = NodeKind::kMap;
  words.members.push_back({"decision", {}, text_node(expected.decision)});
  if (!expected.by.empty()) {
    Node by;
    by.kind = NodeKind::kMap;
    const world::ReasonMatch& reason = expected.by.front();
    const auto add = [&by](const char* name, const std::optional<std::string>& value) {
      if (value) by.members.push_back({name, {}, text_node(*value)});
    };
    add("layer", reason.layer);
    add("policy", reason.policy);
    add("sid", reason.sid);
    words.members.push_back({"by", {}, std::move(by)});
  }
  write(words, out);
  out += '\n';
  return out;
}

}  // namespace policysim::gate
