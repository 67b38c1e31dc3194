// The request that flags state, and the world that it needs, as the texts that fixtures are made
// of.
#pragma once

#include <memory>
#include <string>

#include "options.hpp"
#include "policysim/result.hpp"
#include "policysim/world.hpp"
#include "settings.hpp"
#include "text/source.hpp"

namespace policysim::cli {

constexpr const char* kFlagId = "cli";

// A request of fixtures, as JSON. Fails (usage) on malformed --context.
Result<std::string> flag_request(const Options& options);

// The world of --world, else one that holds nothing but the principal and the resource; with the
// tags and the owner that flags state. `sources` are those of a failure's findings.
Result<std::shared_ptr<const World>> flag_world(const Options& options, const Settings& settings,
                                                std::shared_ptr<const text::SourceMap>& sources);

}  // namespace policysim::cli
