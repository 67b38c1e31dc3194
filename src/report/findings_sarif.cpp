#include "report/findings.hpp"
#include "report/sarif.hpp"

namespace policysim::report {

// Policy, Sid and rule, never the line: code that moves stays one alert.
std::string render_findings_sarif(const std::vector<FindingRecord>& findings) {
  std::vector<SarifResult> results;
  results.reserve(findings.size());
  for (const FindingRecord& finding : findings) {
    SarifResult result;
    result.rule = finding.rule;
    result.severity = finding.severity;
    result.message = finding.message;
    if (!finding.help.empty()) result.message += "; " + finding.help;
    result.place = {finding.file, finding.line, finding.column, finding.end_line,
                    finding.end_column};
    result.fingerprint =
        fingerprint({finding.policy.value_or(""), finding.sid.value_or(""), finding.rule});
    results.push_back(std::move(result));
  }
  return render_sarif(results, "policysim/validate/");
}

}  // namespace policysim::report
