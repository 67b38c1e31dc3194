// The three ways of `evaluate`; each adds its decisions to the results.
#pragma once

#include <optional>
#include <vector>

#include "options.hpp"
#include "paths.hpp"
#include "policysim/result.hpp"
#include "results.hpp"
#include "settings.hpp"

namespace policysim::cli {

// All return what keeps the run from going on (usage, or input without which nothing can be
// decided). Failures of single requests are records; `status` takes what is neither.
std::optional<Error> evaluate_fixtures(const std::vector<InputFile>& files, const Options& options,
                                       const Settings& settings, Results& results,
                                       ExitStatus& status);
std::optional<Error> evaluate_flags(const Options& options, const Settings& settings,
                                    Results& results);
std::optional<Error> evaluate_stream(const Options& options, const Settings& settings,
                                     Results& results, ExitStatus& status);

}  // namespace policysim::cli
