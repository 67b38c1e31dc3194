#include "test_judging.hpp"

#include <chrono>
#include <cstdio>

#include "gate/thresholds.hpp"
#include "interrupt.hpp"
#include "progress.hpp"
#include "test_suite.hpp"

namespace policysim::cli {

std::function<gate::RunObserver&()> TestJudging::observer() {
  if (!settings_.coverage) return {};
  return [this]() -> gate::RunObserver& { return collected_.observer(); };
}

void TestJudging::finish(const gate::Suite& suite, const gate::TestRun& run, ExitStatus& status,
                         std::vector<std::string>& failures) {
  if (settings_.coverage) {
    std::vector<gate::SuiteFinding> findings;
    covered_ = collected_.report(suite, findings);
    print_findings(findings, settings_);
  }
  if (settings_.mutate && !run.interrupted) mutate(suite, run);
  const gate::Thresholds thresholds =
      gate::first_of(settings_.flags, gate::thresholds_of(suite.fixtures), settings_.config);
  for (const gate::MissedThreshold& missed :
       gate::missed_thresholds(thresholds, coverage(), mutation())) {
    failures.push_back(missed.words());
    status.add(ExitCode::kThreshold);
  }
  if (interrupted()) status.add(ExitCode::kInterrupted);
}

// Tests that fail notice everything and nothing: the policies are right first.
void TestJudging::mutate(const gate::Suite& suite, const gate::TestRun& run) {
  if (run.count(gate::Status::kFailed) + run.count(gate::Status::kErrored) > 0) {
    std::fputs("policysim: policies are mutated when every test passes\n", stderr);
    return;
  }
  using Clock = std::chrono::steady_clock;
  const Clock::time_point begin = Clock::now();
  Progress progress(settings_.deciding.quiet, "mutants");
  gate::MutationOptions options;
  options.jobs = settings_.jobs;
  options.seed = settings_.seed;
  options.sample = settings_.mutants;
  options.stop = interrupted;
  if (settings_.budget) {
    options.budget_ended = [begin, budget = std::chrono::duration<double>(*settings_.budget)] {
      return Clock::now() - begin > budget;
    };
  }
  options.progress = [&progress](std::size_t done, std::size_t of) { progress.tick(done, of); };
  mutated_ = gate::mutate(suite, settings_.deciding, run, options);
}

}  // namespace policysim::cli
