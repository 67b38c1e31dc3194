#include "world/merge_patch.hpp"

#include <string_view>
#include <unordered_map>
#include <vector>

namespace policysim::world {

void merge_patch(text::Node& target, const text::Node& patch) {
  if (!patch.is_map()) {
    target = patch;
    return;
  }
  if (!target.is_map()) {
    target = text::Node();
    target.kind = text::NodeKind::kMap;
    target.span = patch.span;
  }
  std::unordered_map<std::string_view, std::size_t> place;
  for (std::size_t i = 0; i < target.members.size(); ++i) place.emplace(target.members[i].key, i);
  std::vector<bool> removed(target.members.size(), false);
  std::vector<text::Member> added;
  for (const text::Member& member : patch.members) {
    const auto found = place.find(member.key);
    if (member.value.is_null()) {
      if (found != place.end()) removed[found->second] = true;
    } else if (found != place.end()) {
      merge_patch(target.members[found->second].value, member.value);
    } else {
      added.push_back({member.key, member.key_span, {}});
      merge_patch(added.back().value, member.value);
    }
  }
  std::size_t kept = 0;
  for (std::size_t i = 0; i < removed.size(); ++i) {
    if (removed[i]) continue;
    if (kept != i) target.members[kept] = std::move(target.members[i]);
    ++kept;
  }
  target.members.resize(kept);
  for (text::Member& member : added) target.members.push_back(std::move(member));
}

}  // namespace policysim::world
