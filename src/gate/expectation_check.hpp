// Does a decision meet what its case expects?
#pragma once

#include <string>
#include <vector>

#include "explain/decision_record.hpp"
#include "gate/plain_decision.hpp"
#include "world/expectation.hpp"

namespace policysim::gate {

// One way in which a decision differs. `what` is the member of the expectation: "decision", "by" …
struct Mismatch {
  std::string what, expected, actual;
};

// Nothing: the record meets the expectation. A decision that differs from the expected one is the
// only mismatch, since the evidence of another decision says nothing.
std::vector<Mismatch> check_expectation(const world::Expectation& expected,
                                        const explain::DecisionRecord& actual);

// Is it certain, without the evidence, that the decision meets the expectation?
bool meets_plainly(const world::Expectation& expected, const PlainDecision& actual);

}  // namespace policysim::gate
