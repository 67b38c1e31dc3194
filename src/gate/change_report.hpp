// Decisions of two sides, compared: a golden file or another revision before, this tree after.
#pragma once

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
std::string_view to_string(Direction direction) noexcept;  // "widened" …

// As the decision object has it; empty members are null there.
struct DecisionSide {
  std::string decision;  // "explicit_deny", or "error"
  std::string layer, policy, sid;
  std::string error;  // rule and message
  std::optional<Location> location;

  friend bool operator==(const DecisionSide&, const DecisionSide&) = default;
};

struct DecisionChange {
  std::string id;
  Direction direction = Direction::kOther;
  std::optional<DecisionSide> before, after;
};

struct ChangeReport {
  std::string before;                   // "origin/main", "decisions.ndjson"
  std::vector<DecisionChange> changes;  // in the order of the tests, removed ones behind
  std::size_t compared = 0;

  std::size_t count(Direction direction) const noexcept;
};

}  // namespace policysim::gate
