// Cases of fixtures, decided in the order in which they stand.
#include <algorithm>
#include <string>

#include "evaluate.hpp"
#include "gate/fixture_run.hpp"
#include "interrupt.hpp"
#include "log.hpp"
#include "print_findings.hpp"
#include "progress.hpp"
#include "text/reader.hpp"
#include "usage.hpp"
#include "values/glob.hpp"
#include "world/fixture.hpp"

namespace policysim::cli {
namespace {

// Is it a file that says so? What cannot be read is, so that loading it says why.
bool looks_like_fixture(const std::string& path) {
  Result<std::string> bytes = text::read_file(path);
  if (!bytes) return true;
  text::SourceMap sources;
  const std::uint32_t source = sources.add(path, *std::move(bytes));
  const Result<text::Node> root = text::read(sources, source);
  return !root || root->find("policysim") != nullptr;
}

bool selected(const world::CaseList& cases, std::size_t index, const std::string& id,
              const Options& options, bool only) {
  if (cases.skipped(index) || (only && !cases.only(index))) return false;
  return !options.case_glob || values::glob_match(*options.case_glob, cases.id(index)) ||
         values::glob_match(*options.case_glob, id);
}

bool has_only(const world::Fixture& fixture) {
  return std::any_of(fixture.cases.begin(), fixture.cases.end(),
                     [](const world::Case& one) { return one.only; }) ||
         std::any_of(fixture.matrices.begin(), fixture.matrices.end(),
                     [](const auto& matrix) { return matrix->head.only; });
}

Result<world::Fixture> load(const InputFile& file, world::FixtureFailure& failure) {
  if (file.path != "-") return world::load_fixture(file.path, &failure);
  Result<std::string> text = text::read_file(device_path(file.path));
  if (text) return world::load_fixture_text("<stdin>", *std::move(text), &failure);
  failure.error = text.error();
  return std::move(text).error();
}

}  // namespace

std::optional<Error> evaluate_fixtures(const std::vector<InputFile>& files, const Options& options,
                                       const Settings& settings, Results& results,
                                       ExitStatus& status) {
  std::vector<world::Fixture> fixtures;
  std::size_t given = 0;  // fixtures, unloadable ones included, but not worlds found in folders
  for (const InputFile& file : files) {
    if (!file.named && !looks_like_fixture(file.path)) continue;
    world::FixtureFailure failure;
    Result<world::Fixture> fixture = load(file, failure);
    if (!fixture) {
      print_failure(failure, settings);
      status.add(ExitCode::kInput);
      ++given;
      continue;
    }
    print_findings(fixture->warnings, *fixture->sources, settings);
    log(LogLevel::kInfo, "loaded " + text::escape_terminal(file.path) + ": " +
                             std::to_string(world::CaseList(*fixture).size()) + " cases");
    if (!file.named && world::CaseList(*fixture).size() == 0) continue;
    ++given;
    fixtures.push_back(*std::move(fixture));
  }
  const bool only = std::any_of(fixtures.begin(), fixtures.end(), has_only);
  Progress progress(settings.quiet);
  for (const world::Fixture& fixture : fixtures) {
    gate::FixtureRun run(fixture, settings, [&settings](const PolicySet& policies) {
      print_policy_warnings(policies, settings);
    });
    world::CaseList cases(fixture);
    for (std::size_t i = 0; i < cases.size(); ++i) {
      if (interrupted() || results.broken()) return std::nullopt;
      const std::string own = cases.id(i);
      const std::string id = given > 1 ? fixture.name + "." + own : own;
      if (!selected(cases, i, id, options, only)) continue;
      results.add(run.decide(cases, i, id));
      progress.tick(results.count());
    }
  }
  if (options.case_glob && results.count() == 0 && !fixtures.empty()) {
    return usage_error("no case matches `" + *options.case_glob + "`");
  }
  return std::nullopt;
}

}  // namespace policysim::cli
