// The formats of test runs: one row each, from which --format, --report and help derive.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gate/change_report.hpp"
#include "gate/coverage_report.hpp"
#include "gate/mutation_report.hpp"
#include "gate/test_run.hpp"
#include "report/decision_format.hpp"

namespace policysim::report {

// Everything that a run found. Parts that were not asked for are null. Borrowed.
struct TestReport {
  const gate::TestRun* run = nullptr;  // never null
  const gate::CoverageReport* coverage = nullptr;
  const gate::MutationReport* mutation = nullptr;
  const gate::ChangeReport* golden = nullptr;
  const gate::ChangeReport* base = nullptr;
  std::vector<std::string> failures =
      {};  // what fails beside tests, in words: a threshold, changes
};

struct TestRenderOptions : RenderOptions {
  bool fold_passed = false;  // junit: passing cells of a matrix as one test case
};

struct TestFormat {
  std::string_view name;
  std::string_view summary;
  bool machine;         // read by programs, which need no excerpts of policies
  bool needs_coverage;  // lcov, cobertura
  std::string (*render)(const TestReport& report, const TestRenderOptions& options);
};

std::span<const TestFormat> test_formats() noexcept;
const TestFormat* find_test_format(std::string_view name) noexcept;

std::string render_test_text(const TestReport& report, const TestRenderOptions& options);
std::string render_test_json(const TestReport& report, const TestRenderOptions& options);
std::string render_test_ndjson(const TestReport& report, const TestRenderOptions& options);
std::string render_test_junit(const TestReport& report, const TestRenderOptions& options);
std::string render_test_sarif(const TestReport& report, const TestRenderOptions& options);
std::string render_test_github(const TestReport& report, const TestRenderOptions& options);
std::string render_test_gitlab(const TestReport& report, const TestRenderOptions& options);
std::string render_test_markdown(const TestReport& report, const TestRenderOptions& options);
std::string render_test_tap(const TestReport& report, const TestRenderOptions& options);
std::string render_test_html(const TestReport& report, const TestRenderOptions& options);
std::string render_test_matrix(const TestReport& report, const TestRenderOptions& options);

}  // namespace policysim::report
