// One tree for JSON and YAML: every key and value with its bytes, duplicate keys kept, scalars as
// text (so `012345678901`, `yes` and `2012-10-17` survive).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "policysim/diagnostic.hpp"

namespace policysim::text {

// kString is quoted text (or a YAML plain scalar that is neither null, true/false nor a number).
enum class NodeKind : std::uint8_t { kNull, kBool, kNumber, kString, kList, kMap };

struct Member;

// Plain data; a value.
struct Node {
  NodeKind kind = NodeKind::kNull;
  SourceSpan span;              // of the value; strings with their quotes
  std::string text;             // scalars: decoded text; numbers and booleans as written
  std::vector<Node> items;      // kList
  std::vector<Member> members;  // kMap, in file order, duplicates kept

  bool is_scalar() const noexcept { return kind < NodeKind::kList && kind != NodeKind::kNull; }
  bool is_map() const noexcept { return kind == NodeKind::kMap; }
  bool is_list() const noexcept { return kind == NodeKind::kList; }
  bool is_null() const noexcept { return kind == NodeKind::kNull; }
  // First member of that name (exact), or null.
  const Node* find(std::string_view key) const noexcept;
  const Member* find_member(std::string_view key) const noexcept;
};

struct Member {
  std::string key;
  SourceSpan key_span;
  Node value;
};

// "null", "boolean", "number", "string", "list", "object".
std::string_view kind_name(NodeKind kind) noexcept;

}  // namespace policysim::text
