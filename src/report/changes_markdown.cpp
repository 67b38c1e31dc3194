// Changes as a table for a pull request.
#include "report/changes.hpp"
#include "report/changes_words.hpp"
#include "text/source.hpp"

namespace policysim::report {
namespace {

using gate::DecisionChange;
using gate::DecisionSide;

// Whatever Markdown or HTML could make something of becomes a character reference.
std::string escaped(std::string_view words) {
  std::string out;
  for (const char c : text::escape_terminal(words)) {
    constexpr std::string_view kSpecial = "&<>|`*_[]()#@\\~!\"':";
    if (kSpecial.find(c) == std::string_view::npos) {
      out += c;
    } else {
      out += "&#" + std::to_string(static_cast<int>(c)) + ";";
    }
  }
  return out;
}

std::string code(std::string_view words) { return "<code>" + escaped(words) + "</code>"; }

std::string cell(const std::optional<DecisionSide>& side) {
  if (!side) return "";
  if (side->is_error()) return "error " + escaped(side->error);
  std::string out = "**" + std::string(decision_words(side->decision)) + "**";
  if (!side->layer.empty()) out += " by " + escaped(side->layer);
  if (!side->policy.empty()) out += " " + code(side->policy);
  if (!side->sid.empty()) out += " " + code(side->sid);
  const std::string place = place_of(*side);
  if (!place.empty()) out += "<br>" + escaped(place);
  return out;
}

std::string row(const DecisionChange& change) {
  std::string out = "| " + std::string(to_string(change.direction)) + " " + code(change.id);
  if (!change.note.empty()) out += "<br>" + escaped(change.note);
  return out + " | " + cell(change.before) + " | " + cell(change.after) + " |\n";
}

}  // namespace

std::string render_changes_markdown(const gate::ChangeReport& report, std::size_t most_bytes) {
  constexpr std::size_t kRoomForEnd = 100;
  std::string out = escaped(summary_of_changes(report)) + "\n";
  for (const std::string& note : report.notes) {
    if (out.size() + note.size() * 6 > most_bytes / 2) break;
    out += "\n" + escaped(note) + "\n";
  }
  if (report.changes.empty()) return out;
  out += "\n| test | before: " + escaped(report.before) + " | after |\n| --- | --- | --- |\n";
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
