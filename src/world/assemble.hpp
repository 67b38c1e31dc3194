// A fixture file and everything that it includes, merged into one tree.
#pragma once

#include <string>
#include <string_view>

#include "text/node.hpp"
#include "text/source.hpp"
#include "world/file_source.hpp"
#include "world/findings.hpp"

namespace policysim::world {

// Before interpolation. `root` is the file itself; `vars` and `world` (maps) are merged with those
// of its includes.
struct Assembled {
  text::Node root;
  text::Node vars;
  text::Node world;
};

// Reads `path`, or takes `content` as its text, and what it includes, from `files`. Findings: the
// reader's own, PS20xx for the shape of files, PS2103 for entries that stand twice.
Assembled assemble(const std::string& path, std::string* content, FileSource& files,
                   text::SourceMap& sources, Findings& findings);

// `path` as seen from the file `holder`; an absolute path stays as it is.
std::string resolve_path(std::string_view holder, const std::string& path);

}  // namespace policysim::world
