#include "gate/statement_trace.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.hpp"
#include "gate/probes.hpp"
#include "policy/variables.hpp"

namespace policysim::gate {
namespace {

using program::Tri;
using request::ContextEntry;
using request::ValueState;
using world::ReasonMatch;

constexpr std::array<std::pair<PolicyType, std::string_view>, 9> kLayers = {
    {{PolicyType::kIdentity, "identity"},
     {PolicyType::kResource, "resource"},
     {PolicyType::kKey, "resource"},
     {PolicyType::kTrust, "resource"},
     {PolicyType::kBoundary, "boundary"},
     {PolicyType::kSession, "session"},
     {PolicyType::kScp, "scp"},
     {PolicyType::kRcp, "rcp"},
     {PolicyType::kEndpoint, "vpce"}}};

std::string_view layer_of(PolicyType type) {
  const auto row = std::find_if(kLayers.begin(), kLayers.end(),
                                [type](const auto& known) { return known.first == type; });
  return row == kLayers.end() ? std::string_view{} : row->second;
}

bool names(const ReasonMatch& by, const Attachment& where, const policy::Statement& statement,
           std::size_t index) {
  if (by.layer && *by.layer != layer_of(where.as)) return false;
  if (by.policy && *by.policy != where.name) return false;
  if (!by.sid) return true;
  return *by.sid == "#" + std::to_string(index) ||
         (statement.sid && statement.sid->value == *by.sid);
}

// The entry of a key; of two that differ by case the one spelled so.
const ContextEntry* find_entry(const request::Data& request, std::string_view key) {
  const ContextEntry* found = nullptr;
  for (const ContextEntry& entry : request.context) {
    if (!base::equals_ignore_case(entry.key, key)) continue;
    if (found == nullptr || entry.key == key) found = &entry;
  }
  return found;
}

std::string joined(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) out += (out.empty() ? "" : ", ") + text;
  return out;
}

std::string actual_value(const request::Data& request, std::string_view key) {
  const ContextEntry* entry = find_entry(request, key);
  if (entry == nullptr || entry->state == ValueState::kAbsent) return {};
  if (entry->state == ValueState::kUnknown) return "unknown";
  return entry->state == ValueState::kList ? "[" + joined(entry->values) + "]"
                                           : joined(entry->values);
}

// What the text comes to for this request; `known` is false where a variable has no value.
std::string substituted(const std::vector<policy::Piece>& pieces, const request::Data& request,
                        bool& known) {
  std::string out;
  for (const policy::Piece& piece : pieces) {
    if (piece.kind != policy::Piece::Kind::kVariable) {
      out += piece.text;
      continue;
    }
    const ContextEntry* entry = find_entry(request, piece.text);
    const bool has_value =
        entry != nullptr && entry->state == ValueState::kScalar && !entry->values.front().empty();
    if (has_value) {
      out += entry->values.front();
    } else if (piece.default_text) {
      out += *piece.default_text;
    } else {
      known = false;
    }
  }
  return out;
}

std::string wanted_value(const std::string& text, policy::Version version,
                         const request::Data& request) {
  const auto pieces = policy::split_variables(text, version == policy::Version::k2012);
  const bool variables = std::any_of(pieces.begin(), pieces.end(), [](const auto& piece) {
    return piece.kind == policy::Piece::Kind::kVariable;
  });
  if (!variables) return text;
  bool known = true;
  const std::string value = substituted(pieces, request, known);
  return text + (known ? " = " + value : " (without a value)");
}

std::string wanted_values(const policy::Texts& texts, policy::Version version,
                          const request::Data& request) {
  std::vector<std::string> out;
  for (const policy::Text& text : texts.values) {
    out.push_back(wanted_value(text.value, version, request));
  }
  return joined(out);
}

std::string wanted_principal(const policy::Principal& principal) {
  constexpr std::array<std::string_view, 4> kKinds = {"AWS", "Service", "Federated",
                                                      "CanonicalUser"};
  if (principal.star) return "*";
  std::vector<std::string> out;
  for (const policy::PrincipalEntry& entry : principal.entries) {
    for (const policy::Text& text : entry.texts.values) {
      out.push_back(std::string(kKinds[static_cast<std::size_t>(entry.kind)]) + " " + text.value);
    }
  }
  return joined(out);
}

// Traces the statements of one document.
class DocumentTracer {
 public:
  DocumentTracer(Probes& probes, const ProbedDocument& document, const request::Data& request)
      : probes_(probes),
        document_(document),
        request_(request),
        attached_(probes.sources().attached[document.attached]) {}

