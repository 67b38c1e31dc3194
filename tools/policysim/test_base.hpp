// `policysim test --base REF`.
#pragma once

#include <string>
#include <vector>

#include "gate/base_compare.hpp"
#include "policysim/result.hpp"
#include "settings.hpp"

namespace policysim::cli {

// Compares the tests of a run with those of another revision, read at the same `paths`. Fails
// (usage) where there is no such revision, and where git does not answer.
Result<gate::ChangeReport> compare_with_revision(const std::string& ref,
                                                 const std::vector<std::string>& paths,
                                                 const gate::Suite& suite, const gate::TestRun& run,
                                                 const gate::Settings& settings,
                                                 const gate::CompareOptions& options);

// Does it ask for exit code 1? `fail_on`: widen (widened decisions), narrow (narrowed ones), any
// (every decision that differs). Tests that only one side can decide never do.
bool fails_on(const gate::ChangeReport& report, const std::string& fail_on);

}  // namespace policysim::cli
