// From statement matches to the decision: AWS's evaluation order.
#include <algorithm>

#include "reference/case.hpp"
#include "reference/rules.hpp"

namespace policysim::reference {
namespace {

Layer layer_of(PolicyType type) {
  switch (type) {
    case PolicyType::kIdentity:
      return Layer::kIdentity;
    case PolicyType::kBoundary:
      return Layer::kBoundary;
    case PolicyType::kSession:
      return Layer::kSession;
    case PolicyType::kScp:
      return Layer::kScp;
    case PolicyType::kRcp:
      return Layer::kRcp;
    case PolicyType::kEndpoint:
      return Layer::kVpce;
    case PolicyType::kResource:
    case PolicyType::kKey:
    case PolicyType::kTrust:
      break;
  }
  return Layer::kResource;
}

Decision deny(Outcome outcome, std::vector<Reason> reasons) {
  Decision out;
  out.outcome = outcome;
  out.reasons = std::move(reasons);
  out.layer = out.reasons.at(0).layer;
  out.statement = out.reasons.at(0).statement;
  return out;
}

// The policy of an AWS managed key that is not known.
bool lacks_key_policy(const Request& request) {
  return std::any_of(request.context.begin(), request.context.end(), [](const ContextKey& entry) {
    return entry.key == "kms.policy" && entry.state == State::kUnknown;
  });
}

}  // namespace

Case::Case(const Question& question, bool best, const std::optional<std::string>& owner)
    : question_(question),
      request_(question.request),
      best_(best),
      facts_(facts_of(question.policies, request_, question.options, owner)),
      grants_(worth_of_grants(facts_, request_, question.options, best, question.unknown)),
      acl_(read_acl(request_)),
      shut_out_(shut_out(question.policies, facts_, request_, question.options)),
      refused_(refused_by_service(facts_, request_, question.options, question.unknown)) {}

Decision Case::decide() const {
  Decision out = outcome();
  verdicts(out);
  return out;
}

bool Case::is(std::string_view option, std::string_view value) const {
  const auto found = question_.options.find(option);
  return found != question_.options.end() && found->second == value;
}

Hits Case::hits(Layer layer, bool deny) const {
  std::vector<std::string> levels{""};
  if (layer == Layer::kScp) levels = facts_.scp_levels;
  if (layer == Layer::kRcp) levels = facts_.rcp_levels;
  const bool leveled = layer == Layer::kScp || layer == Layer::kRcp;
  Hits out;
  // The bucket owner's policy cannot give away what another account owns.
  if (layer == Layer::kResource && !deny && facts_.foreign_object) return out;
  for (const std::string& level : levels) {
    for (std::size_t p = 0; p < question_.policies.size(); ++p) {
      const Policy& policy = question_.policies[p];
      if (layer_of(policy.type) != layer || !facts_.consults(policy)) continue;
      if (leveled && policy.level != level) continue;
      add_hits(p, deny, leveled ? level : "", out);
    }
  }
  if (layer == Layer::kResource && !deny) add_built_in(out);
  return out;
}

void Case::add_hits(std::size_t p, bool deny, const std::string& level, Hits& out) const {
  const auto& statements = question_.policies[p].document->statements;
  for (std::size_t i = 0; i < statements.size(); ++i) {
    if ((statements[i].effect == policy::Effect::kDeny) != deny) continue;
    const StatementMatch& m = question_.matches[p][i];
    const bool unknown_counts = deny != best_;
    if (m.match == Tri::kTrue || (m.match == Tri::kUnknown && unknown_counts)) {
      out.push_back({StatementRef{p, i}, level, m.strengths});
    }
  }
}

void Case::add_built_in(Hits& out) const {
  const Surroundings s{request_, question_.options, PolicyType::kResource, false, true, nullptr};
  const bool consulted = facts_.key_operation && facts_.operation != "retiregrant";
  // Policies of such keys say {"AWS": "*"}.
  const bool covered =
      request_.caller.kind != CallerKind::kService || is("principal.aws_star_service", "match");
  const bool unknown_policy = consulted && covered && lacks_key_policy(request_);
  if (unknown_policy && question_.unknown != nullptr) question_.unknown->insert("kms.policy");
  if (unknown_policy && best_) out.push_back({std::nullopt, "", {everyone(s, false)}});
  // Full access to whoever mounts it: nothing limits that.
  if (facts_.open_by_default) out.push_back({std::nullopt, "", {Strength::kWildcard}});
  if (facts_.assumes_itself && is("sts.implicit_self_trust", "on")) {
    out.push_back({std::nullopt, "", {Strength::kAccount}});
  }
}

std::vector<std::string> Case::levels_without_allow(Layer layer) const {
  std::vector<std::string> out =
      layer == Layer::kScp ? facts_.scp_levels : std::vector<std::string>{};
  if (layer == Layer::kScp && !facts_.scp_applies) out.clear();
  // RCPFullAWSAccess is attached to every level and cannot be detached.
  for (const Hit& hit : allows(layer)) {
    out.erase(std::remove(out.begin(), out.end(), hit.level), out.end());
  }
  return out;
}

std::vector<Reason> Case::explicit_denies(const std::vector<Layer>& layers) const {
  std::vector<Reason> out;
  for (const Layer layer : layers) {
    if (layer == Layer::kResource && facts_.root_lockout) continue;
    for (const Hit& hit : hits(layer, true)) out.push_back({layer, hit.ref, hit.level});
  }
  return out;
}

std::vector<Reason> Case::explicit_denies() const {
  auto out = explicit_denies({Layer::kRcp, Layer::kScp, Layer::kVpce, Layer::kResource,
                              Layer::kIdentity, Layer::kBoundary, Layer::kSession});
  if (shut_out_) out.push_back({Layer::kBpa, {}, ""});
  return out;
}

std::optional<Decision> Case::always_allowed() const {
  if (!facts_.always_allowed) return std::nullopt;
  if (facts_.vpce_applies && !is("sts.caller_identity_vpce", "ignored")) {
    const auto denies = explicit_denies({Layer::kVpce});
    if (!denies.empty()) return deny(Outcome::kExplicitDeny, denies);
    if (!allowed(Layer::kVpce)) {
      std::vector<Reason> blockers{{Layer::kVpce, {}, ""}};
      if (refused()) blockers.push_back({Layer::kService, {}, ""});
      return deny(Outcome::kImplicitDeny, blockers);
    }
  }
  if (facts_.operation == "getsessiontoken" && is("sts.get_session_token_deny", "effective")) {
    const auto denies = explicit_denies();
    if (!denies.empty()) return deny(Outcome::kExplicitDeny, denies);
  }
  if (refused()) return deny(Outcome::kImplicitDeny, {{Layer::kService, {}, ""}});
  Decision out;
  out.outcome = Outcome::kAllow;
  out.layer = Layer::kService;
  out.reasons = {{Layer::kService, {}, ""}};
  return out;
}

Decision Case::outcome() const {
  if (const auto early = always_allowed()) return *early;
  const auto denies = explicit_denies();
  if (!denies.empty()) return deny(Outcome::kExplicitDeny, denies);
  std::vector<Reason> blockers;
  for (const std::string& level : levels_without_allow(Layer::kScp)) {
    blockers.push_back({Layer::kScp, {}, level});
  }
  if (facts_.vpce_applies && !allowed(Layer::kVpce)) blockers.push_back({Layer::kVpce, {}, ""});
  Decision granted;
  for (const Layer layer : grant_stage(granted)) blockers.push_back({layer, {}, ""});
  if (refused()) blockers.push_back({Layer::kService, {}, ""});
  if (!blockers.empty()) return deny(Outcome::kImplicitDeny, blockers);
  return granted;
}

// The service itself says no, whatever policies say.
bool Case::refused() const {
  return facts_.impossible_across || facts_.cross_partition ||
         refused_ >= (best_ ? Tri::kTrue : Tri::kUnknown);
}

Decision decide(const std::vector<Policy>& policies, const Matches& matches, const Request& request,
                const Options& options, UnknownKeys* unknown) {
  const Question question{policies, matches, request, options, unknown};
  std::vector<Decision> all;  // of each owner that an object may have, best then worst
  for (const auto& owner : object_owners(request, unknown)) {
    all.push_back(Case(question, true, owner).decide());
    all.push_back(Case(question, false, owner).decide());
  }
  const auto agreeing = std::count_if(all.begin(), all.end(), [&](const Decision& one) {
    return one.outcome == all.front().outcome;
  });
  const bool open = static_cast<std::size_t>(agreeing) != all.size();
  // The bucket owner's case speaks for all.
  Decision out = all.front().outcome == Outcome::kAllow ? all[1] : all.front();
  if (open) {
    const Decision worst = all.back();
    out = Decision{};
    out.outcome = Outcome::kConditional;
    out.reasons = worst.reasons;
  }
  for (std::size_t i = 0; i < out.layers.size(); ++i) {
    out.layers[i] = all.front().layers[i];
    for (const Decision& one : all) {
      if (one.layers[i] != out.layers[i]) out.layers[i] = LayerVerdict::kConditional;
    }
  }
  return out;
}

Decision decide(const std::vector<Policy>& policies, const Request& request, const Options& options,
                UnknownKeys* unknown) {
  return decide(policies, match_all(policies, request, options, unknown), request, options,
                unknown);
}

}  // namespace policysim::reference
