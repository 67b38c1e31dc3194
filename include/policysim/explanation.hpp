// A decision with its evidence: everything the decision object of the command line says.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "policysim/decision.hpp"
#include "policysim/diagnostic.hpp"

namespace policysim {

enum class LayerVerdict : std::uint8_t {
  kNotApplicable,
  kAllow,
  kImplicitDeny,
  kExplicitDeny,
  kConditional
};

struct Reason {
  Layer layer = Layer::kNone;
  StatementId statement;  // invalid for built-in policies and implicit denies
  std::string policy;     // empty: none
  std::optional<std::string> sid;
  std::optional<std::uint32_t> index;
  std::optional<bool> deny;  // effect; none where no statement is named
  std::string level;         // scp, rcp; else empty
  std::optional<Location> location;
  std::string because;  // empty: none
};

struct Bypassed {
  Layer layer = Layer::kNone;
  std::string because;
};

// A note about this decision ("PS3101").
struct DecisionWarning {
  std::string rule;
  std::string message;
  std::optional<Location> location;
};

// One way in which unknown keys may turn out, and the outcome that it has.
struct Completion {
  Outcome outcome = Outcome::kAllow;
  // Keys of Explanation::missing in their order; no value: the key is absent.
  std::vector<std::pair<std::string, std::optional<std::string>>> values;
};

// Plain data.
struct Explanation {
  Decision decision;
  std::vector<Reason> reasons;            // in the order of the specification
  std::array<LayerVerdict, 12> layers{};  // indexed by Layer
  std::vector<Bypassed> bypassed;
  std::vector<std::string> missing;      // conditional: keys that decide, sorted
  std::vector<Completion> completions;   // conditional: an example for each outcome
  std::vector<std::string> absent;       // keys read and absent, sorted
  std::vector<std::string> assumptions;  // option=reading, sorted
  std::vector<DecisionWarning> warnings;
  bool role_trust = false;  // the resource layer is a role's trust policy
};

}  // namespace policysim
