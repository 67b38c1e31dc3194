// Command line -> options of one verb. Alone includes CLI11.
#pragma once

#include <string>
#include <vector>

#include "options.hpp"
#include "policysim/result.hpp"
#include "verbs.hpp"

namespace policysim::cli {

struct CommandLine {
  const Verb* verb = nullptr;  // null: help or version of the program itself
  Options options;
};

// `words` are the arguments after the program's name. What the line does not say is taken from
// POLICYSIM_<OPTION>. Fails on misuse with one line for people; `diagnostics` is empty.
Result<CommandLine> parse_command_line(const std::vector<std::string>& words);

}  // namespace policysim::cli
