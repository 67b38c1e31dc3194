// The verbs: one row each, from which dispatch, help and suggestions derive.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "exit_code.hpp"
#include "option_table.hpp"
#include "options.hpp"

namespace policysim::cli {

struct Verb {
  std::string_view name;
  unsigned bit;  // of OptionRow::verbs
  std::string_view summary;
  std::string_view usage;     // lines
  std::string_view examples;  // lines
  std::vector<std::string_view> (*formats)();
  ExitCode (*run)(const Options& options);
};

std::span<const Verb> verbs() noexcept;
const Verb* find_verb(std::string_view name) noexcept;

std::string help_text();                  // of the program
std::string help_text(const Verb& verb);  // examples, options, exit codes
std::string version_text();

}  // namespace policysim::cli
