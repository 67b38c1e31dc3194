// `policysim init`.
#pragma once

#include "exit_code.hpp"
#include "options.hpp"

namespace policysim::cli {

ExitCode cmd_init(const Options& options);

}  // namespace policysim::cli
