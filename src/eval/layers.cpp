#include "eval/layers.hpp"

#include <array>

namespace policysim::eval {

using catalog::Option;
using request::CallerKind;

namespace {

// Whose an S3 object is: the bucket owner's, or somebody else's, perhaps the caller's account's.
struct Owner {
  bool foreign = false;
  bool callers = false;
};

// One decision in the making. Its steps stand in the order of the specification's pseudocode.
class Decider {
 public:
  Decider(const Facts& facts, const Tally& tally, const catalog::Readings& readings, Bound bound,
          Owner owner)
      : facts_(facts),
        tally_(tally),
        readings_(readings),
        bound_(bound),
        foreign_object_(owner.foreign),
        same_account_(owner.foreign ? owner.callers : facts.same_account) {}

  // The steps. True: the decision is made.
  bool always_allowed();
  bool explicit_deny();
  bool guardrails();
  bool grant_stage();
  bool service_refusals();
  Ruling finish();

 private:
  // What the layers of the caller's side and the resource's side grant.
  struct Grants {
    bool identity = false, boundary_ok = false, session_ok = false;
    bool strong = false;   // makes every other Allow unnecessary in one account
    bool weak = false;     // makes the identity's unnecessary
    bool account = false;  // delegates to the account's identity policies
    bool any_resource = false;
    bool acl = false;
    StatementId first_strong, first_weak;
    // KMS grants: not limited by boundary and session; limited; only beside an identity Allow.
    bool kms_strong = false, kms_weak = false, kms_with_identity = false;

    bool limited_ok() const { return boundary_ok && session_ok; }
    bool kms() const {
      return kms_strong || ((kms_weak || (kms_with_identity && identity)) && limited_ok());
    }
  };
  Grants grants();
  void caller_side(Grants& g);
  void resource_side(Grants& g);
  void kms_grants(Grants& g);
  void unsigned_caller(const Grants& g);
  void same_account(const Grants& g);
  void cross_account(const Grants& g);
  void limits(const Grants& g);
  void allow_same_account(const Grants& g, bool by_identity);
  void allow_by_kms_grant(const Grants& g);
  void limit_witnesses();

  bool reads(Option option, std::uint8_t reading) {
    ruling_.touched |= catalog::bit(option);
    return readings_[option] == reading;
  }
  bool denied(const LayerTally& layer) const { return layer.denies(bound_); }
  bool allowed(const LayerTally& layer) const { return layer.allows(bound_); }
  void deny(Layer name, const LayerTally& layer) {
    if (!denied(layer) || ruling_.outcome == Outcome::kExplicitDeny) return;
    ruling_.outcome = Outcome::kExplicitDeny;
    ruling_.layer = name;
    ruling_.statement = layer.deny[static_cast<std::size_t>(bound_)];
  }
  StatementId first_allow(const LayerTally& layer) const {
    return layer.allow[static_cast<std::size_t>(bound_)];
  }
  void allow_by_resource(StatementId witness) {
    ruling_.layer = Layer::kResource;
    ruling_.statement = ruling_.resource_witness = witness;
    ruling_.witnesses.add(Layer::kResource);
  }

