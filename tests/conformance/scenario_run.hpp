// A scenario, loaded, as both witnesses take it.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "conformance/scenarios.hpp"
#include "policysim/policy_set.hpp"
#include "policysim/world.hpp"
#include "reference/reference.hpp"
#include "request/request.hpp"

namespace policysim::conformance {

// A row, loaded: its world and the authorizations that its request makes.
struct Loaded {
  std::shared_ptr<const World> world;
  std::vector<request::Data> requests;
  std::string error;               // name of the rule that stopped it
  std::vector<std::string> names;  // warnings that the service reference lacks a name
};

Loaded load(const Scenario& scenario);

std::string name_of(Layer layer);

struct Documents {
  std::vector<PolicyDocument> parsed;
  std::vector<reference::Policy> policies;  // views of `parsed`
};

Documents documents_of(const std::vector<Attached>& attached);

// What the reference needs to know beside the product's request: the world around it.
reference::Request reference_request(const Scenario& scenario, const Loaded& loaded,
                                     const request::Data& data, const reference::Options& options);

PolicySet compile(const Loaded& loaded,
                  const std::vector<std::pair<std::string, std::string>>& semantics = {});

}  // namespace policysim::conformance
