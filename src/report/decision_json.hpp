// The decision object of docs/formats/decision-v1.schema.json.
#pragma once

#include "explain/decision_record.hpp"
#include "text/json_writer.hpp"

namespace policysim::report {

void write_decision_record(text::JsonWriter& json, const explain::DecisionRecord& record);

}  // namespace policysim::report
