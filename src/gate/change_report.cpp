#include "gate/change_report.hpp"

#include <algorithm>

namespace policysim::gate {
namespace {

// The rule of an error: its message may speak of places.
std::string_view rule_of(const DecisionSide& side) noexcept {
  return std::string_view(side.error).substr(0, side.error.find(':'));
}

// From least to most permissive.
int permissiveness(const DecisionSide& side) noexcept {
  if (side.decision == "allow") return 2;
  return side.decision == "conditional" ? 1 : 0;
}

}  // namespace

std::string_view to_string(Direction direction) noexcept {
  constexpr std::array<std::string_view, 5> kNames = {"widened", "narrowed", "other", "added",
                                                      "removed"};
  return kNames[static_cast<std::size_t>(direction)];
}

bool same_decision(const DecisionSide& a, const DecisionSide& b) noexcept {
  return a.decision == b.decision && a.layer == b.layer && a.policy == b.policy && a.sid == b.sid &&
         rule_of(a) == rule_of(b);
}

std::optional<Direction> direction_of(const std::optional<DecisionSide>& before,
                                      const std::optional<DecisionSide>& after) noexcept {
  if (before && after && same_decision(*before, *after)) return std::nullopt;
  const bool was = before && !before->is_error();
  const bool is = after && !after->is_error();
  if (!was && !is) {
    if (before && after) return Direction::kOther;
    return after ? Direction::kAdded : Direction::kRemoved;
  }
  if (!was) return Direction::kAdded;
  if (!is) return Direction::kRemoved;
  const int difference = permissiveness(*after) - permissiveness(*before);
  if (difference == 0) return Direction::kOther;
  return difference > 0 ? Direction::kWidened : Direction::kNarrowed;
}

std::size_t ChangeReport::count(Direction direction) const noexcept {
  return static_cast<std::size_t>(std::count_if(
      changes.begin(), changes.end(),
      [direction](const DecisionChange& change) { return change.direction == direction; }));
}

}  // namespace policysim::gate
