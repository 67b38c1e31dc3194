// THE table of options: parsing, help, suggestions and environment variables derive from its rows.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "options.hpp"

namespace policysim::cli {

// Where an option's value goes. A bool takes no value, an int counts, a list is repeatable.
using Target = std::variant<bool Options::*, int Options::*, std::optional<std::string> Options::*,
                            std::vector<std::string> Options::*>;

enum class Group : std::uint8_t {
  kRequest,
  kPolicies,
  kInput,
  kDeciding,
  kChecking,
  kSelecting,
  kJudging,
  kComparing,
  kOutput,
  kGeneral
};
std::string_view title(Group group) noexcept;

// Verbs as bits.
constexpr unsigned kEvaluate = 1;
constexpr unsigned kValidate = 2;
constexpr unsigned kTest = 4;
constexpr unsigned kDecides = kEvaluate | kTest;
constexpr unsigned kEveryVerb = kEvaluate | kValidate | kTest;

struct OptionRow {
  std::string_view names;  // CLI11's form: "-q,--quiet"
  std::string_view value;  // placeholder of the value; choices stand between bars: "absent|unknown"
  Target target;
  unsigned verbs;
  Group group;
  std::string_view help;

  std::string_view long_name() const noexcept;  // "--quiet"
  bool takes_value() const noexcept { return !value.empty(); }
  bool repeatable() const noexcept { return target.index() == 3; }
};

std::span<const OptionRow> option_rows() noexcept;

// "POLICYSIM_RCP_DATE" of `--rcp-date`.
std::string environment_name(const OptionRow& row);

}  // namespace policysim::cli
