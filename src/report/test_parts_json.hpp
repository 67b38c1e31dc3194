// Coverage as a member of a run's JSON.
#pragma once

#include "gate/coverage_report.hpp"
#include "text/json_writer.hpp"

namespace policysim::report {

void write_coverage(text::JsonWriter& json, const gate::CoverageReport& coverage);

}  // namespace policysim::report
