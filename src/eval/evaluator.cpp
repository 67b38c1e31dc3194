#include "policysim/evaluator.hpp"

#include <utility>

#include "eval/evaluator_impl.hpp"
#include "eval/machine.hpp"
#include "eval/matching.hpp"
#include "eval/unknowns.hpp"

namespace policysim {
namespace eval {

Ruling merge(const Ruling& best, const Ruling& worst) noexcept {
  if (best.outcome != worst.outcome) {
    Ruling conditional;
    conditional.outcome = Outcome::kConditional;
    conditional.touched = best.touched | worst.touched;
    return conditional;
  }
  Ruling certain = best.outcome == Outcome::kAllow ? worst : best;
  certain.touched = best.touched | worst.touched;
  return certain;
}

Ruling rule(const Facts& facts, const Tally& tally, const catalog::Readings& readings) noexcept {
  const Ruling best = decide(facts, tally, readings, Bound::kBest);
  if (!tally.unknown && !facts.has_unknown()) return best;
  return merge(best, decide(facts, tally, readings, Bound::kWorst));
}

Decision decide_bounds(const Binding& binding, Scratch& scratch) noexcept {
  Decision out;
  if (binding.facts.unusable != program::kNone) {
    out.flags = Decision::kUnusablePolicy;
    return out;
  }
  scratch.next_request();
  NoRecorder recorder;
  const Tally tally = match_layers(binding, scratch, recorder);
  const Ruling ruling = rule(binding.facts, tally, binding.program->readings);
  out.outcome = ruling.outcome;
  out.layer = ruling.layer;
  out.statement = ruling.statement;
  return out;
}

Decision decide_bound_request(const Binding& binding, Scratch& scratch) noexcept {
  const Decision decision = decide_bounds(binding, scratch);
  if (decision.outcome != Outcome::kConditional) return decision;
  const UnknownSplit split = split_unknowns(*binding.program, *binding.request, scratch);
  if (!split.completion) return decision;
  Binding completed;
  bind(*binding.program, *split.completion, completed);
  return decide_bounds(completed, scratch);
}

}  // namespace eval

Evaluator::Evaluator(PolicySet policies, const EvaluateOptions& options)
    : impl_(std::make_unique<Impl>(std::move(policies), options)) {}
Evaluator::Evaluator(Evaluator&&) noexcept = default;
Evaluator& Evaluator::operator=(Evaluator&&) noexcept = default;
Evaluator::~Evaluator() = default;

Decision Evaluator::evaluate(const BoundRequest& request) noexcept {
  return eval::decide_bound_request(request.binding(), impl_->scratch);
}

Decision Evaluator::evaluate(const Request& request) noexcept {
  eval::bind(impl_->policies.program(), request.data(), impl_->binding);
  return eval::decide_bound_request(impl_->binding, impl_->scratch);
}

Match Evaluator::match(StatementId statement, const Request& request) noexcept {
  if (statement.value >= impl_->policies.program().statements.size()) return Match::kNo;
  eval::Binding& binding = impl_->binding;
  eval::bind(impl_->policies.program(), request.data(), binding);
  if (!eval::action_matches(impl_->policies.program(), statement.value, binding.patterns)) {
    return Match::kNo;
  }
  impl_->scratch.next_request();
  eval::NoRecorder recorder;
  eval::Machine<eval::NoRecorder> machine(binding, impl_->scratch, recorder);
  return static_cast<Match>(machine.match(statement.value).match);
}

void Evaluator::evaluate_batch(std::span<const BoundRequest> requests,
                               std::span<Decision> out) noexcept {
  for (std::size_t i = 0; i < requests.size(); ++i) out[i] = evaluate(requests[i]);
}

BoundRequest PolicySet::bind(const Request& request) const {
  auto binding = std::make_shared<eval::Binding>();
  binding->keep = request.shared_data();
  eval::bind(program(), request.data(), *binding);
  return BoundRequest(std::move(binding));
}

std::optional<Error> PolicySet::unusable_for(const Request& request) const {
  eval::Binding binding;
  eval::bind(program(), request.data(), binding);
  if (binding.facts.unusable == program::kNone) return std::nullopt;
  const program::Failure& failure = program().failures[binding.facts.unusable];
  return Error{failure.code, failure.message, {}};
}

}  // namespace policysim
