// policysim test: fixtures against what they expect.
#pragma once

#include "exit_code.hpp"
#include "options.hpp"

namespace policysim::cli {

ExitCode cmd_test(const Options& options);

}  // namespace policysim::cli
