// `.policysim.yaml`: what the command line, the environment and the fixtures leave open.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gate/thresholds.hpp"
#include "options.hpp"
#include "policysim/result.hpp"

namespace policysim::cli {

// Findings of a rule that are left out below a path.
struct IgnoredRule {
  std::string rule;  // number
  std::string path;  // glob over paths relative to the working directory; empty: everywhere
};

// Members that the file does not have stay empty. Paths are relative to the working directory.
struct Config {
  std::string file;  // empty: there is none
  std::vector<std::string> paths;
  std::optional<std::string> missing, rcp_services, rcp_date, message_style, format, color, fail_on;
  std::optional<bool> certain, require_keys;
  std::optional<std::string> jobs;
  std::vector<std::pair<std::string, std::string>> semantics;
  std::vector<IgnoredRule> ignore;
  gate::Thresholds coverage;
};

// The file of --config, else the first `.policysim.yaml` from the working directory up to the one
// that holds `.git`; outside a repository only the working directory's. Fails (usage) with every
// finding, rendered.
Result<Config> load_config(const Options& options);

}  // namespace policysim::cli
