// `policysim test --golden FILE [--update-golden]`.
#pragma once

#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "gate/golden.hpp"
#include "gate/suite.hpp"
#include "policysim/result.hpp"

namespace policysim::cli {

// What is wrong in the file stands in the message, with excerpts.
Result<std::vector<gate::GoldenEntry>> read_golden_file(const std::string& path);

// Ids of the tests that the suite's fixtures have and the suite does not.
std::unordered_set<std::string> left_out(const gate::Suite& suite);

// Writes the file anew; it is replaced in one step. Fails (usage, PS4043) where the run is not one
// of all tests with a decision each.
std::optional<Error> update_golden(const std::string& path, const gate::Suite& suite,
                                   const gate::TestRun& run);

}  // namespace policysim::cli
