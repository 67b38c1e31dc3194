// What a case expects, as data.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "text/node.hpp"
#include "world/findings.hpp"

namespace policysim::world {

// Members of a reason; what is not given is not looked at.
struct ReasonMatch {
  std::optional<std::string> layer, policy, sid, level;  // sid `#2`: the statement's index
};

struct MessageMatch {
  std::optional<std::string> equals, contains, matches;  // matches: RE2
};

// Plain data.
struct Expectation {
  std::string decision;  // "allow", "deny" (either kind) …; empty: an error is expected
  std::string error;     // rule, by number or name
  std::string because;   // empty: not said
  std::vector<ReasonMatch> by;
  bool by_all = false;  // of several: all of them, else any
  MessageMatch message;
  std::optional<std::vector<std::string>> missing, bypassed, assumptions;  // equal as sets
};

// Findings for what nothing can meet (PS2204); the result means something only without them.
Expectation read_expectation(const text::Node& node, Findings& findings);

}  // namespace policysim::world
