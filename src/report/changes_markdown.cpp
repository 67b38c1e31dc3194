// Changes as a table for a pull request.
#include "report/changes.hpp"
#include "report/changes_words.hpp"
#include "report/escape.hpp"

namespace policysim::report {
namespace {

using gate::DecisionChange;
using gate::DecisionSide;

std::string code(std::string_view words) { return "<code>" + escape_markdown(words) + "</code>"; }

std::string cell(const std::optional<DecisionSide>& side) {
  if (!side) return "";
  if (side->is_error()) return "error " + escape_markdown(side->error);
  std::string out = "**" + std::string(decision_words(side->decision)) + "**";
  if (!side->layer.empty()) out += " by " + escape_markdown(side->layer);
  if (!side->policy.empty()) out += " " + code(side->policy);
  if (!side->sid.empty()) out += " " + code(side->sid);
  const std::string place = place_of(*side);
  if (!place.empty()) out += "<br>" + escape_markdown(place);
  return out;
}

std::string row(const DecisionChange& change) {
  std::string out = "| " + std::string(to_string(change.direction)) + " " + code(change.id);
  if (!change.note.empty()) out += "<br>" + escape_markdown(change.note);
  return out + " | " + cell(change.before) + " | " + cell(change.after) + " |\n";
}

}  // namespace

std::string render_changes_markdown(const gate::ChangeReport& report, std::size_t most_bytes) {
  constexpr std::size_t kRoomForEnd = 100;
  std::string out = mark_code(summary_of_changes(report), escape_markdown) + "\n";
  for (const std::string& note : report.notes) {
    if (out.size() + note.size() * 6 > most_bytes / 2) break;
    out += "\n" + mark_code(note, escape_markdown) + "\n";
  }
  if (report.changes.empty()) return out;
  out +=
      "\n| test | before: " + escape_markdown(report.before) + " | after |\n| --- | --- | --- |\n";
  std::size_t left = report.changes.size();
  for (const DecisionChange* change : by_direction(report)) {
    const std::string next = row(*change);
    if (out.size() + next.size() + kRoomForEnd > most_bytes) break;
    out += next;
    --left;
  }
  if (left > 0) {
    out += "\n" + std::to_string(left) + (left == 1 ? " change is" : " changes are") +
           " left out for its size\n";
  }
  return out;
}

}  // namespace policysim::report
