#include "gate/decider.hpp"

#include <algorithm>
#include <utility>

#include "base/ascii.hpp"
#include "compile/attach_world.hpp"
#include "compile/compiler.hpp"
#include "eval/binding.hpp"
#include "gate/failure_record.hpp"
#include "program/program.hpp"

namespace policysim::gate {
namespace {

DecisionWarning to_warning(const Diagnostic& finding, const text::SourceMap* sources) {
  DecisionWarning warning{finding.rule, finding.message, std::nullopt};
  if (finding.help.rfind("did you mean ", 0) == 0) warning.message += ": " + finding.help;
  if (sources != nullptr && finding.span.source < sources->size()) {
    warning.location = sources->locate(finding.span);
  }
  return warning;
}

// Does the input say what the key is, be it that it is absent?
bool stated(const request::Data& data, const std::string& key) {
  const bool entry = std::any_of(
      data.context.begin(), data.context.end(),
      [&key](const request::ContextEntry& e) { return base::equals_ignore_case(e.key, key); });
  return entry || std::any_of(data.complete_prefixes.begin(), data.complete_prefixes.end(),
                              [&key](const std::string& prefix) {
                                return base::starts_with_ignore_case(key, prefix);
                              });
}

}  // namespace

Request borrowed(const request::Data& data) {
  return Request(std::shared_ptr<const request::Data>(std::shared_ptr<void>(), &data));
}

Result<Decider> Decider::make(const std::shared_ptr<const World>& world, const Settings& settings,
                              const std::function<void(compile::Sources&)>& add) {
  auto sources = std::make_shared<compile::Sources>();
  sources->world = world;
  sources->options = compile_options(settings, world->data().defaults);
  ParseOptions parse;
  parse.lenient = settings.lenient;
  const Result<bool> attached = compile::attach_world(*world, *sources, parse);
  if (!attached) return attached.error();
  if (add) add(*sources);
  const Result<catalog::Readings> readings = compile::readings_of(sources->options);
  if (!readings) return readings.error();
  std::shared_ptr<const program::Program> program = compile::compile(*sources, *readings);
  return Decider(PolicySet(std::move(program), std::move(sources)), settings);
}

std::string Decider::unstated_key(const request::Data& data, const Explanation& explanation) {
  std::vector<std::string> absent = explanation.absent;
  if (data.missing_unknown) {
    // What is unknown because nobody states it is read as absent here.
    request::Data strict = data;
    strict.missing_unknown = false;
    absent = evaluator_.explain(Request(std::make_shared<const request::Data>(strict))).absent;
  }
  const auto found = std::find_if(absent.begin(), absent.end(),
                                  [&data](const std::string& key) { return !stated(data, key); });
  return found == absent.end() ? std::string() : *found;
}

Decision Decider::decide_plainly(const request::Data& data) {
  return evaluator_.evaluate(borrowed(data));
}

explain::DecisionRecord Decider::decide_one(const std::string& id, const request::Data& data) {
  const Request request = borrowed(data);
  const Explanation explanation = evaluator_.explain(request);
  if ((explanation.decision.flags & Decision::kUnusablePolicy) != 0) {
    const std::uint32_t failure = policies_.bind(request).binding().facts.unusable;
    return policy_failure_record(id, policies_, failure, settings_->lenient);
  }
  if (settings_->require_keys) {
    const std::string key = unstated_key(data, explanation);
    if (!key.empty()) {
      return explain::make_error(
          id,
          {"PS3021", "a policy reads `" + key + "`, which the input neither sets nor nulls", {}});
    }
  }
  explain::RecordOptions options;
  options.message_style = settings_->message_style;
  options.for_people = settings_->for_people;
  return explain::make_record(id, data, explanation, policies_, options);
}

explain::DecisionRecord Decider::decide(const std::string& id, const operations::Built& built,
                                        const text::SourceMap* sources) {
  std::vector<explain::DecisionRecord> parts;
  for (const request::Data& data : built.requests) {
    parts.push_back(decide_one(id, data));
    if (!built.operation.empty()) parts.back().operation = built.operation;
  }
  explain::DecisionRecord record = explain::aggregate(id, std::move(parts));
  if (record.error) return record;
  std::vector<DecisionWarning> warnings;
  for (const Diagnostic& finding : built.warnings) warnings.push_back(to_warning(finding, sources));
  record.warnings.insert(record.warnings.begin(), warnings.begin(), warnings.end());
  return record;
}

}  // namespace policysim::gate
