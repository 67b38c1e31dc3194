// A decision without its evidence.
#pragma once

#include "policysim/decision.hpp"
#include "policysim/policy_set.hpp"

namespace policysim::gate {

// Of a call's strictest authorization; an allow without statement if nothing was asked. Borrowed.
struct PlainDecision {
  Decision decision;
  const PolicySet* policies = nullptr;  // which `decision.statement` is of; null: nothing was asked
};

}  // namespace policysim::gate
