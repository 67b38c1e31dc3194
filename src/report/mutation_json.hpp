// Mutation as JSON.
#pragma once

#include "gate/mutation_report.hpp"
#include "text/json_writer.hpp"

namespace policysim::report {

// One object: seed, generated, budget_ended, score {hit, total}, and every mutant with its fate.
void write_mutation(text::JsonWriter& json, const gate::MutationReport& report);

}  // namespace policysim::report
