// Cases of fixtures, decided in the order in which they stand.
#include <algorithm>
#include <string>

#include "decider.hpp"
#include "evaluate.hpp"
#include "interrupt.hpp"
#include "log.hpp"
#include "progress.hpp"
#include "text/reader.hpp"
#include "usage.hpp"
#include "values/glob.hpp"
#include "world/fixture.hpp"

namespace policysim::cli {
namespace {

using report::DecisionRecord;
using world::Patches;

// Is it a file that says so? What cannot be read is, so that loading it says why.
bool looks_like_fixture(const std::string& path) {
  Result<std::string> bytes = text::read_file(path);
  if (!bytes) return true;
  text::SourceMap sources;
  const std::uint32_t source = sources.add(path, *std::move(bytes));
  const Result<text::Node> root = text::read(sources, source);
  return !root || root->find("policysim") != nullptr;
}

// Decides the cases of one fixture. Cases without patches share one compiled world.
class FixtureRun {
 public:
  FixtureRun(const world::Fixture& fixture, const Settings& settings)
      : fixture_(fixture), settings_(settings) {}

  DecisionRecord decide(const world::Case& one, const std::string& id) {
    Patches patches;
    if (one.patch != nullptr) patches.push_back(one.patch);
    std::vector<DecisionRecord> parts;
    for (const world::Step& step : one.steps) {
      if (step.patch != nullptr) patches.push_back(step.patch);
      if (!add_step(step, patches, id, parts)) break;
    }
    return report::aggregate(id, std::move(parts));
  }

 private:
  // One record an authorization. False: the steps after this one are not taken.
  bool add_step(const world::Step& step, const Patches& patches, const std::string& id,
                std::vector<DecisionRecord>& parts) {
    std::shared_ptr<const World> world = fixture_.base;
    if (!patches.empty()) {
      Result<std::shared_ptr<const World>> patched = world::patched_world(fixture_, patches);
      if (!patched) return fail(id, patched.error(), parts);
      world = *std::move(patched);
    }
    std::optional<Decider> fresh;
    std::optional<Decider>& place = patches.empty() ? base_ : fresh;
    if (!place) {
      Result<Decider> made = Decider::make(world, settings_);
      if (!made) return fail(id, made.error(), parts);
      place.emplace(*std::move(made));
      if (patches.empty()) place->print_policy_warnings();
    }
    for (const text::Node& written : step.requests) {
      const Result<text::Node> node = world::interpolated_request(fixture_, patches, written);
      if (!node) return fail(id, node.error(), parts);
      operations::BuildOptions build = settings_.build;
      build.single = step.listed;
      const Result<operations::Built> built = operations::build_requests(*node, world.get(), build);
      if (!built) return fail(id, built.error(), parts);
      DecisionRecord record = place->decide(id, *built, fixture_.sources.get());
      if (record.requests.empty()) {
        parts.push_back(std::move(record));
      } else {
        // The warnings about the call stand with its first authorization.
        record.requests.front().warnings = record.warnings;
        for (DecisionRecord& part : record.requests) parts.push_back(std::move(part));
      }
    }
    return std::all_of(parts.begin(), parts.end(), [](const DecisionRecord& part) {
      return !part.error && part.outcome == Outcome::kAllow;
    });
  }

  bool fail(const std::string& id, const Error& error, std::vector<DecisionRecord>& parts) const {
    parts.push_back(failure_record(id, error, fixture_.sources.get()));
    return false;
  }

  const world::Fixture& fixture_;
  const Settings& settings_;
  std::optional<Decider> base_;
};

bool selected(const world::Case& one, const std::string& id, const Options& options, bool only) {
  if (!one.skip.empty() || (only && !one.only)) return false;
  return !options.case_glob || values::glob_match(*options.case_glob, one.id) ||
         values::glob_match(*options.case_glob, id);
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
                             std::to_string(fixture->cases.size()) + " cases");
    if (!file.named && fixture->cases.empty()) continue;
    ++given;
    fixtures.push_back(*std::move(fixture));
  }
  const bool only =
      std::any_of(fixtures.begin(), fixtures.end(), [](const world::Fixture& fixture) {
        return std::any_of(fixture.cases.begin(), fixture.cases.end(),
                           [](const world::Case& one) { return one.only; });
      });
  Progress progress(settings.quiet);
  for (const world::Fixture& fixture : fixtures) {
    FixtureRun run(fixture, settings);
    for (const world::Case& one : fixture.cases) {
      if (interrupted() || results.broken()) return std::nullopt;
      const std::string id = given > 1 ? fixture.name + "." + one.id : one.id;
      if (!selected(one, id, options, only)) continue;
      results.add(run.decide(one, id));
      progress.tick(results.count());
    }
  }
  if (options.case_glob && results.count() == 0 && !fixtures.empty()) {
    return usage_error("no case matches `" + *options.case_glob + "`");
  }
  return std::nullopt;
}

}  // namespace policysim::cli
