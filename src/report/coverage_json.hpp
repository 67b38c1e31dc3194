// Coverage as a member of a run's JSON (docs/formats/test-run-v1.schema.json).
#pragma once

#include "gate/coverage_report.hpp"
#include "text/json_writer.hpp"

namespace policysim::report {

// One value: the ratios of the run, then every policy with its statements and their items.
void write_coverage(text::JsonWriter& json, const gate::CoverageReport& coverage);

}  // namespace policysim::report
