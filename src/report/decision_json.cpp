// JSON and NDJSON: members and their order are those of docs/formats/decision-v1.schema.json.
#include "report/decision_json.hpp"

#include "report/decision_format.hpp"
#include "report/json_members.hpp"
#include "text/json_writer.hpp"

namespace policysim::report {
namespace {

using explain::kLayers;
using explain::shown_file;
using explain::to_string;
using text::JsonWriter;

void write_reason(JsonWriter& json, const Reason& reason) {
  json.begin_object();
  write_member(json, "layer", to_string(reason.layer));
  write_or_null(json, "policy", reason.policy);
  write_member(json, "sid", reason.sid);
  write_member(json, "statement", reason.index);
  write_or_null(json, "effect", !reason.deny ? "" : *reason.deny ? "Deny" : "Allow");
  write_or_null(json, "level", reason.level);
  write_location(json, reason.location);
  write_or_null(json, "because", reason.because);
  json.end_object();
}

void write_warning(JsonWriter& json, const DecisionWarning& warning) {
  json.begin_object();
  write_member(json, "rule", warning.rule);
  write_member(json, "message", warning.message);
  write_location(json, warning.location);
  json.end_object();
}

void write_layers(JsonWriter& json, const DecisionRecord& record) {
  json.key("layers").begin_object();
  for (const Layer layer : kLayers) {
    write_member(json, to_string(layer), to_string(record.layers[static_cast<std::size_t>(layer)]));
  }
  json.end_object();
}

void write_error(JsonWriter& json, const DecisionRecord& record) {
  json.key("error").begin_object();
  write_member(json, "code", record.error->code);
  write_member(json, "message", record.error->message);
  write_location(json, record.error->location);
  json.end_object();
}

void write_decision(JsonWriter& json, const DecisionRecord& record) {
  write_member(json, "decision", to_string(record.outcome));
  write_member(json, "principal", record.principal);
  write_member(json, "action", record.action);
  write_member(json, "resource", record.resource);
  write_member(json, "operation", record.operation);
  write_or_null(json, "layer", to_string(record.layer));
  write_member(json, "policy", record.policy);
  write_member(json, "sid", record.sid);
  write_member(json, "statement", record.statement);
  write_location(json, record.location);
  write_member(json, "message", record.message);
  write_list(json, "reasons", record.reasons, [&json](const Reason& r) { write_reason(json, r); });
  write_layers(json, record);
  write_list(json, "bypassed", record.bypassed, [&json](const Bypassed& bypassed) {
    json.begin_object();
    write_member(json, "layer", to_string(bypassed.layer));
    write_member(json, "because", bypassed.because);
    json.end_object();
  });
  const auto text = [&json](const std::string& item) { json.value(item); };
  write_list(json, "missing", record.missing, text);
  write_list(json, "absent", record.absent, text);
  write_list(json, "assumptions", record.assumptions, text);
  write_list(json, "warnings", record.warnings,
             [&json](const DecisionWarning& warning) { write_warning(json, warning); });
}

// `inner`: an element of `requests`, which has no `requests` of its own.
void write_record(JsonWriter& json, const DecisionRecord& record, bool inner) {
  json.begin_object();
  write_member(json, "id", record.id);
  if (record.error) {
    write_error(json, record);
  } else {
    write_decision(json, record);
    if (!inner) {
      write_list(json, "requests", record.requests,
                 [&json](const DecisionRecord& part) { write_record(json, part, true); });
    }
  }
  json.end_object();
}

class NdjsonWriter final : public DecisionWriter {
 public:
  void write(const DecisionRecord& record, std::string& out) override {
    JsonWriter json(out);
    write_record(json, record, false);
    out += '\n';
  }
  void finish(std::string&) override {}
};

// One writer for the whole array: it keeps the commas and the indentation.
class ArrayWriter final : public DecisionWriter {
 public:
  void write(const DecisionRecord& record, std::string& out) override {
    open();
    write_record(json_, record, false);
    hand_on(out);
  }
  void finish(std::string& out) override {
    open();
    json_.end_array();
    hand_on(out);
    out += '\n';
  }

 private:
  void open() {
    if (!opened_) json_.begin_array();
    opened_ = true;
  }
  void hand_on(std::string& out) {
    out += pending_;
    pending_.clear();
  }

  std::string pending_;
  JsonWriter json_{pending_, text::JsonStyle::kPretty};
  bool opened_ = false;
};

}  // namespace

void write_location(JsonWriter& json, const std::optional<Location>& location) {
  json.key("location");
  if (!location) {
    json.null();
    return;
  }
  json.begin_object();
  write_member(json, "file", shown_file(*location));
  json.key("line").value(location->line);
  json.key("column").value(location->column);
  json.end_object();
}

void write_decision_record(JsonWriter& json, const DecisionRecord& record) {
  write_record(json, record, false);
}

std::unique_ptr<DecisionWriter> make_decision_json(const RenderOptions&) {
  return std::make_unique<ArrayWriter>();
}

std::unique_ptr<DecisionWriter> make_decision_ndjson(const RenderOptions&) {
  return std::make_unique<NdjsonWriter>();
}

}  // namespace policysim::report
