// Cases of fixtures, decided in the order in which they stand.
#include <algorithm>
#include <string>

#include "evaluate.hpp"
#include "fixture_files.hpp"
#include "gate/fixture_run.hpp"
#include "interrupt.hpp"
#include "print_findings.hpp"
#include "progress.hpp"
#include "usage.hpp"
#include "values/glob.hpp"
#include "world/fixture.hpp"

namespace policysim::cli {
namespace {

bool selected(const world::CaseList& cases, std::size_t index, const std::string& id,
              const Options& options, bool only) {
  if (cases.skipped(index) || (only && !cases.only(index))) return false;
  return !options.case_glob || values::glob_match(*options.case_glob, cases.id(index)) ||
         values::glob_match(*options.case_glob, id);
}

}  // namespace

std::optional<Error> evaluate_fixtures(const std::vector<InputFile>& files, const Options& options,
                                       const Settings& settings, Results& results,
                                       ExitStatus& status) {
  const LoadedFixtures loaded = load_fixtures(files, settings);
  if (loaded.failed) status.add(ExitCode::kInput);
  const bool only = std::any_of(loaded.fixtures.begin(), loaded.fixtures.end(),
                                [](const auto& fixture) { return world::has_only(*fixture); });
  Progress progress(settings.quiet);
  for (const auto& shared : loaded.fixtures) {
    const world::Fixture& fixture = *shared;
    gate::FixtureRun run(fixture, settings, [&settings](const PolicySet& policies) {
      print_policy_warnings(policies, settings);
    });
    world::CaseList cases(fixture);
    for (std::size_t i = 0; i < cases.size(); ++i) {
      if (interrupted() || results.broken()) return std::nullopt;
      const std::string own = cases.id(i);
      const std::string id = loaded.given > 1 ? fixture.name + "." + own : own;
      if (!selected(cases, i, id, options, only)) continue;
      results.add(run.decide(cases, i, id));
      progress.tick(results.count());
    }
  }
  if (options.case_glob && results.count() == 0 && !loaded.fixtures.empty()) {
    return usage_error("no case matches `" + *options.case_glob + "`");
  }
  return std::nullopt;
}

}  // namespace policysim::cli
