// Reasons: statements and layers that made the decision.
#include <algorithm>

#include "explain/explain.hpp"
#include "program/program.hpp"

namespace policysim::explain {

using eval::MatchedStatement;
using program::kNone;
using program::Tri;

namespace {

Reason statement_reason(const PolicySet& policies, const Trace& trace,
                        const MatchedStatement& matched) {
  const StatementId id{matched.statement};
  const StatementInfo info = policies.statement(id);
  Reason out;
  out.layer = matched.layer;
  out.policy = info.policy;
  out.deny = info.deny;
  if (matched.level != kNone) out.level = trace.binding->program->levels[matched.level].id;
  if (info.built_in) return out;
  out.statement = id;
  out.sid = info.sid;
  out.index = info.index;
  out.location = info.location;
  return out;
}

std::string action_of(const Trace& trace) { return trace.binding->request->action; }

std::string because(const Trace& trace, Layer layer) {
  const eval::Facts& facts = trace.binding->facts;
  const std::string action = action_of(trace);
  const auto no_allow = [&](const char* policy) {
    return std::string("no ") + policy + " allows " + action;
  };
  switch (layer) {
    case Layer::kScp:
      return no_allow("service control policy of this level");
    case Layer::kVpce:
      return no_allow("statement of the VPC endpoint's policy");
    case Layer::kResource:
      if (facts.issued_by_others) return "the caller's account issued none of the key's grants";
      if (facts.rules.open_without_resource_policy && !facts.resource_policy) {
        return "without a policy the resource is open to everybody who reaches it";
      }
      if (facts.rules.owner != services::ObjectOwner::kBucketOwner) {
        return "the object belongs to another account, whose ACL does not allow " + action;
      }
      if (!facts.resource_policy) return "the resource has no policy that could allow " + action;
      return no_allow(facts.rules.role_trust ? "statement of the role's trust policy"
                                             : "statement of the resource's policy");
    case Layer::kIdentity:
      if (!facts.identity_present) return "the caller has no identity-based policies";
      return no_allow("identity-based policy");
    case Layer::kBoundary:
      return no_allow("statement of the permissions boundary");
    case Layer::kSession:
      return facts.session_given ? no_allow("session policy")
             : facts.kind == request::CallerKind::kRootSession
                 ? "an AssumeRoot session without task policy has no permissions"
                 : "a federated user without session policy has no permissions";
    case Layer::kService:
      if (!facts.rules.refusal.empty()) return std::string(facts.rules.refusal);
      return facts.cross_partition ? "partitions are never crossed"
                                   : action + " is not possible across accounts";
    case Layer::kGrant:
      return "a KMS grant to the caller allows " + action;
    case Layer::kAcl:
      return "the access control list allows " + action;
    case Layer::kBpa:
      return "RestrictPublicBuckets keeps other accounts out of what has a public policy";
    case Layer::kNone:
    case Layer::kRcp:
      break;
  }
  return {};
}

Reason reason_in_words(const Trace& trace, Layer layer) {
  Reason out;
  out.layer = layer;
  out.because = because(trace, layer);
  return out;
}

// The first Allow of the layer (and level) that matches for certain; of the resource's policy the
// one that sufficed.
const MatchedStatement* witness(const Trace& trace, Layer layer, std::uint32_t level) {
  const auto& program = *trace.binding->program;
  const StatementId named = trace.ruling.resource_witness;
  for (const MatchedStatement& matched : trace.recorder.statements) {
    const bool same = matched.layer == layer && matched.level == level &&
                      (layer != Layer::kResource || matched.statement == named.value);
    if (same && matched.match == Tri::kYes && !program.statements[matched.statement].deny()) {
      return &matched;
    }
  }
  return nullptr;
}

// Does an Allow of this level match in the ruling's case?
bool level_allows(const Trace& trace, std::uint32_t level) {
  const auto& program = *trace.binding->program;
  return std::any_of(trace.recorder.statements.begin(), trace.recorder.statements.end(),
                     [&](const MatchedStatement& matched) {
                       return matched.layer == Layer::kScp && matched.level == level &&
                              matched.match == Tri::kYes &&
                              !program.statements[matched.statement].deny();
                     });
}

void explicit_reasons(const PolicySet& policies, const Trace& trace, std::vector<Reason>& out) {
  const auto& program = *trace.binding->program;
  // Nothing but an endpoint policy stops an action that needs no permission.
  const bool only_endpoint =
      trace.binding->facts.rules.always_allowed && trace.ruling.layer == Layer::kVpce;
  // Where only unknown Denies refuse (the worst case of a conditional decision), they are named.
  const bool certain = trace.binding->facts.public_access_blocked ||
                       std::any_of(trace.recorder.statements.begin(),
                                   trace.recorder.statements.end(), [&](const auto& matched) {
                                     return matched.match == Tri::kYes &&
                                            program.statements[matched.statement].deny();
                                   });
  for (const MatchedStatement& matched : trace.recorder.statements) {
    if (!program.statements[matched.statement].deny()) continue;
    if (certain && matched.match != Tri::kYes) continue;
    if (matched.layer == Layer::kResource && trace.binding->facts.root_may_unlock) continue;
    if (only_endpoint && matched.layer != Layer::kVpce) continue;
    out.push_back(statement_reason(policies, trace, matched));
  }
  if (trace.binding->facts.public_access_blocked && !only_endpoint) {
    out.push_back(reason_in_words(trace, Layer::kBpa));
  }
}

void implicit_reasons(const Trace& trace, std::vector<Reason>& out) {
  for (const Layer layer : trace.ruling.blockers) {
    Reason reason = reason_in_words(trace, layer);
    if (layer != Layer::kScp) {
      out.push_back(std::move(reason));
      continue;
    }
    for (const eval::LevelCandidates& level : trace.binding->scp) {
      if (level_allows(trace, level.level)) continue;
      reason.level = trace.binding->program->levels[level.level].id;
      out.push_back(reason);
    }
  }
}

void allow_reasons(const PolicySet& policies, const Trace& trace, std::vector<Reason>& out) {
  const eval::Facts& facts = trace.binding->facts;
  if (facts.rules.always_allowed) {
    Reason reason;
    reason.layer = Layer::kService;
    reason.because = "the action needs no permission";
    out.push_back(std::move(reason));
    return;
  }
  for (const eval::LevelCandidates& level : trace.binding->scp) {
    const MatchedStatement* const found = witness(trace, Layer::kScp, level.level);
    if (found != nullptr) out.push_back(statement_reason(policies, trace, *found));
  }
  std::vector<Layer> needed(trace.ruling.witnesses.begin(), trace.ruling.witnesses.end());
  if (facts.vpce_policy) needed.push_back(Layer::kVpce);
  constexpr std::array kOrder = {Layer::kVpce,     Layer::kResource, Layer::kIdentity,
                                 Layer::kBoundary, Layer::kSession,  Layer::kGrant,
                                 Layer::kAcl};
  for (const Layer layer : kOrder) {
    if (std::find(needed.begin(), needed.end(), layer) == needed.end()) continue;
    if (layer == Layer::kGrant || layer == Layer::kAcl) {
      out.push_back(reason_in_words(trace, layer));
      continue;
    }
    const MatchedStatement* const found = witness(trace, layer, kNone);
    if (found != nullptr) {
      out.push_back(statement_reason(policies, trace, *found));
    } else if (layer == Layer::kResource && facts.rules.open_without_resource_policy) {
      out.push_back(reason_in_words(trace, layer));
    } else if (layer == Layer::kIdentity && facts.is_root()) {
      Reason reason;
      reason.layer = layer;
      reason.because = "the root user has full access to its account";
      out.push_back(std::move(reason));
    }
  }
}

}  // namespace

std::vector<Reason> reasons_of(const PolicySet& policies, const Trace& trace) {
  std::vector<Reason> out;
  switch (trace.ruling.outcome) {
    case Outcome::kExplicitDeny:
      explicit_reasons(policies, trace, out);
      break;
    case Outcome::kImplicitDeny:
      implicit_reasons(trace, out);
      break;
    case Outcome::kAllow:
      allow_reasons(policies, trace, out);
      break;
    case Outcome::kConditional:
      break;  // the caller passes the worst case
  }
  return out;
}

std::vector<Bypassed> bypassed_of(const eval::Ruling& ruling) {
  std::vector<Bypassed> out;
  if (ruling.outcome != Outcome::kAllow) return out;
  const std::string who =
      ruling.layer == Layer::kGrant ? "a KMS grant" : "the resource-based policy";
  for (const Layer layer : ruling.bypassed) {
    out.push_back({layer, who + (layer == Layer::kIdentity
                                     ? " names the caller, no identity-based policy needs to allow"
                                     : " names the caller, so that only an explicit deny would "
                                       "count here")});
  }
  return out;
}

}  // namespace policysim::explain
