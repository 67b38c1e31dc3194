// Annotations of GitHub Actions: no more than a step shows, the gravest first, and how many are
// left out in the end.
#include <array>

#include "catalog/rules.hpp"
#include "report/changes.hpp"
#include "report/escape.hpp"
#include "report/github_command.hpp"
#include "report/test_findings.hpp"
#include "report/test_words.hpp"

namespace policysim::report {
namespace {

constexpr std::size_t kMostMessage = 2'000;  // code points

bool is_error(const TestFinding& finding) noexcept { return finding.severity == Severity::kError; }

Annotation annotation_of(const TestFinding& finding) {
  Annotation out;
  out.command = is_error(finding) ? "error" : "warning";
  out.file = finding.file;
  out.line = finding.range.line;
  out.column = finding.range.column;
  out.end_line = finding.range.end_line;
  out.end_column = finding.range.end_column;
  const catalog::Rule* rule = catalog::find_rule(finding.rule);
  out.title = std::string(finding.rule) + " " + std::string(rule == nullptr ? "" : rule->name);
  out.message = cut_text(finding.message, kMostMessage);
  return out;
}

std::string summary_words(const TestReport& report) {
  std::string out = count_words(*report.run);
  if (report.coverage != nullptr) {
    out += "; statements " + ratio_words(report.coverage->statements) + ", conditions " +
           ratio_words(report.coverage->conditions);
  }
  if (report.mutation != nullptr) out += "; mutants killed " + ratio_words(report.mutation->score);
  if (report.golden != nullptr) out += "; " + summary_of_changes(*report.golden);
  if (report.base != nullptr) out += "; " + summary_of_changes(*report.base);
  return out;
}

}  // namespace

std::string render_test_github(const TestReport& report, const TestRenderOptions&) {
  std::string out;
  std::array<std::size_t, 2> shown{}, omitted{};  // errors, warnings
  for (const std::string& failure : report.failures) {
    Annotation one;
    one.command = "error";
    one.title = "policysim test";
    one.message = cut_text(failure, kMostMessage);
    out += render_annotation(one);
    ++shown[0];
  }
  for (const TestFinding& finding : make_test_findings(report, true)) {
    const std::size_t kind = is_error(finding) ? 0 : 1;
    if (shown[kind] >= kMostAnnotations) {
      ++omitted[kind];
      continue;
    }
    ++shown[kind];
    out += render_annotation(annotation_of(finding));
  }
  Annotation summary;
  summary.command = "notice";
  summary.title = "policysim test";
  summary.message = summary_words(report);
  std::string hidden;
  if (omitted[0] > 0) hidden = counted(omitted[0], "error");
  if (omitted[1] > 0) hidden += (hidden.empty() ? "" : ", ") + counted(omitted[1], "warning");
  if (!hidden.empty()) summary.message += "; not shown: " + hidden;
  return out + render_annotation(summary);
}

}  // namespace policysim::report
