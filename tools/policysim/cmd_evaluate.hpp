// `policysim evaluate`: decides requests.
#pragma once

#include "exit_code.hpp"
#include "options.hpp"

namespace policysim::cli {

ExitCode cmd_evaluate(const Options& options);

}  // namespace policysim::cli
