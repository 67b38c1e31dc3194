// Requests that tell a mutant from its original.
#pragma once

#include <string>

#include "gate/mutant_worlds.hpp"

namespace policysim::gate {

// A case for the fixture that the mutant's tests stand in, as YAML to put under `cases`: it expects
// what is decided now, and fails with the mutant. Empty: none was found. Deterministic.
std::string find_witness(const MutationPlan& plan, const Mutation& mutation, MutantWorlds& worlds);

}  // namespace policysim::gate
