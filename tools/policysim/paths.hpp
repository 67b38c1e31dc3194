// Files, directories and globs of the command line become files.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "policysim/result.hpp"

namespace policysim::cli {

struct InputFile {
  std::string path;    // "-" is standard input
  bool named = false;  // by itself, not found below a directory
};

// Directories are searched recursively for .json, .yaml and .yml (also .gz of them), hidden entries
// left out, in the order of their names. A path that does not exist may be a glob. What matches
// nothing is kept, so that reading it reports why. Fails on a directory that cannot be read.
Result<std::vector<InputFile>> expand_paths(const std::vector<std::string>& paths);

// Is a file of this name looked at below a directory?
bool is_input_name(std::string_view name);

// What to open for a path: "-" is the device of standard input.
std::string device_path(const std::string& path);

}  // namespace policysim::cli
