// The code quality report of GitLab: an array of findings, each with a fingerprint of its own.
#include <algorithm>

#include "catalog/rules.hpp"
#include "report/test_findings.hpp"
#include "text/json_writer.hpp"

namespace policysim::report {
namespace {

std::string_view severity_of(Severity severity) noexcept {
  switch (severity) {
    case Severity::kError:
      return "critical";
    case Severity::kSecurityWarning:
      return "major";
    case Severity::kWarning:
      return "minor";
    case Severity::kSuggestion:
      return "info";
  }
  return "critical";
}

}  // namespace

std::string render_test_gitlab(const TestReport& report, const TestRenderOptions&) {
  std::string out;
  text::JsonWriter json(out, text::JsonStyle::kPretty);
  json.begin_array();
  for (const TestFinding& finding : make_test_findings(report)) {
    const catalog::Rule* rule = catalog::find_rule(finding.rule);
    json.begin_object();
    json.key("description").value(finding.message);
    json.key("check_name").value(rule == nullptr ? finding.rule : rule->name);
    json.key("fingerprint").value(finding.fingerprint);
    json.key("severity").value(severity_of(finding.severity));
    json.key("location").begin_object().key("path").value(finding.file);
    json.key("lines").begin_object();
    json.key("begin").value(std::max(finding.range.line, 1U)).end_object().end_object();
    json.end_object();
  }
  json.end_array();
  out += '\n';
  return out;
}

}  // namespace policysim::report
