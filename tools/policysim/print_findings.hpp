// Findings on standard error.
#pragma once

#include <vector>

#include "policysim/diagnostic.hpp"
#include "policysim/policy_set.hpp"
#include "settings.hpp"
#include "text/source.hpp"
#include "world/fixture.hpp"

namespace policysim::cli {

// Warnings only where they are wanted.
void print_findings(const std::vector<Diagnostic>& findings, const text::SourceMap& sources,
                    const Settings& settings);

// Why a fixture did not load.
void print_failure(const world::FixtureFailure& failure, const Settings& settings);

// Warnings of the policies: in verbose runs, and in lenient ones, where an error may have become
// one.
void print_policy_warnings(const PolicySet& policies, const Settings& settings);

}  // namespace policysim::cli
