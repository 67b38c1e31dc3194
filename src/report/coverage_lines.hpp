// Coverage by the lines of files, as tools for source code want it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "gate/coverage_report.hpp"
#include "report/test_format.hpp"

namespace policysim::report {

// What begins on a line. A statement's first line is hit as often as the statement decides, that of
// a part as often as the part is asked; of several on one line the least counts.
struct CoverageLine {
  std::uint64_t hits = 0;
  std::vector<const gate::CoverageItem*> conditions;  // their outcomes are the line's branches
};

using CoverageLines = std::map<std::uint32_t, CoverageLine>;

// By file. Excluded statements have no lines. Borrows from the report.
std::map<std::string, CoverageLines> coverage_lines(const gate::CoverageReport& coverage);

// Times that one of the outcomes occurred.
std::uint64_t times_asked(const gate::CoverageItem& item) noexcept;

// Lines that were hit, outcomes that occurred.
gate::Ratio line_ratio(const CoverageLines& lines);
gate::Ratio branch_ratio(const CoverageLines& lines);
gate::Ratio branch_ratio(const CoverageLine& line);

// Formats of test runs; the report has coverage.
std::string render_test_lcov(const TestReport& report, const TestRenderOptions& options);
std::string render_test_cobertura(const TestReport& report, const TestRenderOptions& options);

}  // namespace policysim::report
