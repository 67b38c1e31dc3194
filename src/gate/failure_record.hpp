// Requests that could not be decided, as records.
#pragma once

#include <cstdint>
#include <string>

#include "explain/decision_record.hpp"
#include "policysim/policy_set.hpp"
#include "policysim/result.hpp"
#include "text/source.hpp"

namespace policysim::gate {

// A call that failed, for the output: `error` spans point into `sources`, which may be null.
explain::DecisionRecord failure_record(std::string id, const Error& error,
                                       const text::SourceMap* sources);

// A policy that cannot be used, as the error of a request that needs it. `failure` is an index into
// Program::failures.
explain::DecisionRecord policy_failure_record(std::string id, const PolicySet& policies,
                                              std::uint32_t failure, bool lenient);

// One finding; of a file without text its first line only.
std::string render_finding(const Diagnostic& finding, const text::SourceMap& sources);

}  // namespace policysim::gate
