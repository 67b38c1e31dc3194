// What `policysim init` writes: a small setting that passes `policysim test`, to be replaced.
#pragma once

#include <string_view>
#include <vector>

namespace policysim::cli {

struct InitFile {
  std::string_view path;  // from the folder that is set up
  std::string_view text;
};

// `ci`: github, gitlab or none.
std::vector<InitFile> init_files(std::string_view ci);

}  // namespace policysim::cli