  const Facts& facts_;
  const Tally& tally_;
  const catalog::Readings& readings_;
  Bound bound_;
  bool foreign_object_;
  bool same_account_;
  Ruling ruling_;
};

// Actions that need no permission; only an endpoint policy is in their way.
bool Decider::always_allowed() {
  if (!facts_.rules.always_allowed) return false;
  const bool stopped = facts_.vpce_policy && (denied(tally_.vpce) || !allowed(tally_.vpce));
  if (stopped && reads(Option::kStsCallerIdentityVpce, 0)) {
    deny(Layer::kVpce, tally_.vpce);
    if (ruling_.outcome == Outcome::kExplicitDeny) return true;
    ruling_.blockers.add(Layer::kVpce);
  }
  const bool token_denied =
      facts_.rules.ignored_denies &&
      (denied(tally_.rcp) || denied(tally_.scp) || denied(tally_.vpce) || denied(tally_.resource) ||
       denied(tally_.identity) || denied(tally_.boundary) || denied(tally_.session));
  if (token_denied && reads(Option::kStsGetSessionTokenDeny, 1)) return explicit_deny();
  if (facts_.refused_by_service()) ruling_.blockers.add(Layer::kService);
  if (ruling_.blockers.empty()) ruling_.layer = Layer::kService;
  return true;
}

// An explicit deny anywhere wins; the first layer of this order is named.
bool Decider::explicit_deny() {
  deny(Layer::kRcp, tally_.rcp);
  deny(Layer::kScp, tally_.scp);
  deny(Layer::kVpce, tally_.vpce);
  if (!facts_.root_may_unlock) deny(Layer::kResource, tally_.resource);
  deny(Layer::kIdentity, tally_.identity);
  deny(Layer::kBoundary, tally_.boundary);
  deny(Layer::kSession, tally_.session);
  if (facts_.public_access_blocked && ruling_.outcome != Outcome::kExplicitDeny) {
    ruling_.outcome = Outcome::kExplicitDeny;
    ruling_.layer = Layer::kBpa;
  }
  return ruling_.outcome == Outcome::kExplicitDeny;
}

// Every SCP level and the endpoint policy must allow. RCPs always do: RCPFullAWSAccess stands at
// every level.
bool Decider::guardrails() {
  if (facts_.scp_applies) {
    if (tally_.scp_levels_without_allow[static_cast<std::size_t>(bound_)] != 0) {
      ruling_.blockers.add(Layer::kScp);
    }
  }
  if (facts_.vpce_policy && !allowed(tally_.vpce)) ruling_.blockers.add(Layer::kVpce);
  return false;
}

Decider::Grants Decider::grants() {
  Grants g;
  caller_side(g);
  resource_side(g);
  kms_grants(g);
  return g;
}

void Decider::caller_side(Grants& g) {
  g.identity = allowed(tally_.identity) || facts_.is_root();
  if (facts_.is_root() && !same_account_ && !reads(Option::kRootCrossAccount, 0)) {
    g.identity = false;
  }
  g.boundary_ok = !facts_.boundary_present || allowed(tally_.boundary);
  g.session_ok =
      facts_.session_given ? allowed(tally_.session) : facts_.kind != CallerKind::kRootSession;
  if (facts_.kind == CallerKind::kFederatedUser && !facts_.session_given) {
    g.session_ok = !reads(Option::kFederatedDefaultSession, 0);
  }
}

// The bucket's policy cannot allow what somebody else owns.
void Decider::resource_side(Grants& g) {
  g.acl = facts_.rules.acl_allows;
  if (foreign_object_) return;
  const auto count = [&](StrengthClass strength, bool strong) {
    const StatementId statement = tally_.resource_allows.of(strength, bound_);
    StatementId& first = strong ? g.first_strong : g.first_weak;
    if (statement.value < first.value) first = statement;  // an invalid one is the greatest
  };
  const auto matched = [&](StrengthClass strength) {
    return tally_.resource_allows.of(strength, bound_).valid();
  };
  count(StrengthClass::kForAll, true);
  count(StrengthClass::kForIdentity, false);
  if (matched(StrengthClass::kPlainStar)) {
    count(StrengthClass::kPlainStar, !g.limited_ok() && !reads(Option::kRbpWildcardBypass, 0));
  }
  if (matched(StrengthClass::kFederatedStar)) {
    count(StrengthClass::kFederatedStar, !reads(Option::kFederatedWildcard, 0));
  }
  const bool open = facts_.rules.open_without_resource_policy && !facts_.resource_policy;
  g.any_resource = allowed(tally_.resource) || open;
  g.strong = g.first_strong.valid() || open;
  g.weak = g.first_weak.valid();
  g.account = matched(StrengthClass::kForDelegation) || facts_.trusts_itself;
}

void Decider::kms_grants(Grants& g) {
  for (const bool foreign : {false, true}) {
    const auto has = [&](GrantClass how) { return tally_.grant_allows.of(how, foreign, bound_); };
    const bool named = has(GrantClass::kByName);
    bool enough = named || has(GrantClass::kByRole);
    bool with_identity = has(GrantClass::kByIssuer);
    if (has(GrantClass::kByAccount)) {
      (reads(Option::kKmsAccountGrant, 0) ? with_identity : enough) = true;
    }
    if (foreign && enough && reads(Option::kKmsForeignGrant, 0)) {
      with_identity = true;
      enough = false;
    }
    g.kms_with_identity = g.kms_with_identity || with_identity;
    g.kms_weak = g.kms_weak || enough;
    // A service has neither boundary nor session policies.
    const bool one_side = same_account_ || !facts_.has_account;
    const bool unlimited = named && enough && one_side && !g.limited_ok();
    g.kms_strong = g.kms_strong || (unlimited && !reads(Option::kKmsGrantBoundary, 0));
  }
}

bool Decider::grant_stage() {
  const Grants g = grants();
  if (!facts_.has_account) {
    unsigned_caller(g);
  } else if (same_account_) {
    same_account(g);
  } else {
    cross_account(g);
  }
  return false;
}

// Services, anonymous callers and unsigned federated ones: the resource's side alone decides.
void Decider::unsigned_caller(const Grants& g) {
  if (g.any_resource) {
    allow_by_resource(first_allow(tally_.resource));
  } else if (g.acl) {
    ruling_.layer = Layer::kAcl;
    ruling_.witnesses.add(Layer::kAcl);
  } else if (g.kms()) {
    ruling_.layer = Layer::kGrant;
    ruling_.witnesses.add(Layer::kGrant);
  } else {
    ruling_.blockers.add(Layer::kResource);
  }
}

void Decider::limits(const Grants& g) {
  if (!g.boundary_ok) ruling_.blockers.add(Layer::kBoundary);
  if (!g.session_ok) ruling_.blockers.add(Layer::kSession);
}

void Decider::same_account(const Grants& g) {
  const bool root = facts_.is_root();
  // A task policy limits an AssumeRoot session whatever names it.
  const bool strong = g.strong && (facts_.kind != CallerKind::kRootSession || g.session_ok);
  const bool gate = g.identity && !facts_.issued_by_others && !(root && facts_.mandatory) &&
                    (!facts_.mandatory || g.account || g.weak || g.strong);
  if (strong || ((g.weak || gate) && g.limited_ok())) {
    const bool by_identity = gate && (!facts_.mandatory || g.account) && g.limited_ok();
    allow_same_account(g, by_identity);
    return;
  }
  if (g.kms()) {
    allow_by_kms_grant(g);
    return;
  }
  const bool granted = g.kms_weak || (g.kms_with_identity && g.identity);
  if (g.weak || gate || root || granted) {
    if (root && !gate && !g.strong && !granted) ruling_.blockers.add(Layer::kResource);
    limits(g);
  } else if (facts_.lacks_session_policy() && !g.session_ok) {
    ruling_.blockers.add(Layer::kSession);
  } else {
    const bool nothing = (facts_.mandatory && !(g.account || g.weak || g.strong)) ||
                         (facts_.issued_by_others && g.identity);
    ruling_.blockers.add(nothing ? Layer::kResource : Layer::kIdentity);
    limits(g);
  }
}

// Boundary and session policy were needed.
void Decider::limit_witnesses() {
  if (facts_.boundary_present) ruling_.witnesses.add(Layer::kBoundary);
  if (facts_.session_given) ruling_.witnesses.add(Layer::kSession);
}

void Decider::allow_same_account(const Grants& g, bool by_identity) {
  if (by_identity) {
    ruling_.layer = Layer::kIdentity;
    ruling_.statement = first_allow(tally_.identity);
    ruling_.witnesses.add(Layer::kIdentity);
    if (facts_.mandatory) ruling_.witnesses.add(Layer::kResource);
    ruling_.resource_witness = tally_.resource_allows.of(StrengthClass::kForDelegation, bound_);
  } else {
    // The first statement that is strong, or weak where boundary and session allow.
    const bool weak_first = g.limited_ok() && g.first_weak.value < g.first_strong.value;
    allow_by_resource(weak_first ? g.first_weak : g.first_strong);
  }
  // The statement that is named needs boundary and session unless it is strong itself.
  if (by_identity || ruling_.resource_witness != g.first_strong) {
    limit_witnesses();
  } else if (facts_.kind == CallerKind::kRootSession) {
    ruling_.witnesses.add(Layer::kSession);
  }
  if (!g.identity) ruling_.bypassed.add(Layer::kIdentity);
  if (!g.boundary_ok) ruling_.bypassed.add(Layer::kBoundary);
  if (!g.session_ok) ruling_.bypassed.add(Layer::kSession);
}

void Decider::allow_by_kms_grant(const Grants& g) {
  ruling_.layer = Layer::kGrant;
  ruling_.witnesses.add(Layer::kGrant);
  const bool alone = g.kms_strong || g.kms_weak;
  if (!alone) ruling_.witnesses.add(Layer::kIdentity);
  if (!g.kms_strong) limit_witnesses();
  if (!same_account_) return;
  if (!g.identity) ruling_.bypassed.add(Layer::kIdentity);
  if (!g.boundary_ok) ruling_.bypassed.add(Layer::kBoundary);
  if (!g.session_ok) ruling_.bypassed.add(Layer::kSession);
}

// Both sides must allow; nothing is bypassed but by a grant of the caller's own account.
void Decider::cross_account(const Grants& g) {
  const bool resource_side = g.any_resource || g.acl;
  if (resource_side && g.identity && g.limited_ok()) {
    if (g.any_resource) {
      allow_by_resource(first_allow(tally_.resource));
    } else {
      ruling_.layer = Layer::kAcl;
      ruling_.witnesses.add(Layer::kAcl);
    }
    ruling_.witnesses.add(Layer::kIdentity);
    limit_witnesses();
    return;
  }
  if (g.kms()) {
    allow_by_kms_grant(g);
    return;
  }
  if (facts_.lacks_session_policy() && facts_.kind == CallerKind::kFederatedUser && !g.session_ok) {
    ruling_.blockers.add(Layer::kSession);
    return;
  }
  if (!g.identity && !g.kms_weak) ruling_.blockers.add(Layer::kIdentity);
  if (!resource_side && !g.kms_weak && !g.kms_with_identity) {
    ruling_.blockers.add(Layer::kResource);
  }
  limits(g);
}

bool Decider::service_refusals() {
  const bool perhaps = facts_.rules.refusal_unknown && bound_ == Bound::kWorst;
  if (facts_.refused_by_service() || perhaps) ruling_.blockers.add(Layer::kService);
  return false;
}

Ruling Decider::finish() {
  if (ruling_.outcome == Outcome::kExplicitDeny) return ruling_;
  if (ruling_.blockers.empty() && ruling_.layer != Layer::kNone) {
    ruling_.outcome = Outcome::kAllow;
    return ruling_;
  }
  // An allow names its layer: without one nothing has allowed.
  if (ruling_.blockers.empty()) ruling_.blockers.add(Layer::kIdentity);
  ruling_.outcome = Outcome::kImplicitDeny;
  ruling_.layer = ruling_.blockers.front();
  ruling_.statement = {};
  return ruling_;
}

// The specification's pseudocode (evaluation.md 8), whose numbers the names begin with.
struct Step {
  std::string_view name;
  bool (Decider::*run)();
};
constexpr std::array kSteps = {
    Step{"2 actions that need no permission", &Decider::always_allowed},
    Step{"5 an explicit deny anywhere", &Decider::explicit_deny},
    Step{"6 guardrails: every SCP level, the endpoint policy", &Decider::guardrails},
    Step{"7 grants: one account, or both sides", &Decider::grant_stage},
    Step{"6 refusals of the service, named after the others", &Decider::service_refusals},
};

Ruling decide_for(const Facts& facts, const Tally& tally, const catalog::Readings& readings,
                  Bound bound, Owner owner) noexcept {
  Decider decider(facts, tally, readings, bound, owner);
  for (const Step& step : kSteps) {
    if ((decider.*step.run)()) break;
  }
  return decider.finish();  // 8 the deny, all blockers, or the witnesses
}

}  // namespace

std::vector<std::string_view> decision_steps() {
  std::vector<std::string_view> out;
  for (const Step& step : kSteps) out.push_back(step.name);
  return out;
}

Ruling decide(const Facts& facts, const Tally& tally, const catalog::Readings& readings,
              Bound bound) noexcept {
  using services::ObjectOwner;
  if (facts.rules.owner != ObjectOwner::kUnknown) {
    const bool other = facts.rules.owner == ObjectOwner::kOther;
    return decide_for(facts, tally, readings, bound, {other, facts.caller_owns_object});
  }
  // Nobody says whose object it is, the bucket owner's, a stranger's or the caller's: the bound is
  // that of the three cases. Where they agree the bucket owner's speaks for all.
  Ruling out = decide_for(facts, tally, readings, bound, {false, false});
  for (const Owner owner : {Owner{true, false}, Owner{true, facts.rules.may_be_callers}}) {
    const Ruling ruling = decide_for(facts, tally, readings, bound, owner);
    const bool wider = ruling.outcome == Outcome::kAllow && out.outcome != Outcome::kAllow;
    const bool narrower = ruling.outcome != Outcome::kAllow && out.outcome == Outcome::kAllow;
    const catalog::OptionSet touched = out.touched | ruling.touched;
    if (bound == Bound::kBest ? wider : narrower) out = ruling;
    out.touched = touched;
  }
  return out;
}

}  // namespace policysim::eval
