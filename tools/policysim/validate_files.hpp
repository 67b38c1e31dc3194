// Files checked, findings collected.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "paths.hpp"
#include "policysim/policy.hpp"
#include "report/findings.hpp"

namespace policysim::cli {

struct Checked {
  std::vector<report::FindingRecord> findings;  // by file, line, column, rule; each once
  bool unreadable = false;                      // a file is neither JSON nor YAML
};

// Fixtures are checked with the policies that they name, the types being those that they attach
// them as. Other files are policies: of `type`, else of the type that a fixture among the files
// attaches them as, else of the type that they look like. `color` is for FindingRecord::text.
Checked check_files(const std::vector<InputFile>& files, std::optional<PolicyType> type,
                    bool color);

}  // namespace policysim::cli
