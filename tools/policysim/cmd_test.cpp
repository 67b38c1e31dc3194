#include "cmd_test.hpp"

#include <cstdio>
#include <utility>

#include "fixture_files.hpp"
#include "gate/runner.hpp"
#include "interrupt.hpp"
#include "output.hpp"
#include "print_findings.hpp"
#include "progress.hpp"
#include "test_changes.hpp"
#include "test_coverage.hpp"
#include "test_reports.hpp"
#include "test_settings.hpp"
#include "text/source.hpp"
#include "usage.hpp"

namespace policysim::cli {
namespace {

ExitCode stop(const Error& error, ExitCode otherwise) {
  print_error(error);
  return is_usage(error) ? ExitCode::kUsage : otherwise;
}

// Fixtures and what is selected of them; nothing after an error, which is told.
std::optional<gate::Suite> load_suite(const TestSettings& settings, bool ci, ExitStatus& status) {
  const Result<std::vector<InputFile>> files = expand_paths(settings.paths);
  if (!files) {
    status.add(stop(files.error(), ExitCode::kInput));
    return std::nullopt;
  }
  LoadedFixtures loaded = load_fixtures(*files, settings.deciding);
  std::vector<gate::SuiteFinding> findings;
  gate::Suite suite =
      gate::select_tests(std::move(loaded.fixtures), settings.selection, ci, findings);
  for (const gate::SuiteFinding& one : findings) {
    print_findings({one.finding}, *one.sources, settings.deciding);
  }
  if (loaded.failed || !findings.empty()) {
    status.add(ExitCode::kInput);
    return std::nullopt;
  }
  if (suite.tests.empty()) {
    const bool selects = !settings.selection.word.empty() || !settings.selection.filter.empty() ||
                         !settings.selection.tags.empty() || settings.selection.shards > 1;
    status.add(
        stop(usage_error(selects ? "nothing is selected; `policysim test --list` prints all ids"
                                 : "there is no test in what is named"),
             ExitCode::kUsage));
    return std::nullopt;
  }
  return suite;
}

ExitCode print_list(const gate::Suite& suite) {
  Output out = Output::standard();
  for (const gate::Test& test : suite.tests) {
    out.buffer() += text::escape_terminal(test.id) + '\n';
    out.flush_if_large();
  }
  const std::optional<Error> error = out.finish();
  return error ? stop(*error, ExitCode::kInternal) : ExitCode::kYes;
}

gate::TestRun run(const gate::Suite& suite, const TestSettings& settings, bool fail_fast,
                  bool hash_requests, gate::Coverage* coverage) {
  Progress progress(settings.deciding.quiet);
  gate::RunOptions options;
  options.jobs = settings.jobs;
  options.fail_fast = fail_fast;
  options.hash_requests = hash_requests;
  options.stop = interrupted;
  options.progress = [&progress](std::size_t done) { progress.tick(done); };
  options.on_base = [&settings](const PolicySet& policies) {
    print_policy_warnings(policies, settings.deciding);
  };
  if (coverage != nullptr) {
    options.observer = [coverage]() -> gate::RunObserver& { return coverage->observer(); };
  }
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
  gate::Coverage coverage;
  const gate::TestRun result =
      run(*suite, *settings, options.fail_fast, changes->hashes_requests(),
          options.coverage ? &coverage : nullptr);
  add_status(result, status);
  if (const std::optional<Error> error = changes->finish(*suite, result, status)) {
    status.add(stop(*error, error->code == kNotWritten ? ExitCode::kInternal : ExitCode::kInput));
  }
  report::TestReport report;
  report.run = &result;
  gate::CoverageReport covered;
  if (options.coverage) {
    covered = report_coverage(coverage, *suite, *settings);
    report.coverage = &covered;
  }
  check_thresholds(*suite, *settings, report, status);
  report.golden = changes->golden();
  report.base = changes->base();
  if (const std::optional<Error> error = reports->write(report)) {
    status.add(stop(*error, ExitCode::kInternal));
  }
  return status.code(options.exit_zero);
}

}  // namespace policysim::cli
