// A policy that cannot be used, as the error of a request that needs it.
#pragma once

#include <cstdint>
#include <string>

#include "policysim/policy_set.hpp"
#include "report/decision_record.hpp"

namespace policysim::cli {

// `failure` is an index into Program::failures.
report::DecisionRecord policy_failure_record(std::string id, const PolicySet& policies,
                                             std::uint32_t failure, bool lenient);

}  // namespace policysim::cli
