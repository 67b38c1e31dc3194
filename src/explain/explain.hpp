// A ruling and what was recorded on the way -> Explanation. Evaluator::explain stands here.
#pragma once

#include <vector>

#include "eval/binding.hpp"
#include "eval/layers.hpp"
#include "eval/recorder.hpp"
#include "eval/tally.hpp"
#include "policysim/explanation.hpp"
#include "policysim/policy_set.hpp"

namespace policysim::explain {

// One evaluation by the recording instantiation.
struct Trace {
  eval::Tally tally;
  eval::Ruling ruling;
  eval::Recorder recorder;
  const eval::Binding* binding = nullptr;
};

// Reasons in the order of the specification: layer, level from the root, policy order, statement.
std::vector<Reason> reasons_of(const PolicySet& policies, const Trace& trace);

// All layers as the decision object shows them.
std::array<LayerVerdict, 12> verdicts_of(const Trace& trace);

std::vector<Bypassed> bypassed_of(const eval::Ruling& ruling);

// Notes: RCPs that the service does not take, NotPrincipal lists that are partial.
std::vector<DecisionWarning> warnings_of(const Trace& trace);

// Keys that were read and are absent, as policies spell them, sorted, each once.
std::vector<std::string> absent_of(const Trace& trace);

}  // namespace policysim::explain
