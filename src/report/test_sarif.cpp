// Results for code scanning: failed tests and what the other parts of a run found, each part under
// a rule of its own.
#include "report/sarif.hpp"
#include "report/test_findings.hpp"

namespace policysim::report {
namespace {

// A link in the text of a message would be shown as one: `[words](address)`.
std::string without_links(std::string text) {
  for (std::size_t at = 0; (at = text.find("](", at)) != text.npos; ++at) text.insert(at + 1, " ");
  return text;
}

SarifResult result_of(const TestFinding& finding) {
  SarifResult out;
  out.rule = finding.rule;
  out.severity = finding.severity;
  out.message = without_links(finding.message);
  const gate::SourceRange& range = finding.range;
  out.place = {finding.file, range.line, range.column, range.end_line, range.end_column};
  if (finding.decided_at) {
    const Location& at = *finding.decided_at;
    out.related.push_back({explain::shown_file(at), at.line, at.column, 0, 0});
  }
  out.fingerprint = finding.fingerprint;
  return out;
}

}  // namespace

std::string render_test_sarif(const TestReport& report, const TestRenderOptions&) {
  std::vector<SarifResult> results;
  for (const TestFinding& finding : make_test_findings(report)) {
    results.push_back(result_of(finding));
  }
  return render_sarif(results, "policysim/test/");
}

}  // namespace policysim::report
