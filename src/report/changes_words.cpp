#include "report/changes_words.hpp"

#include <algorithm>

#include "explain/decision_record.hpp"
#include "report/changes.hpp"

namespace policysim::report {

std::string_view decision_words(std::string_view decision) noexcept {
  if (decision == "explicit_deny") return "explicit deny";
  if (decision == "implicit_deny") return "implicit deny";
  return decision;
}

std::string place_of(const gate::DecisionSide& side) {
  if (!side.location) return {};
  return explain::shown_file(*side.location) + ":" + std::to_string(side.location->line) + ":" +
         std::to_string(side.location->column);
}

std::vector<const gate::DecisionChange*> by_direction(const gate::ChangeReport& report) {
  std::vector<const gate::DecisionChange*> out;
  out.reserve(report.changes.size());
  for (const gate::DecisionChange& change : report.changes) out.push_back(&change);
  std::stable_sort(out.begin(), out.end(),
                   [](const auto* a, const auto* b) { return a->direction < b->direction; });
  return out;
}

std::string summary_of_changes(const gate::ChangeReport& report) {
  std::string out;
  if (report.changes.empty()) {
    out = "no decision changed";
  } else {
    out = std::to_string(report.changes.size()) +
          (report.changes.size() == 1 ? " change" : " changes");
  }
  out += " against `" + report.before + "` in " + std::to_string(report.compared) +
         (report.compared == 1 ? " test" : " tests");
  const char* separator = ": ";
  for (const gate::Direction direction : gate::kDirections) {
    const std::size_t count = report.count(direction);
    if (count == 0) continue;
    out += separator + std::to_string(count) + " " + std::string(to_string(direction));
    separator = ", ";
  }
  return out;
}

}  // namespace policysim::report
