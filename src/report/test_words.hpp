// What several formats of test runs say in the same words. Nothing is escaped here.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "gate/change_report.hpp"
#include "gate/coverage_report.hpp"
#include "gate/mutation_report.hpp"
#include "gate/test_run.hpp"
#include "report/test_format.hpp"

namespace policysim::report {

// "1 test", "12 tests".
std::string counted(std::size_t count, std::string_view word);
// "212 passed, 2 failed, 1 error", "nothing"; what is zero is not named, but `passed`.
std::string count_words(const gate::TestRun& run);
// "2 of 212 tests failed", "210 tests passed".
std::string headline_words(const gate::TestRun& run);
// A test failed, or something else did, or the run is not whole.
bool is_bad(const TestReport& report) noexcept;
// "12 of 14 (85 %)", rounded down, so that only what is complete is 100 %.
std::string ratio_words(const gate::Ratio& ratio);

// The rows of a coverage table; policies have effects, statements and so on.
struct NamedRatio {
  std::string_view name;
  gate::Ratio ratio;
};
std::vector<NamedRatio> coverage_ratios(const gate::CoverageReport& coverage);

// "explicit deny by rcp `s3-keys` KeyMustBeTagged", "error PS2101".
std::string decided_words(const gate::TestResult& result);
// "expected explicit_deny, is allow by identity `test`"; of an error its rule and message. Empty:
// the test met its expectation or was not run.
std::string failure_words(const gate::TestResult& result);
// What one side of a comparison decided: "allow by identity `test`", "error PS1101: …", "-".
std::string side_words(const std::optional<gate::DecisionSide>& side);
// "policies/rcp.json:12:5".
std::string place_words(const Location& location);

// Tests that failed in the same way: cells of one matrix of which the same was expected and for
// which the same was decided. Never empty; the first speaks for all.
using FailureGroup = std::vector<const gate::TestResult*>;
// Errors first, then failures, each in the order of the run.
std::vector<FailureGroup> group_failures(const gate::TestRun& run);

// What no test reaches, of statements that count.
struct Uncovered {
  const gate::PolicyCoverage* policy = nullptr;
  const gate::StatementCoverage* statement = nullptr;
  const gate::CoverageItem* item = nullptr;  // null: the statement, which is never decisive
  gate::SourceRange range;
  std::string
      words;  // "statement 2 `Guard` decides nothing", "`Bool aws:SecureTransport` is never …"
};
// Statements, elements and conditions in the order of the report.
std::vector<Uncovered> list_uncovered(const gate::CoverageReport& coverage);
// "`Guard`", "statement 2".
std::string statement_words(const std::optional<std::string>& sid, std::uint32_t index);

std::vector<const gate::Mutant*> list_survivors(const gate::MutationReport& mutation);

}  // namespace policysim::report
