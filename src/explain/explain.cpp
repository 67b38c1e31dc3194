// Evaluator::explain: the recording instantiation, unknown keys, assumptions.
#include "explain/explain.hpp"

#include <algorithm>

#include "compile/compiler.hpp"
#include "compile/sources.hpp"
#include "eval/evaluator_impl.hpp"
#include "eval/matching.hpp"
#include "eval/unknowns.hpp"
#include "policysim/evaluator.hpp"

namespace policysim {
namespace explain {
namespace {

using catalog::Option;
using program::Program;

Trace trace(const Program& program, const request::Data& request, eval::Binding& binding,
            eval::Scratch& scratch) {
  Trace out;
  out.binding = &binding;
  eval::bind(program, request, binding);
  scratch.next_request();
  out.recorder.keys_read.assign(program.keys.size(), 0);
  out.tally = eval::match_layers(binding, scratch, out.recorder);
  out.ruling = eval::rule(binding.facts, out.tally, program.readings);
  return out;
}

// A conditional ruling reports what denies in the worst case.
void worst_case(Trace& trace) {
  trace.ruling = eval::decide(trace.binding->facts, trace.tally, trace.binding->program->readings,
                              eval::Bound::kWorst);
}

void fill(const PolicySet& policies, const Trace& trace, Explanation& out) {
  out.reasons = reasons_of(policies, trace);
  out.layers = verdicts_of(trace);
  out.bypassed = bypassed_of(trace.ruling);
  out.warnings = warnings_of(trace);
  out.absent = absent_of(trace);
  out.role_trust = trace.binding->facts.rules.role_trust;
}

Decision decision_of(const eval::Ruling& ruling) {
  Decision out;
  out.outcome = ruling.outcome;
  out.layer = ruling.layer;
  out.statement = ruling.statement;
  return out;
}

// The decision under one other reading of one option, by a second instance of the engine.
Outcome outcome_under(eval::EvaluatorState& impl, Option option, std::uint8_t reading,
                      const request::Data& request) {
  auto& program = impl.alternatives[{option, reading}];
  if (program == nullptr) {
    catalog::Readings readings = impl.policies.program().readings;
    readings.set(option, reading);
    program = compile::compile(*impl.policies.sources(), readings);
  }
  eval::Scratch scratch(*program);
  eval::Binding binding;
  eval::bind(*program, request, binding);
  return eval::decide_bound_request(binding, scratch).outcome;
}

// Exactly the touched options whose other reading changes the outcome.
std::vector<std::string> assumptions_of(eval::EvaluatorState& impl, catalog::OptionSet touched,
                                        Outcome outcome, const request::Data& request) {
  std::vector<std::string> out;
  const auto rows = catalog::semantics_options();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto option = static_cast<Option>(i);
    if ((touched & catalog::bit(option)) == 0) continue;
    const std::uint8_t in_force = impl.policies.program().readings[option];
    bool matters = false;
    for (std::uint8_t reading = 0; reading < rows[i].readings.size() && !matters; ++reading) {
      if (reading == in_force || rows[i].readings[reading].empty()) continue;
      matters = outcome_under(impl, option, reading, request) != outcome;
    }
    if (matters) {
      out.push_back(std::string(rows[i].name) + '=' + std::string(rows[i].readings[in_force]));
    }
  }
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace
}  // namespace explain

Explanation Evaluator::explain(const Request& request) {
  const program::Program& program = impl_->policies.program();
  Explanation out;
  explain::Trace trace = explain::trace(program, request.data(), impl_->binding, impl_->scratch);
  if (impl_->binding.facts.unusable != program::kNone) {
    out.decision.flags = Decision::kUnusablePolicy;
    return out;
  }
  catalog::OptionSet touched =
      trace.recorder.touched | trace.ruling.touched | impl_->binding.facts.touched;
  eval::UnknownSplit split;
  if (trace.ruling.outcome == Outcome::kConditional) {
    split = eval::split_unknowns(program, request.data(), impl_->scratch);
    if (split.completion) {
      trace = explain::trace(program, *split.completion, impl_->binding, impl_->scratch);
      touched |= trace.recorder.touched | trace.ruling.touched;
    } else {
      out.missing = split.keys;
      out.completions = split.examples;
    }
  }
  out.decision = explain::decision_of(trace.ruling);
  out.assumptions = explain::assumptions_of(*impl_, touched, out.decision.outcome, request.data());
  const bool conditional = out.decision.outcome == Outcome::kConditional;
  if (conditional) explain::worst_case(trace);
  explain::fill(impl_->policies, trace, out);
  if (!split.minimal && conditional) {
    out.warnings.push_back({"PS3104", "too many unknown keys to find those that decide", {}});
  }
  const bool certain = impl_->options.certain || request.data().certain;
  if (certain && !conditional && !out.assumptions.empty()) {
    out.decision = {};
    out.decision.outcome = Outcome::kConditional;
    out.bypassed.clear();
  }
  return out;
}

}  // namespace policysim
