// The tree of a world becomes data, checked as a whole.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "policysim/result.hpp"
#include "text/node.hpp"
#include "text/source.hpp"
#include "world/data.hpp"
#include "world/file_source.hpp"
#include "world/findings.hpp"

namespace policysim::world {

// A policy file as it was read, once for all worlds of a fixture.
struct PolicyFile {
  std::shared_ptr<const text::Node> document;
  std::optional<Error> failure;
};

// By resolved path.
using PolicyFiles = std::unordered_map<std::string, PolicyFile>;

// Reads the files that `policies` of an expanded world (or of a patch to one) names and that were
// not read yet.
void read_policy_files(const text::Node& world, FileSource& from, text::SourceMap& sources,
                       PolicyFiles& files);

// `world` is expanded. Findings: PS2002 to PS2006 for shapes, PS21xx for what contradicts itself.
// The result means something only when no finding is an error.
Data build_world(const text::Node& world, const PolicyFiles& files,
                 std::shared_ptr<const text::SourceMap> sources, Findings& findings);

}  // namespace policysim::world
