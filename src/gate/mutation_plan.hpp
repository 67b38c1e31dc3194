// Everything that mutants have in common: the tests, made ready once, the worlds in which they are
// decided, and the documents that can change.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <vector>

#include "gate/fixture_run.hpp"
#include "gate/mutation_edit.hpp"
#include "gate/suite.hpp"
#include "gate/test_run.hpp"
#include "policysim/policy.hpp"

namespace policysim::gate {

// A test that passed. Its plan serves all threads, as long as each has its own deciders.
struct PlannedTest {
  std::uint32_t fixture = 0;  // of the suite
  std::string id;
  world::Case written;
  world::Expectation expected;
  Plan plan;
};

// A policy document of a file, or one that is written in a fixture; attached in one world or more.
struct MutationTarget {
  std::string name;               // the first that it has in the worlds
  PolicyDocument document;        // as it is attached first
  std::vector<PolicyType> types;  // what it is attached as
  std::vector<std::uint32_t> worlds;
  std::vector<std::uint32_t> bound;               // tests that ask a layer which holds it
  std::vector<std::vector<std::uint32_t>> named;  // by statement: tests whose action it names
};

struct MutationWorld {
  std::shared_ptr<Place> place;
  std::vector<std::uint32_t> target_of;  // by index into Sources::attached; kNone: not in play

  const PolicySet& policies() const { return place->decider->policies(); }
};

// Immutable once made, share freely. Lives no longer than suite and settings.
class MutationPlan {
 public:
  static constexpr std::uint32_t kNone = 0xFFFFFFFFU;

  // Tests of `run` that passed, in the worlds of all of them: skipping a test takes no policy out
  // of play. `stop` ends the work early.
  MutationPlan(const Suite& suite, const Settings& settings, const TestRun& run,
               const std::function<bool()>& stop);

  const Suite& suite() const noexcept { return suite_; }
  const Settings& settings() const noexcept { return settings_; }
  const std::vector<PlannedTest>& tests() const noexcept { return tests_; }
  const std::vector<MutationWorld>& worlds() const noexcept { return worlds_; }
  const std::vector<MutationTarget>& targets() const noexcept { return targets_; }
  const Vocabulary& vocabulary() const noexcept { return vocabulary_; }
  const FixtureRun& run_of(const PlannedTest& test) const { return *runs_[test.fixture]; }
  std::uint32_t world_of(const Place& place) const;  // kNone: no test is decided there

 private:
  void plan_test(const Test& test, const TestResult& result);
  void add_world(const std::shared_ptr<Place>& place);
  std::uint32_t target_of(const std::string& name, PolicyType type, const PolicyDocument& document,
                          std::uint32_t world);
  void note_reach();
  void gather_words();

  const Suite& suite_;
  const Settings& settings_;
  std::vector<std::unique_ptr<FixtureRun>> runs_;  // by fixture
  std::vector<std::unique_ptr<world::CaseList>> cases_;
  std::vector<PlannedTest> tests_;
  std::vector<MutationWorld> worlds_;
  std::vector<MutationTarget> targets_;
  std::map<const Place*, std::uint32_t> world_of_;
  std::map<std::tuple<std::string, std::uint32_t, std::uint32_t>, std::uint32_t> target_of_;
  Vocabulary vocabulary_;
};

}  // namespace policysim::gate
