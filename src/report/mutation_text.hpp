// Mutation for people.
#pragma once

#include <string>

#include "gate/mutation_report.hpp"
#include "report/test_format.hpp"

namespace policysim::report {

// Every survivor with its place, its change and the case that would kill it, then the score; with
// verbosity the equivalent ones and their proofs, too.
std::string render_mutation_text(const gate::MutationReport& report,
                                 const TestRenderOptions& options);

}  // namespace policysim::report
