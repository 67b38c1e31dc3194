// What a test asks, as one number.
#pragma once

#include <cstdint>

#include "gate/fixture_run.hpp"

namespace policysim::gate {

// Of every authorization of every step: who calls, what, on what, with which context. Policies are
// no part of it. Stable over versions of the program that derive the same context. Never 0.
std::uint64_t request_hash(const Plan& plan);

}  // namespace policysim::gate
