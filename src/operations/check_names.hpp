// Names in requests against AWS's service reference.
#pragma once

#include "text/node.hpp"
#include "world/findings.hpp"

namespace policysim::operations {

// Warns of actions of a request that the reference lacks, and of keys in its context that it lacks
// or that AWS sends with none of the request's actions. `request` is as a fixture or a stream holds
// it, interpolation done; what has another shape than a request is passed over.
void check_names(const text::Node& request, world::Findings& findings);

}  // namespace policysim::operations