  StatementTrace trace(std::size_t index) {
    const ProbedStatement& statement = document_.statements[index];
    StatementTrace out;
    out.policy = attached_.where.name;
    if (statement.statement->sid) out.sid = statement.statement->sid->value;
    out.index = static_cast<std::uint32_t>(index);
    out.deny = statement.statement->effect == policy::Effect::kDeny;
    out.location = attached_.document->locate(statement.statement->span);
    out.consulted = probes_.consulted(document_);
    out.matched = probes_.names_action(document_, statement) &&
                  probes_.ask(document_, statement.whole) == Tri::kYes;
    for (const ProbedStatement::Part& part : statement.parts) {
      if (part.part.kind != ItemKind::kVariable) out.parts.push_back(part_of(statement, part));
    }
    return out;
  }

 private:
  PartTrace part_of(const ProbedStatement& statement, const ProbedStatement::Part& probed) {
    const policy::Version version = attached_.document->ast().effective_version();
    PartTrace out;
    out.what = probed.part.what;
    out.location = attached_.document->locate(probed.part.span);
    const Tri holds = probed.part.kind == ItemKind::kAction
                          ? program::tri(probes_.names_action(document_, statement))
                          : probes_.ask(document_, probed.holds);
    out.holds = holds == Tri::kYes;
    out.outcome = holds == Tri::kUnknown ? PartOutcome::kUnknown
                                         : (out.holds ? PartOutcome::kTrue : PartOutcome::kFalse);
    switch (probed.part.kind) {
      case ItemKind::kAction:
        out.wanted = wanted_values(statement.statement->action.texts, policy::Version::k2008, {});
        out.actual = request_.action;
        break;
      case ItemKind::kPrincipal:
        out.kind = PartKind::kPrincipal;
        out.wanted = wanted_principal(*statement.statement->principal);
        out.actual = request_.caller.arn;
        break;
      case ItemKind::kResource:
        out.kind = PartKind::kResource;
        out.wanted = wanted_values(statement.statement->resource->texts, version, request_);
        out.actual = request_.resource;
        break;
      case ItemKind::kCondition:
      case ItemKind::kVariable:
        out.kind = PartKind::kCondition;
        out.wanted = wanted_values(probed.part.condition->values, version, request_);
        out.actual = actual_value(request_, probed.part.key);
        if (probes_.ask(document_, probed.absent) == Tri::kYes) {
          out.outcome = PartOutcome::kAbsent;
        }
        break;
    }
    return out;
  }

  Probes& probes_;
  const ProbedDocument& document_;
  const request::Data& request_;
  const compile::Attached& attached_;
};

}  // namespace

StatementTracer::StatementTracer() = default;
StatementTracer::~StatementTracer() = default;

bool StatementTracer::start(const std::vector<ReasonMatch>& by) {
  entries_.clear();
  by_.clear();
  std::copy_if(by.begin(), by.end(), std::back_inserter(by_),
               [](const ReasonMatch& one) { return one.policy || one.sid; });
  return !by_.empty();
}

void StatementTracer::add(const PolicySet& policies, const request::Data& request) {
  if (probes_ == nullptr || program_ != &policies.program()) {
    probes_ = std::make_unique<Probes>(policies);
    program_ = &policies.program();
  }
  probes_->bind(request);
  for (const ProbedDocument& document : probes_->documents()) {
    const compile::Attached& attached = probes_->sources().attached[document.attached];
    DocumentTracer tracer(*probes_, document, request);
    for (std::size_t i = 0; i < document.statements.size(); ++i) {
      const ProbedStatement& probed = document.statements[i];
      const bool named = std::any_of(by_.begin(), by_.end(), [&](const ReasonMatch& by) {
        return names(by, attached.where, *probed.statement, i);
      });
      if (named) keep(tracer.trace(i), probes_->names_action(document, probed));
    }
  }
}

void StatementTracer::keep(StatementTrace trace, bool names_action) {
  const auto holding = static_cast<std::size_t>(std::count_if(
      trace.parts.begin(), trace.parts.end(), [](const PartTrace& part) { return part.holds; }));
  const std::size_t closeness =
      1 + holding + (names_action ? 10'000U : 0U) + (trace.consulted ? 1'000U : 0U);
  const auto known = std::find_if(entries_.begin(), entries_.end(), [&trace](const Entry& entry) {
    return entry.trace.policy == trace.policy && entry.trace.location == trace.location;
  });
  if (known == entries_.end()) {
    entries_.push_back({std::move(trace), closeness});
  } else if (closeness > known->closeness) {
    *known = {std::move(trace), closeness};
  }
}

std::vector<StatementTrace> StatementTracer::take() {
  std::vector<StatementTrace> out;
  out.reserve(entries_.size());
  for (Entry& entry : entries_) out.push_back(std::move(entry.trace));
  entries_.clear();
  return out;
}

}  // namespace policysim::gate
