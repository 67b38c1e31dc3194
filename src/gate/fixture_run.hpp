// Cases of one fixture: made ready in their worlds, then decided.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gate/decider.hpp"
#include "gate/plain_decision.hpp"
#include "world/case_list.hpp"
#include "world/expectation.hpp"
#include "world/recent.hpp"
#include "world/scene.hpp"

namespace policysim::gate {

// A world as patches leave it, compiled when it is first needed. One per thread.
struct Place {
  world::Scene scene;
  std::optional<Decider> decider;
};

// One written request with its authorizations, and the world in which they are decided.
struct PlannedCall {
  std::shared_ptr<Place> place;  // its decider is there
  operations::Built built;
};

// A case made ready. `error`: the last step cannot be made ready, which matters once it is reached.
struct Plan {
  std::vector<std::vector<PlannedCall>> steps;
  std::optional<Error> error;

  bool fails_at(std::size_t step) const noexcept { return error && step + 1 == steps.size(); }
};

// Cases with equal patches share one compiled world. One per thread; lives no longer than the
// fixture and the settings.
class FixtureRun {
 public:
  // `on_base` is told of the policies of the world without patches, once they are compiled.
  FixtureRun(const world::Fixture& fixture, const Settings& settings,
             std::function<void(const PolicySet&)> on_base = {});

  Plan plan(const world::Case& one);
  // What decides in a place, where it is not the place's own decider.
  using DeciderOf = std::function<Decider&(Place&)>;
  // All steps, until one is not allowed, under one id. With deciders of their own, several threads
  // may decide the same plan.
  explain::DecisionRecord decide(const Plan& plan, const std::string& id,
                                 const DeciderOf& decider_of = {}) const;
  explain::DecisionRecord decide(const world::Case& one, const std::string& id);
  // A case of the fixture, by its place in the list.
  explain::DecisionRecord decide(world::CaseList& cases, std::size_t index, const std::string& id);
  // The same outcome, layer and statement without evidence. Nothing where only a record can tell:
  // errors, decisions that have to be certain, required keys.
  std::optional<PlainDecision> decide_plainly(const Plan& plan,
                                              const DeciderOf& decider_of = {}) const;

  // Every authorization that is asked: of all steps up to the first that is not allowed.
  using Visit = std::function<void(const PolicySet&, const request::Data&)>;
  void visit(const Plan& plan, const Visit& visit);

  // What the case expects, its names resolved; nothing where it expects nothing.
  Result<std::optional<world::Expectation>> expectation(const world::Case& one);

 private:
  std::shared_ptr<Place> place_of(const world::Patches& patches);
  std::optional<Error> prepare(Place& place, bool base);
  std::optional<Error> plan_step(const world::Step& step, const world::Patches& patches,
                                 std::vector<PlannedCall>& out);

  const world::Fixture& fixture_;
  const Settings& settings_;
  std::function<void(const PolicySet&)> on_base_;
  world::Recent<std::shared_ptr<Place>> places_;
};

}  // namespace policysim::gate
