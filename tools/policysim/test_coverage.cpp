#include "test_coverage.hpp"

#include <cstdio>

#include "print_findings.hpp"

namespace policysim::cli {

gate::CoverageReport report_coverage(const gate::Coverage& coverage, const gate::Suite& suite,
                                     const TestSettings& settings) {
  std::vector<gate::SuiteFinding> findings;
  gate::CoverageReport out = coverage.report(suite, findings);
  for (const gate::SuiteFinding& one : findings) {
    print_findings({one.finding}, *one.sources, settings.deciding);
  }
  return out;
}

void check_thresholds(const gate::Suite& suite, const TestSettings& settings,
                      const report::TestReport& report, ExitStatus& status) {
  const gate::Thresholds thresholds =
      gate::first_of(settings.flags, gate::thresholds_of(suite.fixtures), settings.config);
  for (const gate::MissedThreshold& missed :
       gate::missed_thresholds(thresholds, report.coverage, report.mutation)) {
    std::fprintf(stderr, "policysim: %s\n", missed.words().c_str());
    status.add(ExitCode::kThreshold);
  }
}

}  // namespace policysim::cli
