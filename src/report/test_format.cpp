#include "report/test_format.hpp"

#include <array>

#include "report/coverage_lines.hpp"

namespace policysim::report {
namespace {

constexpr std::array kFormats = {
    TestFormat{"text", "for people", false, false, render_test_text},
    TestFormat{"json", "one object: counts, results, and what else was asked for", true, false,
               render_test_json},
    TestFormat{"ndjson", "one result a line, then the counts", true, false, render_test_ndjson},
    TestFormat{"junit", "JUnit XML, as CI systems read it", true, false, render_test_junit},
    TestFormat{"sarif", "SARIF 2.1.0, for code scanning", true, false, render_test_sarif},
    TestFormat{"github", "annotations of GitHub Actions", true, false, render_test_github},
    TestFormat{"gitlab", "code quality report of GitLab", true, false, render_test_gitlab},
    TestFormat{"markdown", "summary of a job or a comment", false, false, render_test_markdown},
    TestFormat{"tap", "Test Anything Protocol 14", true, false, render_test_tap},
    TestFormat{"html", "one page for people, with heat maps", false, false, render_test_html},
    TestFormat{"matrix", "heat maps of the matrices as text", false, false, render_test_matrix},
    TestFormat{"lcov", "coverage as lcov's tracefile", true, true, render_test_lcov},
    TestFormat{"cobertura", "coverage as Cobertura's XML", true, true, render_test_cobertura},
};

}  // namespace

std::span<const TestFormat> test_formats() noexcept { return kFormats; }

const TestFormat* find_test_format(std::string_view name) noexcept {
  for (const TestFormat& format : kFormats) {
    if (format.name == name) return &format;
  }
  return nullptr;
}

}  // namespace policysim::report
