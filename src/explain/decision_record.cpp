#include "explain/decision_record.hpp"

#include <algorithm>
#include <utility>

#include "compile/sources.hpp"
#include "policy/ast.hpp"
#include "program/program.hpp"
#include "text/reader.hpp"
#include "text/source.hpp"
#include "world/data.hpp"

namespace policysim::explain {

const std::array<Layer, 11> kLayers = {Layer::kRcp,      Layer::kScp,      Layer::kVpce,
                                       Layer::kResource, Layer::kIdentity, Layer::kBoundary,
                                       Layer::kSession,  Layer::kGrant,    Layer::kAcl,
                                       Layer::kBpa,      Layer::kService};

namespace {

constexpr std::uint32_t kExcerptLines = 12;

std::optional<std::string> some(std::string text) {
  if (text.empty()) return std::nullopt;
  return text;
}

bool is_deny(Outcome outcome) noexcept {
  return outcome == Outcome::kExplicitDeny || outcome == Outcome::kImplicitDeny;
}

// The reason whose statement the decision names: a deny's first; an allow's first of its layer.
const Reason* deciding_reason(const Explanation& explanation) {
  const Outcome outcome = explanation.decision.outcome;
  if (outcome == Outcome::kConditional || explanation.reasons.empty()) return nullptr;
  if (is_deny(outcome)) return &explanation.reasons.front();
  const Layer layer = explanation.decision.layer;
  const auto found = std::find_if(explanation.reasons.begin(), explanation.reasons.end(),
                                  [layer](const Reason& reason) { return reason.layer == layer; });
  return found == explanation.reasons.end() ? nullptr : &*found;
}

// Where the statement's document stands among the sources; null for built-in policies.
const compile::Attached* attachment(const PolicySet& policies, StatementId statement) {
  const program::Program& program = policies.program();
  if (!statement.valid() || statement.value >= program.document_of.size()) return nullptr;
  const program::DocumentRow& row = program.documents[program.document_of[statement.value]];
  if (row.built_in) return nullptr;
  return &policies.sources()->attached[row.attached];
}

std::optional<Excerpt> make_excerpt(const PolicySet& policies, const Reason& reason) {
  const compile::Attached* attached = attachment(policies, reason.statement);
  if (attached == nullptr || !attached->document || !reason.index) return std::nullopt;
  const std::vector<policy::Statement>& statements = attached->document->ast().statements;
  if (*reason.index >= statements.size()) return std::nullopt;
  const SourceSpan span = statements[*reason.index].span;
  const text::Source& source = (*attached->document->sources())[span.source];
  Excerpt excerpt;
  excerpt.location = source.locate(span.begin);
  const std::uint32_t last = source.locate(span.end > span.begin ? span.end - 1 : span.end).line;
  const std::uint32_t end = std::min(last, excerpt.location.line + kExcerptLines - 1);
  for (std::uint32_t line = excerpt.location.line; line <= end; ++line) {
    excerpt.lines.emplace_back(source.line(line));
  }
  excerpt.omitted = last - end;
  return excerpt;
}

std::string policy_arn(const PolicySet& policies, const Reason& reason) {
  const std::shared_ptr<const World>& world = policies.sources()->world;
  if (world == nullptr) return {};
  const world::Policy* policy = world->data().policy(reason.policy);
  return policy == nullptr ? std::string() : policy->arn;
}

bool operator_equal(const DecisionWarning& a, const DecisionWarning& b) {
  return a.rule == b.rule && a.message == b.message && a.location == b.location;
}

void join(DecisionRecord& outer, const std::vector<DecisionRecord>& parts) {
  outer.absent.clear();
  outer.warnings.clear();
  for (const DecisionRecord& part : parts) {
    outer.absent.insert(outer.absent.end(), part.absent.begin(), part.absent.end());
    for (const DecisionWarning& warning : part.warnings) {
      const bool known = std::any_of(
          outer.warnings.begin(), outer.warnings.end(),
          [&warning](const DecisionWarning& other) { return operator_equal(warning, other); });
      if (!known) outer.warnings.push_back(warning);
    }
  }
  std::sort(outer.absent.begin(), outer.absent.end());
  outer.absent.erase(std::unique(outer.absent.begin(), outer.absent.end()), outer.absent.end());
}

}  // namespace

int strictness(Outcome outcome) noexcept {
  switch (outcome) {
    case Outcome::kExplicitDeny:
      return 3;
    case Outcome::kImplicitDeny:
      return 2;
    case Outcome::kConditional:
      return 1;
    case Outcome::kAllow:
      return 0;
  }
  return 3;
}

std::string_view to_string(Outcome outcome) noexcept {
  switch (outcome) {
    case Outcome::kAllow:
      return "allow";
    case Outcome::kExplicitDeny:
      return "explicit_deny";
    case Outcome::kImplicitDeny:
      return "implicit_deny";
    case Outcome::kConditional:
      return "conditional";
  }
  return "";
}

std::string_view to_string(Layer layer) noexcept {
  constexpr std::array<std::string_view, 12> kNames = {
      "",         "rcp",     "scp",   "vpce", "resource", "identity",
      "boundary", "session", "grant", "acl",  "bpa",      "service"};
  return kNames[static_cast<std::size_t>(layer)];
}

std::string_view to_string(LayerVerdict verdict) noexcept {
  switch (verdict) {
    case LayerVerdict::kNotApplicable:
      return "not_applicable";
    case LayerVerdict::kAllow:
      return "allow";
    case LayerVerdict::kImplicitDeny:
      return "implicit_deny";
    case LayerVerdict::kExplicitDeny:
      return "explicit_deny";
    case LayerVerdict::kConditional:
      return "conditional";
  }
  return "";
}

std::string shown_file(const Location& location) {
  const std::string& file = location.file;
  const bool plain = file.rfind('/', 0) != 0 && file.rfind("./", 0) != 0 &&
                     file.find("/.") == std::string::npos && file.find("//") == std::string::npos;
  return plain ? file : text::relative_path(file);
}

DecisionRecord make_record(std::string id, const request::Data& request,
                           const Explanation& explanation, const PolicySet& policies,
                           const RecordOptions& options) {
  DecisionRecord record;
  record.id = std::move(id);
  record.outcome = explanation.decision.outcome;
  record.principal = some(request.caller.arn);
  record.action = some(request.action);
  record.resource = some(request.resource);
  record.reasons = explanation.reasons;
  record.layers = explanation.layers;
  record.bypassed = explanation.bypassed;
  record.missing = explanation.missing;
  if (options.for_people) record.completions = explanation.completions;
  record.absent = explanation.absent;
  record.assumptions = explanation.assumptions;
  record.warnings = explanation.warnings;
  if (options.for_people) record.context = request.context;
  if (record.outcome == Outcome::kConditional) return record;

  record.layer = explanation.decision.layer;
  const Reason* reason = deciding_reason(explanation);
  if (reason != nullptr && record.outcome != Outcome::kImplicitDeny) {
    record.policy = some(reason->policy);
    record.sid = reason->sid;
    record.statement = reason->index;
    record.location = reason->location;
    if (options.for_people) record.excerpt = make_excerpt(policies, *reason);
  }
  if (is_deny(record.outcome)) {
    if (reason != nullptr) record.layer = reason->layer;
    record.message =
        render_aws_message(request, explanation, options.message_style,
                           reason == nullptr || options.message_style != MessageStyle::kArn
                               ? std::string()
                               : policy_arn(policies, *reason));
  }
  return record;
}

DecisionRecord make_error(std::string id, const Error& error, std::optional<Location> location) {
  DecisionRecord record;
  record.id = std::move(id);
  record.error = RecordError{error.code, error.message, std::move(location), {}};
  return record;
}

DecisionRecord aggregate(std::string id, std::vector<DecisionRecord> parts) {
  DecisionRecord outer;
  if (!parts.empty()) {
    const auto error = std::find_if(parts.begin(), parts.end(), [](const DecisionRecord& part) {
      return part.error.has_value();
    });
    const auto speaker =
        error != parts.end()
            ? error
            : std::max_element(parts.begin(), parts.end(),
                               [](const DecisionRecord& a, const DecisionRecord& b) {
                                 return strictness(a.outcome) < strictness(b.outcome);
                               });
    outer = *speaker;
  }
  outer.id = std::move(id);
  if (outer.error || parts.size() < 2) return outer;
  join(outer, parts);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    parts[i].id = outer.id + "#" + std::to_string(i);
    outer.requests.push_back(std::move(parts[i]));
  }
  return outer;
}

}  // namespace policysim::explain
