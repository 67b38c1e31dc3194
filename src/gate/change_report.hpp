// Decisions of two sides, compared: a golden file or another revision before, this tree after.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policysim/diagnostic.hpp"

namespace policysim::gate {

// From most to least permissive: allow, conditional, either deny. kOther: equally permissive, but
// another decision, layer or statement. kAdded, kRemoved: decided on one side only.
enum class Direction : std::uint8_t { kWidened, kNarrowed, kOther, kAdded, kRemoved };
inline constexpr std::array kDirections = {Direction::kWidened, Direction::kNarrowed,
                                           Direction::kOther, Direction::kAdded,
                                           Direction::kRemoved};
std::string_view to_string(Direction direction) noexcept;  // "widened" …

// As the decision object has it; empty members are null there.
struct DecisionSide {
  std::string decision;  // "explicit_deny", or "error"
  std::string layer, policy, sid;
  std::string error;  // rule, and message where it is known
  std::optional<Location> location;

  bool is_error() const noexcept { return decision == "error"; }
};

// The same decision of the same statement, or the same error? Places are not compared.
bool same_decision(const DecisionSide& a, const DecisionSide& b) noexcept;

struct DecisionChange {
  std::string id;
  Direction direction = Direction::kOther;
  std::optional<DecisionSide> before, after;
  std::string note;  // "the request changed"; empty: none
};

// How `after` differs from `before`, of which at least one is there; nothing: it does not.
std::optional<Direction> direction_of(const std::optional<DecisionSide>& before,
                                      const std::optional<DecisionSide>& after) noexcept;

struct ChangeReport {
  std::string before;                   // "origin/main", "decisions.ndjson"
  std::vector<DecisionChange> changes;  // in the order of the tests, removed ones behind
  std::vector<std::string> notes;       // about fixtures that stand on one side only
  std::size_t compared = 0;             // tests

  std::size_t count(Direction direction) const noexcept;
};

}  // namespace policysim::gate
