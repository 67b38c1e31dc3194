// The members of `.policysim.yaml`.
#pragma once

#include <string>

#include "config.hpp"
#include "text/node.hpp"
#include "text/source.hpp"

namespace policysim::cli {

// Fills `config`; paths are relative to `folder`. What is wrong, rendered; empty when nothing is.
std::string read_members(const text::Node& root, const text::SourceMap& sources,
                         const std::string& folder, Config& config);

}  // namespace policysim::cli
