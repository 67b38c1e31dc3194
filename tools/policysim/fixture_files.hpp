// Fixtures that the command line names.
#pragma once

#include <memory>
#include <vector>

#include "exit_code.hpp"
#include "paths.hpp"
#include "settings.hpp"
#include "world/fixture.hpp"

namespace policysim::cli {

struct LoadedFixtures {
  std::vector<std::shared_ptr<const world::Fixture>> fixtures;  // in the order of the files
  std::size_t given = 0;  // those that do not load included, but not worlds found in folders
  bool failed = false;    // one did not load
};

// Files found in folders count only if they say that they are fixtures and have cases. What does
// not load is told on standard error, with its findings.
LoadedFixtures load_fixtures(const std::vector<InputFile>& files, const Settings& settings);

}  // namespace policysim::cli
