// How `${{ name }}` is written, for all who replace it.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "text/node.hpp"

namespace policysim::world {

inline constexpr std::string_view kInterpolationOpen = "${{";
inline constexpr std::string_view kInterpolationClose = "}}";

// The name in a string that is one interpolation and nothing else.
std::optional<std::string_view> sole_name(std::string_view text) noexcept;

text::Node string_node(std::string_view text);

// The member `path` of a map, where the path may be a name with dots or go through maps.
const text::Node* descend(const text::Node& node, std::string_view path) noexcept;

// Calls `visit` for each string of the fixture's own below the tree of a world: documents of
// policies are never touched. `visit(Node&)` gets whole subtrees.
template <class Visit>
void visit_outside_policies(text::Node& world, const Visit& visit);

// Is this entry of `policies` an inline document (or not), whose text is never touched?
bool is_inline_policy(const text::Node& entry) noexcept;

// Does a string or key below `node` hold `${{`?
bool has_interpolation(const text::Node& node) noexcept;

template <class Visit>
void visit_outside_policies(text::Node& world, const Visit& visit) {
  for (text::Member& section : world.members) {
    if (section.key != "policies" || !section.value.is_map()) {
      visit(section.value);
      continue;
    }
    for (text::Member& policy : section.value.members) {
      if (is_inline_policy(policy.value)) continue;
      if (!policy.value.is_map()) {
        visit(policy.value);
        continue;
      }
      for (text::Member& member : policy.value.members) {
        if (member.key != "document") visit(member.value);
      }
    }
  }
}

// Visits items and values of a node, and replaces the keys in which something is to be expanded.
template <class Visit, class Key>
void visit_parts(text::Node& node, const Visit& visit, const Key& key) {
  for (text::Node& item : node.items) visit(item);
  for (text::Member& member : node.members) {
    if (member.key.find(kInterpolationOpen) != std::string::npos) member.key = key(member);
    visit(member.value);
  }
}

}  // namespace policysim::world
