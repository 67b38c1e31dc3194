// Coverage and mutation as members of a run's JSON.
#pragma once

#include "gate/coverage_report.hpp"
#include "gate/mutation_report.hpp"
#include "text/json_writer.hpp"

namespace policysim::report {

void write_coverage(text::JsonWriter& json, const gate::CoverageReport& coverage);
void write_mutation(text::JsonWriter& json, const gate::MutationReport& mutation);

}  // namespace policysim::report
