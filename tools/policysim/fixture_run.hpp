// Decides the cases of one fixture.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "decider.hpp"
#include "world/case_list.hpp"
#include "world/recent.hpp"
#include "world/scene.hpp"

namespace policysim::cli {

// Cases with equal patches share one compiled world. One per thread; lives no longer than the
// fixture and the settings.
class FixtureRun {
 public:
  FixtureRun(const world::Fixture& fixture, const Settings& settings);

  // All steps, until one is not allowed, under one id.
  report::DecisionRecord decide(const world::Case& one, const std::string& id);
  // A case of the fixture, by its place in the list.
  report::DecisionRecord decide(world::CaseList& cases, std::size_t index, const std::string& id);
  // The case's expectation with its names resolved, if it has one.
  Result<std::optional<text::Node>> expectation(const world::Case& one);

 private:
  struct Place {
    world::Scene scene;
    std::optional<Decider> decider;
  };
  Place& place_of(const world::Patches& patches);
  // One record an authorization. False: the steps after this one are not taken.
  bool add_step(const world::Step& step, const world::Patches& patches, const std::string& id,
                std::vector<report::DecisionRecord>& parts);
  std::optional<Error> prepare(Place& place, bool base);
  bool fail(const std::string& id, const Error& error,
            std::vector<report::DecisionRecord>& parts) const;

  const world::Fixture& fixture_;
  const Settings& settings_;
  world::Recent<Place> places_;
};

}  // namespace policysim::cli
