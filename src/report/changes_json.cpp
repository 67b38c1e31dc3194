// Changes for programs.
#include "explain/decision_record.hpp"
#include "report/changes.hpp"

namespace policysim::report {
namespace {

using gate::DecisionSide;
using text::JsonWriter;

void write_text(JsonWriter& json, std::string_view key, const std::string& text) {
  json.key(key);
  if (text.empty()) {
    json.null();
  } else {
    json.value(text);
  }
}

void write_side(JsonWriter& json, const std::optional<DecisionSide>& side) {
  if (!side) {
    json.null();
    return;
  }
  json.begin_object();
  write_text(json, "decision", side->is_error() ? std::string() : side->decision);
  write_text(json, "layer", side->layer);
  write_text(json, "policy", side->policy);
  write_text(json, "sid", side->sid);
  write_text(json, "error", side->error);
  json.key("location");
  if (side->location) {
    json.begin_object().key("file").value(explain::shown_file(*side->location));
    json.key("line").value(side->location->line);
    json.key("column").value(side->location->column).end_object();
  } else {
    json.null();
  }
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
    write_text(json, "note", change.note);
    json.end_object();
  }
  json.end_array();
  json.key("notes").begin_array();
  for (const std::string& note : report.notes) json.value(note);
  json.end_array();
  json.end_object();
}

}  // namespace policysim::report
