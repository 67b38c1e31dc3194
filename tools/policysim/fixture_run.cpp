#include "fixture_run.hpp"

#include <algorithm>
#include <utility>

namespace policysim::cli {

using report::DecisionRecord;
using world::Patches;

FixtureRun::FixtureRun(const world::Fixture& fixture, const Settings& settings)
    : fixture_(fixture), settings_(settings), places_(world::kept_worlds(*fixture.world)) {}

DecisionRecord FixtureRun::decide(const world::Case& one, const std::string& id) {
  Patches patches = one.patches;
  std::vector<DecisionRecord> parts;
  for (const world::Step& step : one.steps) {
    if (step.patch != nullptr) patches.push_back(step.patch);
    if (!add_step(step, patches, id, parts)) break;
  }
  return report::aggregate(id, std::move(parts));
}

DecisionRecord FixtureRun::decide(world::CaseList& cases, std::size_t index,
                                  const std::string& id) {
  const Result<world::Case> one = cases.get(index);
  return one ? decide(*one, id) : failure_record(id, one.error(), fixture_.sources.get());
}

Result<std::optional<text::Node>> FixtureRun::expectation(const world::Case& one) {
  if (!one.expect) return std::optional<text::Node>();
  Result<text::Node> node = place_of(one.patches).scene.interpolated(*one.expect);
  if (!node) return std::move(node).error();
  return std::optional<text::Node>(*std::move(node));
}

FixtureRun::Place& FixtureRun::place_of(const Patches& patches) {
  return places_.get(world::patch_key(patches), [&] {
    return Place{world::Scene(fixture_, patches), std::nullopt};
  });
}

std::optional<Error> FixtureRun::prepare(Place& place, bool base) {
  if (place.decider) return std::nullopt;
  const Result<std::shared_ptr<const World>> world = place.scene.world();
  if (!world) return world.error();
  Result<Decider> made = Decider::make(*world, settings_);
  if (!made) return std::move(made).error();
  place.decider.emplace(*std::move(made));
  if (base) place.decider->print_policy_warnings();
  return std::nullopt;
}

bool FixtureRun::add_step(const world::Step& step, const Patches& patches, const std::string& id,
                          std::vector<DecisionRecord>& parts) {
  Place& place = place_of(patches);
  if (const auto error = prepare(place, patches.empty())) return fail(id, *error, parts);
  const Result<std::shared_ptr<const World>> world = place.scene.world();
  for (const text::Node& written : step.requests) {
    const Result<text::Node> node = place.scene.interpolated(written);
    if (!node) return fail(id, node.error(), parts);
    operations::BuildOptions build = settings_.build;
    build.single = step.listed;
    const Result<operations::Built> built = operations::build_requests(*node, world->get(), build);
    if (!built) return fail(id, built.error(), parts);
    DecisionRecord record = place.decider->decide(id, *built, fixture_.sources.get());
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

bool FixtureRun::fail(const std::string& id, const Error& error,
                      std::vector<DecisionRecord>& parts) const {
  parts.push_back(failure_record(id, error, fixture_.sources.get()));
  return false;
}

}  // namespace policysim::cli
