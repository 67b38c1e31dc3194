// Changes for programs.
#include "report/changes.hpp"
#include "report/json_members.hpp"

namespace policysim::report {
namespace {

using gate::DecisionSide;
using text::JsonWriter;

void write_side(JsonWriter& json, const std::optional<DecisionSide>& side) {
  if (!side) {
    json.null();
    return;
  }
  json.begin_object();
  write_or_null(json, "decision", side->is_error() ? std::string() : side->decision);
  write_or_null(json, "layer", side->layer);
  write_or_null(json, "policy", side->policy);
  write_or_null(json, "sid", side->sid);
  write_or_null(json, "error", side->error);
  write_location(json, side->location);
  json.end_object();
}

}  // namespace

void write_changes(JsonWriter& json, const gate::ChangeReport& report) {
  json.begin_object();
  json.key("before").value(report.before);
  json.key("compared").value(std::uint64_t{report.compared});
  json.key("counts").begin_object();
  for (const gate::Direction direction : gate::kDirections) {
    json.key(to_string(direction)).value(std::uint64_t{report.count(direction)});
  }
  json.end_object();
  json.key("changes").begin_array();
  for (const gate::DecisionChange& change : report.changes) {
    json.begin_object();
    json.key("id").value(change.id);
    json.key("direction").value(to_string(change.direction));
    json.key("before");
    write_side(json, change.before);
    json.key("after");
    write_side(json, change.after);
    write_or_null(json, "note", change.note);
    json.end_object();
  }
  json.end_array();
  write_list(json, "notes", report.notes, [&json](const std::string& note) { json.value(note); });
  json.end_object();
}

}  // namespace policysim::report
