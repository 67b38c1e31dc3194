// How to decide: what flags, environment and configuration say beside a fixture.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "explain/message.hpp"
#include "operations/request_builder.hpp"
#include "policysim/policy_set.hpp"
#include "world/data.hpp"

namespace policysim::gate {

using Semantics = std::vector<std::pair<std::string, std::string>>;

// Plain data, checked.
struct Settings {
  operations::BuildOptions build;
  Semantics semantics, weak_semantics;  // stronger and weaker than the world's defaults
  std::string rcp_date;
  std::vector<std::string> rcp_services;  // empty: the built-in list
  bool lenient = false;
  bool require_keys = false;
  bool for_people = false;  // text is rendered: keep excerpts and contexts
  explain::MessageStyle message_style = explain::MessageStyle::kPlain;
};

// The compiler's options for a world with these defaults.
CompileOptions compile_options(const Settings& settings, const world::Defaults& defaults);

}  // namespace policysim::gate
