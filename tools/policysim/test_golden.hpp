// `policysim test --golden FILE [--update-golden]`.
#pragma once

#include <optional>
#include <string>

#include "gate/golden.hpp"
#include "gate/suite.hpp"
#include "policysim/result.hpp"

namespace policysim::cli {

// Holds a run against the file. Fails where it cannot be read; what is wrong in it stands in the
// message, with excerpts.
Result<gate::ChangeReport> compare_with_golden(const std::string& path, const gate::Suite& suite,
                                               const gate::TestRun& run);

// Writes the file anew; it is replaced in one step. Fails (usage) where the run is not one of all
// tests with a decision each.
std::optional<Error> update_golden(const std::string& path, const gate::Suite& suite,
                                   const gate::TestRun& run);

}  // namespace policysim::cli
