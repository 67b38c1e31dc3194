#include "cmd_test.hpp"

#include <cstdio>
#include <utility>

#include "gate/runner.hpp"
#include "interrupt.hpp"
#include "output.hpp"
#include "print_findings.hpp"
#include "progress.hpp"
#include "test_changes.hpp"
#include "test_judging.hpp"
#include "test_reports.hpp"
#include "test_settings.hpp"
#include "test_suite.hpp"
#include "text/source.hpp"
#include "usage.hpp"

namespace policysim::cli {
namespace {

gate::TestRun run(const gate::Suite& suite, const TestSettings& settings,
                  gate::RunOptions options) {
  Progress progress(settings.deciding.quiet);
  options.jobs = settings.jobs;
  options.stop = interrupted;
  options.progress = [&progress](std::size_t done) { progress.tick(done); };
  options.on_base = [&settings](const PolicySet& policies) {
    print_policy_warnings(policies, settings.deciding);
  };
  return gate::run_tests(suite, settings.deciding, options);
}

void add_status(const gate::TestRun& run, ExitStatus& status) {
  if (run.count(gate::Status::kErrored) > 0) status.add(ExitCode::kInput);
  if (run.count(gate::Status::kFailed) > 0) status.add(ExitCode::kNo);
  if (run.interrupted) status.add(ExitCode::kInterrupted);
}

}  // namespace

ExitCode cmd_test(const Options& options) {
  const Result<Config> config = load_config(options);
  if (!config) return stop(config.error(), ExitCode::kUsage);
  Result<TestSettings> settings = make_test_settings(options, *config);
  if (!settings) return stop(settings.error(), ExitCode::kUsage);
  Result<TestChanges> changes = TestChanges::open(options, *settings);
  if (!changes) return stop(changes.error(), ExitCode::kInput);
  ExitStatus status;
  const std::optional<gate::Suite> suite = load_suite(*settings, options.ci, status);
  if (!suite) return status.code(options.exit_zero);
  if (options.list) return print_list(*suite);
  // Before the work, so that a path that cannot be written is told at once.
  Result<TestReports> reports = TestReports::open(options, *settings);
  if (!reports) return stop(reports.error(), ExitCode::kInternal);
  settings->deciding.for_people = reports->for_people();
  TestJudging judging(*settings);
  gate::RunOptions how;
  how.fail_fast = options.fail_fast;
  how.hash_requests = changes->hashes_requests();
  how.observer = judging.observer();
  const gate::TestRun result = run(*suite, *settings, std::move(how));
  add_status(result, status);
  if (const std::optional<Error> error = changes->finish(*suite, result, status)) {
    status.add(stop(*error, error->code == kNotWritten ? ExitCode::kInternal : ExitCode::kInput));
  }
  std::vector<std::string> failures = changes->failures();
  judging.finish(*suite, result, status, failures);
  for (const std::string& one : failures) {
    std::fprintf(stderr, "policysim: %s\n", text::escape_terminal(one).c_str());
  }
  const report::TestReport report{&result,           judging.coverage(), judging.mutation(),
                                  changes->golden(), changes->base(),    std::move(failures)};
  if (const std::optional<Error> error = reports->write(report)) {
    status.add(stop(*error, ExitCode::kInternal));
  }
  return status.code(options.exit_zero);
}

}  // namespace policysim::cli
