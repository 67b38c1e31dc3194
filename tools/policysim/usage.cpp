#include "usage.hpp"

#include <cstdio>

#include "text/source.hpp"

namespace policysim::cli {

void print_error(const Error& error) {
  // Only the first line holds text of strangers; what follows are findings, escaped already.
  const std::size_t end = error.message.find('\n');
  const std::string code = is_usage(error) ? "" : "[" + error.code + "]";
  std::string text =
      "policysim: error" + code + ": " + text::escape_terminal(error.message.substr(0, end)) + "\n";
  if (end != std::string::npos) text += error.message.substr(end + 1);
  if (text.back() != '\n') text += '\n';
  std::fwrite(text.data(), 1, text.size(), stderr);
}

ExitCode stop(const Error& error, ExitCode otherwise) {
  print_error(error);
  return is_usage(error) ? ExitCode::kUsage : otherwise;
}

}  // namespace policysim::cli
