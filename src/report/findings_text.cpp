#include "report/findings.hpp"

namespace policysim::report {

std::string render_findings_text(const std::vector<FindingRecord>& findings) {
  std::string out;
  for (const FindingRecord& finding : findings) {
    if (!out.empty()) out += '\n';
    out += finding.text;
  }
  return out;
}

}  // namespace policysim::report
