// Runs a suite: decides each test and holds it against its expectation.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

#include "gate/settings.hpp"
#include "gate/suite.hpp"
#include "gate/test_run.hpp"
#include "policysim/policy_set.hpp"
#include "request/request.hpp"

namespace policysim::gate {

// Sees every authorization that the tests of one thread ask.
class RunObserver {
 public:
  virtual ~RunObserver() = default;
  virtual void decided(const PolicySet& policies, const request::Data& request) = 0;
  // The policies of a test that is skipped.
  virtual void passed_over(const PolicySet& /*policies*/) {}
};

struct RunOptions {
  unsigned jobs = 1;
  bool fail_fast = false;      // tests behind the first that failed or erred are not run
  bool keep_records = false;   // of passed tests too
  bool hash_requests = false;  // fill TestResult::request
  // Decides every test, skipped ones too, and holds none against its expectation: passed is what
  // has a decision.
  bool decide_only = false;
  // In which worlds, by fixture of the suite (world::load_world_for); empty: in their own.
  std::vector<std::shared_ptr<const world::Fixture>> worlds;
  std::function<bool()> stop;                      // asked now and then from every thread
  std::function<void(std::size_t done)> progress;  // told now and then, from the calling thread
  std::function<RunObserver&()> observer;          // called once by each thread, for its own
  std::function<void(const PolicySet&)> on_base;   // once a fixture, from any thread
};

// Equal suites give equal results, whatever `jobs` is.
TestRun run_tests(const Suite& suite, const Settings& settings, const RunOptions& options);

}  // namespace policysim::gate
