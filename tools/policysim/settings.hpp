// How to decide: flags, environment and configuration, checked and put together.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "config.hpp"
#include "explain/message.hpp"
#include "operations/request_builder.hpp"
#include "options.hpp"
#include "policysim/policy_set.hpp"
#include "policysim/result.hpp"
#include "world/data.hpp"

namespace policysim::cli {

using Semantics = std::vector<std::pair<std::string, std::string>>;

struct Settings {
  operations::BuildOptions build;
  Semantics semantics, weak_semantics;  // stronger and weaker than the world's defaults
  std::string rcp_date;
  std::vector<std::string> rcp_services;  // empty: the built-in list
  bool lenient = false;
  bool require_keys = false;
  bool quiet = false;
  bool verbose = false;
  bool for_people = false;  // text is rendered: keep excerpts and contexts
  explain::MessageStyle message_style = explain::MessageStyle::kPlain;
};

Result<Settings> make_settings(const Options& options, const Config& config);

// The compiler's options for a world with these defaults.
CompileOptions compile_options(const Settings& settings, const world::Defaults& defaults);

}  // namespace policysim::cli
