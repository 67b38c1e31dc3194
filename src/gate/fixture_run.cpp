#include "gate/fixture_run.hpp"

#include <algorithm>
#include <utility>

#include "gate/failure_record.hpp"
#include "world/findings.hpp"
#include "world/interpolate.hpp"

namespace policysim::gate {

using explain::DecisionRecord;
using world::Patches;

namespace {

Decider& decider(const PlannedCall& call, const FixtureRun::DeciderOf& decider_of) {
  return decider_of ? decider_of(*call.place) : *call.place->decider;
}

// One record an authorization. False: the steps after this one are not taken.
bool add_step(const std::vector<PlannedCall>& step, const std::string& id,
              const text::SourceMap* sources, const FixtureRun::DeciderOf& decider_of,
              std::vector<DecisionRecord>& parts) {
  for (const PlannedCall& call : step) {
    DecisionRecord record = decider(call, decider_of).decide(id, call.built, sources);
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

}  // namespace

FixtureRun::FixtureRun(const world::Fixture& fixture, const Settings& settings,
                       std::function<void(const PolicySet&)> on_base)
    : fixture_(fixture),
      settings_(settings),
      on_base_(std::move(on_base)),
      places_(world::kept_worlds(*fixture.world)) {}

Plan FixtureRun::plan(const world::Case& one) {
  Plan out;
  Patches patches = one.patches;
  for (const world::Step& step : one.steps) {
    if (step.patch != nullptr) patches.push_back(step.patch);
    std::vector<PlannedCall> calls;
    out.error = plan_step(step, patches, calls);
    out.steps.push_back(std::move(calls));
    if (out.error) break;
  }
  return out;
}

DecisionRecord FixtureRun::decide(const Plan& plan, const std::string& id,
                                  const DeciderOf& decider_of) const {
  const text::SourceMap* sources = fixture_.sources.get();
  std::vector<DecisionRecord> parts;
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    const bool allowed = add_step(plan.steps[i], id, sources, decider_of, parts);
    if (plan.fails_at(i)) parts.push_back(failure_record(id, *plan.error, sources));
    if (!allowed) break;
  }
  return explain::aggregate(id, std::move(parts));
}

DecisionRecord FixtureRun::decide(const world::Case& one, const std::string& id) {
  return decide(plan(one), id);
}

DecisionRecord FixtureRun::decide(world::CaseList& cases, std::size_t index,
                                  const std::string& id) {
  const Result<world::Case> one = cases.get(index);
  return one ? decide(*one, id) : failure_record(id, one.error(), fixture_.sources.get());
}

std::optional<PlainDecision> FixtureRun::decide_plainly(const Plan& plan,
                                                        const DeciderOf& decider_of) const {
  if (settings_.require_keys) return std::nullopt;
  PlainDecision out;
  out.decision.outcome = Outcome::kAllow;
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    if (plan.fails_at(i)) return std::nullopt;
    for (const PlannedCall& call : plan.steps[i]) {
      Decider& decides = decider(call, decider_of);
      for (const request::Data& data : call.built.requests) {
        if (data.certain) return std::nullopt;
        const Decision decision = decides.decide_plainly(data);
        if ((decision.flags & Decision::kUnusablePolicy) != 0) return std::nullopt;
        const bool stricter =
            explain::strictness(decision.outcome) > explain::strictness(out.decision.outcome);
        if (out.policies != nullptr && !stricter) continue;
        out = {decision, &decides.policies()};
      }
    }
    if (out.decision.outcome != Outcome::kAllow) break;
  }
  return out;
}

void FixtureRun::visit(const Plan& plan, const Visit& visit) {
  bool allowed = true;
  for (std::size_t i = 0; allowed && i < plan.steps.size(); ++i) {
    for (const PlannedCall& call : plan.steps[i]) {
      for (const request::Data& data : call.built.requests) {
        visit(call.place->decider->policies(), data);
        allowed = allowed && call.place->decider->decide_plainly(data).outcome == Outcome::kAllow;
      }
    }
  }
}

Result<std::optional<world::Expectation>> FixtureRun::expectation(const world::Case& one) {
  if (!one.expect) return std::optional<world::Expectation>();
  world::Findings findings;
  world::Expectation out;
  if (world::has_interpolation(*one.expect)) {
    const Result<text::Node> node = place_of(one.patches)->scene.interpolated(*one.expect);
    if (!node) return node.error();
    out = world::read_expectation(*node, findings);
  } else {
    out = world::read_expectation(*one.expect, findings);
  }
  if (findings.failed()) return findings.to_error();
  return std::optional<world::Expectation>(std::move(out));
}

std::shared_ptr<Place> FixtureRun::place_of(const Patches& patches) {
  return places_.get(world::patch_key(patches), [&] {
    return std::make_shared<Place>(Place{world::Scene(fixture_, patches), std::nullopt});
  });
}

std::optional<Error> FixtureRun::prepare(Place& place, bool base) {
  if (place.decider) return std::nullopt;
  const Result<std::shared_ptr<const World>> world = place.scene.world();
  if (!world) return world.error();
  Result<Decider> made = Decider::make(*world, settings_);
  if (!made) return std::move(made).error();
  place.decider.emplace(*std::move(made));
  if (base && on_base_) on_base_(place.decider->policies());
  return std::nullopt;
}

std::optional<Error> FixtureRun::plan_step(const world::Step& step, const Patches& patches,
                                           std::vector<PlannedCall>& out) {
  const std::shared_ptr<Place> place = place_of(patches);
  if (auto error = prepare(*place, patches.empty())) return error;
  const Result<std::shared_ptr<const World>> world = place->scene.world();
  for (const text::Node& written : step.requests) {
    const Result<text::Node> node = place->scene.interpolated(written);
    if (!node) return node.error();
    operations::BuildOptions build = settings_.build;
    build.single = step.listed;
    Result<operations::Built> built = operations::build_requests(*node, world->get(), build);
    if (!built) return std::move(built).error();
    out.push_back({place, *std::move(built)});
  }
  return std::nullopt;
}

}  // namespace policysim::gate
