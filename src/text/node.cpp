#include "text/node.hpp"

#include <unordered_map>

#include "text/reader.hpp"
#include "text/tree_builder.hpp"

namespace policysim::text {

const Member* Node::find_member(std::string_view key) const noexcept {
  for (const Member& member : members) {
    if (member.key == key) return &member;
  }
  return nullptr;
}

const Node* Node::find(std::string_view key) const noexcept {
  const Member* member = find_member(key);
  return member == nullptr ? nullptr : &member->value;
}

std::string_view kind_name(NodeKind kind) noexcept {
  switch (kind) {
    case NodeKind::kNull:
      return "null";
    case NodeKind::kBool:
      return "boolean";
    case NodeKind::kNumber:
      return "number";
    case NodeKind::kString:
      return "string";
    case NodeKind::kList:
      return "list";
    case NodeKind::kMap:
      return "object";
  }
  return "null";
}

void find_duplicate_keys(const Node& node, std::vector<Diagnostic>& out) {
  constexpr std::size_t kSmall = 16;  // looking through as many is faster than a map
  std::unordered_map<std::string_view, const Member*> seen;
  for (const Member& member : node.members) {
    const Member* const first = node.members.size() <= kSmall
                                    ? node.find_member(member.key)
                                    : seen.emplace(member.key, &member).first->second;
    if (first != &member) {
      out.push_back(finding("PS1002", "duplicate key " + quoted(member.key),
                            "remove one of the two", member.key_span));
      out.back().related.push_back(first->key_span);
    }
    find_duplicate_keys(member.value, out);
  }
  for (const Node& item : node.items) find_duplicate_keys(item, out);
}

}  // namespace policysim::text
