#include "print_findings.hpp"

#include <cstdio>
#include <set>
#include <string>

#include "compile/sources.hpp"
#include "gate/failure_record.hpp"
#include "log.hpp"
#include "usage.hpp"

namespace policysim::cli {

void print_findings(const std::vector<Diagnostic>& findings, const text::SourceMap& sources,
                    const Settings& settings) {
  for (const Diagnostic& finding : findings) {
    if (settings.quiet && finding.severity != Severity::kError) continue;
    const std::string text = gate::render_finding(finding, sources);
    std::fwrite(text.data(), 1, text.size(), stderr);
  }
}

void print_failure(const world::FixtureFailure& failure, const Settings& settings) {
  if (failure.sources != nullptr && !failure.error.diagnostics.empty()) {
    print_findings(failure.error.diagnostics, *failure.sources, settings);
  } else {
    print_error(failure.error);
  }
}

void print_policy_warnings(const PolicySet& policies, const Settings& settings) {
  log(LogLevel::kDebug, "compiled " + std::to_string(policies.statement_count()) + " statements");
  if (!settings.verbose && !settings.lenient) return;
  std::set<const policy::Document*> seen;
  for (const compile::Attached& attached : policies.sources()->attached) {
    if (!attached.document || attached.built_in) continue;
    if (!seen.insert(&attached.document->ast()).second) continue;
    const auto findings = attached.document->diagnostics();
    print_findings({findings.begin(), findings.end()}, *attached.document->sources(), settings);
  }
}

}  // namespace policysim::cli
