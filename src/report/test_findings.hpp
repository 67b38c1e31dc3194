// What a run found that somebody has to look at, as findings at a place: for code scanning, code
// quality and annotations.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/coverage_report.hpp"
#include "policysim/diagnostic.hpp"
#include "report/test_format.hpp"

namespace policysim::report {

struct TestFinding {
  std::string_view rule;  // of catalog/rules
  Severity severity = Severity::kError;
  std::string message;      // not escaped; what cannot be seen is visible
  std::string file;         // never empty
  gate::SourceRange range;  // `end_line` 0: the end is not known
  std::optional<Location> decided_at;
  std::string fingerprint;  // its own, of names and never of lines: what moves stays what it is
  std::size_t count = 1;    // tests that it speaks for
};

// From the gravest: errors, failures, changes against the golden file, decisions that were widened,
// mutants that survived, statements that decide nothing. `grouped`: tests that failed in the same
// way are one finding.
std::vector<TestFinding> make_test_findings(const TestReport& report, bool grouped = false);

}  // namespace policysim::report
