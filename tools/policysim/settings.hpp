// How to decide: flags, environment and configuration, checked and put together.
#pragma once

#include "config.hpp"
#include "gate/settings.hpp"
#include "options.hpp"
#include "policysim/result.hpp"

namespace policysim::cli {

struct Settings : gate::Settings {
  bool quiet = false;
  bool verbose = false;
};

Result<Settings> make_settings(const Options& options, const Config& config);

}  // namespace policysim::cli
