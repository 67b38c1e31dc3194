// `policysim validate`: checks policies and fixtures.
#pragma once

#include "exit_code.hpp"
#include "options.hpp"

namespace policysim::cli {

ExitCode cmd_validate(const Options& options);

}  // namespace policysim::cli
