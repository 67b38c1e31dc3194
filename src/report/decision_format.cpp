#include "report/decision_format.hpp"

#include <array>

namespace policysim::report {
namespace {

constexpr std::array kFormats = {
    DecisionFormat{"text", "for people", false, make_decision_text},
    DecisionFormat{"json", "one array of decision objects", true, make_decision_json},
    DecisionFormat{"ndjson", "one decision object a line", true, make_decision_ndjson},
};

}  // namespace

std::span<const DecisionFormat> decision_formats() noexcept { return kFormats; }

const DecisionFormat* find_decision_format(std::string_view name) noexcept {
  for (const DecisionFormat& format : kFormats) {
    if (format.name == name) return &format;
  }
  return nullptr;
}

std::string_view outcome_words(Outcome outcome) noexcept {
  switch (outcome) {
    case Outcome::kAllow:
      return "allow";
    case Outcome::kExplicitDeny:
      return "explicit deny";
    case Outcome::kImplicitDeny:
      return "implicit deny";
    case Outcome::kConditional:
      return "conditional";
  }
  return "";
}

}  // namespace policysim::report
