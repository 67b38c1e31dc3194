// What `policysim test` is asked to do, checked.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "config.hpp"
#include "gate/suite.hpp"
#include "gate/thresholds.hpp"
#include "options.hpp"
#include "policysim/result.hpp"
#include "report/test_format.hpp"
#include "settings.hpp"

namespace policysim::cli {

struct TestSettings {
  Settings deciding;
  gate::Selection selection;
  std::vector<std::string> paths;
  const report::TestFormat* format = nullptr;
  report::TestRenderOptions render;  // of standard output
  unsigned jobs = 1;
  bool coverage = false, mutate = false;
  std::uint64_t seed = 1;
  std::size_t mutants = 0;         // 0: all
  std::optional<double> budget;    // seconds for mutants
  gate::Thresholds flags, config;  // of coverage and mutation
};

// Fails (usage) on values that cannot be meant.
Result<TestSettings> make_test_settings(const Options& options, const Config& config);

}  // namespace policysim::cli
