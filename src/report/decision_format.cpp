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

}  // namespace policysim::report
