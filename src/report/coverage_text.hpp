// Coverage for people in a terminal.
#pragma once

#include <string>

#include "gate/coverage_report.hpp"
#include "report/test_format.hpp"

namespace policysim::report {

// The ratios of the run, then each policy that has gaps with them, at file:line:column. Gaps of
// statements and conditions; with verbosity also those of elements and variables, and policies
// without gaps. Excluded statements stand with their reason.
std::string render_coverage_text(const gate::CoverageReport& coverage,
                                 const TestRenderOptions& options);

}  // namespace policysim::report
