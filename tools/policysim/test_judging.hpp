// How good the tests are: coverage, mutation, and the thresholds of both.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "exit_code.hpp"
#include "gate/coverage.hpp"
#include "gate/mutation.hpp"
#include "gate/suite.hpp"
#include "gate/test_run.hpp"
#include "test_settings.hpp"

namespace policysim::cli {

// One per run. Lives no longer than the settings.
class TestJudging {
 public:
  explicit TestJudging(const TestSettings& settings) : settings_(settings) {}

  // For RunOptions; empty where nothing is to be seen.
  std::function<gate::RunObserver&()> observer();

  // After the run: mutates the policies, and holds what was measured against the thresholds, which
  // adds to `status`, and in words to `failures`.
  void finish(const gate::Suite& suite, const gate::TestRun& run, ExitStatus& status,
              std::vector<std::string>& failures);

  const gate::CoverageReport* coverage() const noexcept { return covered_ ? &*covered_ : nullptr; }
  const gate::MutationReport* mutation() const noexcept { return mutated_ ? &*mutated_ : nullptr; }

 private:
  void mutate(const gate::Suite& suite, const gate::TestRun& run);

  const TestSettings& settings_;
  gate::Coverage collected_;
  std::optional<gate::CoverageReport> covered_;
  std::optional<gate::MutationReport> mutated_;
};

}  // namespace policysim::cli
