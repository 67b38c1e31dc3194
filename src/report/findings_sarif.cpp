#include "report/findings.hpp"
#include "report/sarif.hpp"

namespace policysim::report {
namespace {

// The fingerprint is of policy, Sid and rule, never the line: code that moves stays one alert.
SarifResult result_of(const FindingRecord& finding) {
  SarifResult out;
  out.rule = finding.rule;
  out.severity = finding.severity;
  out.message = finding.message;
  if (!finding.help.empty()) out.message += "; " + finding.help;
  out.place = {finding.file, finding.line, finding.column, finding.end_line, finding.end_column};
  out.fingerprint =
      fingerprint({finding.policy.value_or(""), finding.sid.value_or(""), finding.rule});
  return out;
}

}  // namespace

std::string render_findings_sarif(const std::vector<FindingRecord>& findings) {
  std::vector<SarifResult> results;
  results.reserve(findings.size());
  for (const FindingRecord& finding : findings) results.push_back(result_of(finding));
  return render_sarif(results, "policysim/validate/");
}

}  // namespace policysim::report
