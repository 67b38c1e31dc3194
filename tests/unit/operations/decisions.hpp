// Decisions on the authorizations of a call, under the policies of a world.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "authorizations.hpp"
#include "policysim/explanation.hpp"

namespace policysim::operations {

using Options = std::vector<std::pair<std::string, std::string>>;

std::vector<Explanation> decide(const Json& world, const std::vector<request::Data>& requests,
                                const Options& options = {});

}  // namespace policysim::operations
