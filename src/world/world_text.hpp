// The text of a world, interpolation included, becomes a World.
#pragma once

#include <memory>

#include "policysim/world.hpp"
#include "text/node.hpp"
#include "text/source.hpp"
#include "world/build.hpp"
#include "world/findings.hpp"

namespace policysim::world {

// The policy files of a fixture, its patches included: read once, for all its worlds.
struct PolicyFileCache {
  PolicyFiles files;
};

// Names are looked up in the text as it was written. What is found stays in the world's warnings.
std::shared_ptr<const World> build_world_text(const text::Node& world, const text::Node& vars,
                                              const PolicyFiles& files,
                                              const std::shared_ptr<const text::SourceMap>& sources,
                                              Findings& findings);

}  // namespace policysim::world
