// Misuse of the command line, environment or configuration: exit code 2.
#pragma once

#include <string>

#include "exit_code.hpp"
#include "policysim/result.hpp"

namespace policysim::cli {

constexpr const char* kUsageCode = "usage";  // Error::code; never printed

// `suggestion` may be empty.
inline Error usage_error(std::string message, const std::string& suggestion = {}) {
  if (!suggestion.empty()) message += "; did you mean `" + suggestion + "`?";
  return Error{kUsageCode, std::move(message), {}};
}

inline bool is_usage(const Error& error) { return error.code == kUsageCode; }

// On standard error: "policysim: error[PS0001]: …".
void print_error(const Error& error);

// Tells it too: the code of a misuse, else `otherwise`.
ExitCode stop(const Error& error, ExitCode otherwise);

}  // namespace policysim::cli
