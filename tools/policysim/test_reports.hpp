// Where the report of a test run goes: standard output in one format, and any number of files.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "options.hpp"
#include "output.hpp"
#include "policysim/result.hpp"
#include "report/test_format.hpp"
#include "test_settings.hpp"

namespace policysim::cli {

// One per run.
class TestReports {
 public:
  // Files are opened at once. Fails (usage) on formats that do not exist or need what is not asked
  // for, and on files that cannot be written.
  static Result<TestReports> open(const Options& options, const TestSettings& settings);

  // Is any of it read by people, for whom excerpts are kept?
  bool for_people() const noexcept;
  // The first failure to write, if there was one.
  std::optional<Error> write(const report::TestReport& report);

 private:
  explicit TestReports(const TestSettings& settings) : settings_(settings) {}

  const TestSettings& settings_;
  std::vector<std::pair<const report::TestFormat*, Output>> files_;
};

}  // namespace policysim::cli
