// Everything that a world attaches, in the form that gets compiled.
#pragma once

#include "compile/sources.hpp"
#include "policysim/policy.hpp"
#include "policysim/result.hpp"
#include "policysim/world.hpp"

namespace policysim::compile {

// Appends the world's attachments, levels and accounts to `sources`. A policy that cannot be used
// keeps its place with the reason, so that only the requests that need it fail. A policy that is
// attached in many places is parsed once for each policy type. `options.name` is ignored.
Result<bool> attach_world(const World& world, Sources& sources, const ParseOptions& options = {});

}  // namespace policysim::compile
