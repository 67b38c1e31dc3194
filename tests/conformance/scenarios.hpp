// Whole decisions of tests/data/conformance/scenarios-evaluation.json: a world, a request, and what
// must come out.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "conformance/rows.hpp"
#include "policysim/decision.hpp"

namespace policysim::conformance {

struct Expected {
  Outcome outcome = Outcome::kImplicitDeny;
  std::optional<Layer> layer;  // none: not stated, or conditional
  std::string sid;             // of a denying statement, or of a matching Allow; empty: not stated
  std::string clause;          // in AWS's message; empty: not stated
  std::string error;           // rule that stops the evaluation; empty: it is decided
  std::optional<std::vector<std::string>> bypassed;
  std::optional<std::set<std::string>> keys;
  std::optional<std::set<std::string>> assumptions;
};

struct Scenario {
  std::string id;
  std::string about;
  std::string fixture;  // text of a fixture with one case
  // What is attached, for the reference: one list an authorization.
  std::vector<std::vector<Attached>> policies;
  bool caller_in_management_account = false;
  bool resource_in_management_account = false;
  bool certain = false;
  Expected expected;
};

const std::vector<Scenario>& scenarios();

}  // namespace policysim::conformance
