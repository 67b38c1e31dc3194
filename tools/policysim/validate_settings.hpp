// What `validate` is asked to do: flags, environment and configuration, checked.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "config.hpp"
#include "options.hpp"
#include "output.hpp"
#include "policysim/policy.hpp"
#include "policysim/result.hpp"
#include "report/findings.hpp"

namespace policysim::cli {

struct ValidateSettings {
  std::vector<std::string> paths;
  std::optional<PolicyType> type;
  std::vector<IgnoredRule> ignored;
  Severity least = Severity::kError;  // findings as bad as this one make the exit code 1
  const report::FindingFormat* format = nullptr;
  std::vector<ReportTarget> reports;
  bool color = false;
};

// All failures are usage errors.
Result<ValidateSettings> validate_settings(const Options& options, const Config& config);

bool is_ignored(const report::FindingRecord& finding, const std::vector<IgnoredRule>& ignored);

}  // namespace policysim::cli
