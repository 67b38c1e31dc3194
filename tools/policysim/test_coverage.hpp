// `--coverage` and `--min`: how much of the policies a run reaches, and what is asked for.
#pragma once

#include "exit_code.hpp"
#include "gate/coverage.hpp"
#include "gate/suite.hpp"
#include "report/test_format.hpp"
#include "test_settings.hpp"

namespace policysim::cli {

// What was collected; findings about exclusions go to standard error.
gate::CoverageReport report_coverage(const gate::Coverage& coverage, const gate::Suite& suite,
                                     const TestSettings& settings);

// Tells on standard error which thresholds of flags, fixtures or configuration are missed.
void check_thresholds(const gate::Suite& suite, const TestSettings& settings,
                      const report::TestReport& report, ExitStatus& status);

}  // namespace policysim::cli
