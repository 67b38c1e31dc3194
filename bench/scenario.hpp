// The standard scenarios: policies, attachments and one request each.
#pragma once

#include <string>
#include <vector>

#include "policysim/policysim.hpp"

namespace policysim::bench {

// Reads bench/scenarios/NAME.json. Ends the program with a message when it cannot.
PolicySet load_policies(const std::string& name);
// The scenario's request; `variant` makes requests that differ in session name and object.
Request load_request(const std::string& name, unsigned variant = 0);

// Text of each policy document of the managed-policies corpus; empty where it is not present.
std::vector<std::string> managed_policies();

}  // namespace policysim::bench
