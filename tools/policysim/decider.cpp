#include "decider.hpp"

#include <algorithm>
#include <cstdio>
#include <set>
#include <utility>

#include "base/ascii.hpp"
#include "compile/attach_world.hpp"
#include "compile/compiler.hpp"
#include "eval/binding.hpp"
#include "log.hpp"
#include "policy_failure.hpp"
#include "program/program.hpp"
#include "usage.hpp"

namespace policysim::cli {
namespace {

std::optional<Location> first_location(const std::vector<Diagnostic>& findings,
                                       const text::SourceMap* sources) {
  if (sources == nullptr) return std::nullopt;
  for (const Diagnostic& finding : findings) {
    if (finding.severity == Severity::kError && finding.span.source < sources->size()) {
      return sources->locate(finding.span);
    }
  }
  return std::nullopt;
}

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

report::DecisionRecord failure_record(std::string id, const Error& error,
                                      const text::SourceMap* sources) {
  report::DecisionRecord record =
      report::make_error(std::move(id), error, first_location(error.diagnostics, sources));
  if (sources != nullptr) {
    for (const Diagnostic& finding : error.diagnostics) {
      record.error->findings += render_finding(finding, *sources);
    }
  }
  return record;
}

std::string render_finding(const Diagnostic& finding, const text::SourceMap& sources) {
  std::string out = text::render(finding, sources);
  const bool empty =
      finding.span.source < sources.size() && sources[finding.span.source].text().empty();
  return empty ? out.substr(0, out.find('\n') + 1) : out;
}

void print_findings(const std::vector<Diagnostic>& findings, const text::SourceMap& sources,
                    const Settings& settings) {
  for (const Diagnostic& finding : findings) {
    if (settings.quiet && finding.severity != Severity::kError) continue;
    const std::string text = render_finding(finding, sources);
    std::fwrite(text.data(), 1, text.size(), stderr);
  }
}

void print_failure(const world::FixtureFailure& failure, const Settings& settings) {
  if (failure.sources != nullptr && !failure.error.diagnostics.empty()) {
    print_findings(failure.error.diagnostics, *failure.sources, settings);
  } else {
    print_error(failure.error);
  }
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
  Decider decider(PolicySet(std::move(program), std::move(sources)), settings);
  log(LogLevel::kDebug,
      "compiled " + std::to_string(decider.policies_.statement_count()) + " statements");
  return decider;
}

void Decider::print_policy_warnings() const {
  if (!settings_->verbose && !settings_->lenient) return;
  std::set<const policy::Document*> seen;
  for (const compile::Attached& attached : policies_.sources()->attached) {
    if (!attached.document || attached.built_in) continue;
    if (!seen.insert(&attached.document->ast()).second) continue;
    const auto findings = attached.document->diagnostics();
    print_findings({findings.begin(), findings.end()}, *attached.document->sources(), *settings_);
  }
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

report::DecisionRecord Decider::decide_one(const std::string& id, const request::Data& data) {
  const Request request(std::make_shared<const request::Data>(data));
  const Explanation explanation = evaluator_.explain(request);
  if ((explanation.decision.flags & Decision::kUnusablePolicy) != 0) {
    const std::uint32_t failure = policies_.bind(request).binding().facts.unusable;
    return policy_failure_record(id, policies_, failure, settings_->lenient);
  }
  if (settings_->require_keys) {
    const std::string key = unstated_key(data, explanation);
    if (!key.empty()) {
      return report::make_error(
          id,
          {"PS3021", "a policy reads `" + key + "`, which the input neither sets nor nulls", {}});
    }
  }
  report::RecordOptions options;
  options.message_style = settings_->message_style;
  options.for_people = settings_->for_people;
  return report::make_record(id, data, explanation, policies_, options);
}

report::DecisionRecord Decider::decide(const std::string& id, const operations::Built& built,
                                       const text::SourceMap* sources) {
  std::vector<report::DecisionRecord> parts;
  for (const request::Data& data : built.requests) {
    parts.push_back(decide_one(id, data));
    if (!built.operation.empty()) parts.back().operation = built.operation;
  }
  report::DecisionRecord record = report::aggregate(id, std::move(parts));
  if (record.error) return record;
  std::vector<DecisionWarning> warnings;
  for (const Diagnostic& finding : built.warnings) warnings.push_back(to_warning(finding, sources));
  record.warnings.insert(record.warnings.begin(), warnings.begin(), warnings.end());
  return record;
}

}  // namespace policysim::cli
