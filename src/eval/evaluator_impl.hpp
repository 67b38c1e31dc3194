// The evaluator's memory, and its decision over both bounds. For eval/ and explain/.
#pragma once

#include <map>
#include <memory>
#include <utility>

#include "eval/binding.hpp"
#include "eval/layers.hpp"
#include "eval/scratch.hpp"
#include "policysim/evaluator.hpp"

namespace policysim {

namespace eval {

// An evaluator's memory. One per thread.
struct EvaluatorState {
  EvaluatorState(PolicySet set, const EvaluateOptions& given)
      : policies(std::move(set)), options(given), scratch(policies.program()) {}

  PolicySet policies;
  EvaluateOptions options;
  Scratch scratch;
  Binding binding;
  // explain(): the same policies under one other reading of one semantics option.
  std::map<std::pair<catalog::Option, std::uint8_t>, std::shared_ptr<const program::Program>>
      alternatives;
};

// Rulings of both bounds made one: equal outcomes are certain, and the run whose reasons are
// certain is the one reported; different ones are conditional (layer kNone).
Ruling merge(const Ruling& best, const Ruling& worst) noexcept;

// Both bounds of what matched.
Ruling rule(const Facts& facts, const Tally& tally, const catalog::Readings& readings) noexcept;

// The decision of both bounds alone.
Decision decide_bounds(const Binding& binding, Scratch& scratch) noexcept;

// The decision: of the bounds, or of all completions of the unknown keys where they agree.
Decision decide_bound_request(const Binding& binding, Scratch& scratch) noexcept;

}  // namespace eval

struct Evaluator::Impl : eval::EvaluatorState {
  using EvaluatorState::EvaluatorState;
};

}  // namespace policysim
