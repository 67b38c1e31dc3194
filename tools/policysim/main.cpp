#include <algorithm>
#include <cstdio>
#include <exception>
#include <new>
#include <string>
#include <vector>

#include "command_table.hpp"
#include "interrupt.hpp"
#include "log.hpp"
#include "output.hpp"
#include "terminal.hpp"
#include "usage.hpp"

namespace policysim::cli {
namespace {

ExitCode print(const std::string& text) {
  Output out = Output::standard();
  out.buffer() = text;
  if (const std::optional<Error> error = out.finish()) {
    print_error(*error);
    return ExitCode::kInternal;
  }
  return ExitCode::kYes;
}

void start_log(const Options& options) {
  const char* level = options.verbose > 1 ? "debug" : options.quiet ? "error" : "warn";
  set_log_level(options.log_level.value_or(level), wants_color(options.color.value_or("auto"), 2));
}

ExitCode run(const std::vector<std::string>& words) {
  const Result<CommandLine> line = parse_command_line(words);
  if (!line) {
    print_error(line.error());
    const auto verb = std::find_if(words.begin(), words.end(), [](const std::string& word) {
      return find_verb(word) != nullptr;
    });
    const std::string name = verb == words.end() ? "" : *verb + " ";
    std::fprintf(stderr, "see `policysim %s--help`\n", name.c_str());
    return ExitCode::kUsage;
  }
  if (line->options.help) return print(line->verb ? help_text(*line->verb) : help_text());
  if (line->options.version) return print(version_text());
  start_log(line->options);
  return line->verb->run(line->options);
}

}  // namespace
}  // namespace policysim::cli

int main(int argc, char** argv) {
  using namespace policysim::cli;
  watch_interrupts();
  ExitCode code = ExitCode::kInternal;
  try {
    code = run(std::vector<std::string>(argv + (argc > 0 ? 1 : 0), argv + argc));
  } catch (const std::bad_alloc&) {
    std::fputs("policysim: error: out of memory\n", stderr);
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "policysim: internal error: %s\n", problem.what());
  }
  return static_cast<int>(code);
}
