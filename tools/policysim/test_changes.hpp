// What `policysim test` is held against beside its expectations: golden decisions and another
// revision.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "exit_code.hpp"
#include "gate/change_report.hpp"
#include "gate/golden.hpp"
#include "gate/suite.hpp"
#include "git.hpp"
#include "options.hpp"
#include "policysim/result.hpp"
#include "test_settings.hpp"

namespace policysim::cli {

// One per run. Lives no longer than the settings.
class TestChanges {
 public:
  // Before the run, so that what cannot be compared with is told at once. Fails (usage) on misuse
  // and on revisions that do not exist; on files that cannot be used.
  static Result<TestChanges> open(const Options& options, const TestSettings& settings);

  // Must the run keep the hashes of requests?
  bool hashes_requests() const noexcept { return !golden_path_.empty(); }
  // Compares, or writes the golden file. What changed is added to `status`; the failure, if any.
  std::optional<Error> finish(const gate::Suite& suite, const gate::TestRun& run,
                              ExitStatus& status);

  // Why changes fail the run, in words.
  const std::vector<std::string>& failures() const noexcept { return failures_; }
  const gate::ChangeReport* golden() const noexcept { return golden_ ? &*golden_ : nullptr; }
  const gate::ChangeReport* base() const noexcept { return base_ ? &*base_ : nullptr; }

 private:
  explicit TestChanges(const TestSettings& settings) : settings_(settings) {}
  std::optional<Error> write_golden(const gate::Suite& suite, const gate::TestRun& run);

  const TestSettings& settings_;
  std::string golden_path_, ref_, fail_on_;
  bool update_ = false;
  std::vector<gate::GoldenEntry> entries_;
  std::unique_ptr<GitRevision> revision_;
  std::optional<gate::ChangeReport> golden_, base_;
  std::vector<std::string> failures_;
};

}  // namespace policysim::cli
