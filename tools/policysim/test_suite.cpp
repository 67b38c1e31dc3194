#include "test_suite.hpp"

#include <algorithm>

#include "fixture_files.hpp"
#include "output.hpp"
#include "print_findings.hpp"
#include "text/source.hpp"
#include "usage.hpp"

namespace policysim::cli {
namespace {

Error nothing_selected(const gate::Selection& selection) {
  const bool selects = !selection.word.empty() || !selection.filter.empty() ||
                       !selection.tags.empty() || selection.shards > 1;
  return usage_error(selects
                         ? "nothing is selected; `policysim test --list` prints all ids"
                         : "there is no test in what is named\n"
                           "help: tests stand in fixtures, files with `policysim: 1` on top and "
                           "`cases` or `matrices`");
}

bool is_error(const gate::SuiteFinding& one) { return one.finding.severity == Severity::kError; }

}  // namespace

void print_findings(const std::vector<gate::SuiteFinding>& findings, const TestSettings& settings) {
  for (const gate::SuiteFinding& one : findings) {
    print_findings({one.finding}, *one.sources, settings.deciding);
  }
}

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
  print_findings(findings, settings);
  if (loaded.failed || std::any_of(findings.begin(), findings.end(), is_error)) {
    status.add(ExitCode::kInput);
    return std::nullopt;
  }
  if (suite.tests.empty()) {
    status.add(stop(nothing_selected(settings.selection), ExitCode::kUsage));
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

}  // namespace policysim::cli
