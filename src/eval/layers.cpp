#include "eval/layers.hpp"

namespace policysim::eval {

using catalog::Option;
using request::CallerKind;

namespace {

// One decision in the making. Its steps stand in the order of the specification's pseudocode.
class Decider {
 public:
  Decider(const Facts& facts, const Tally& tally, const catalog::Readings& readings, Bound bound)
      : facts_(facts), tally_(tally), readings_(readings), bound_(bound) {}

  bool always_allowed();
  bool explicit_deny();
  void guardrails();
  void grant_stage();
  void service_refusals();
  Ruling finish();

 private:
  // What the layers of the caller's side grant.
  struct Grants {
    bool identity = false, boundary_ok = false, session_ok = false;
    bool strong = false;   // makes every other Allow unnecessary in one account
    bool weak = false;     // makes the identity's unnecessary
    bool account = false;  // delegates to the account's identity policies
    bool any_resource = false;
    StatementId first_strong, first_weak;
  };
  Grants grants();
  void unsigned_caller(const Grants& g);
  void same_account(const Grants& g);
  void cross_account(const Grants& g);
  void limits(const Grants& g);
  void allow_same_account(const Grants& g, bool by_identity);

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
  Ruling ruling_;
};

// Actions that need no permission; only an endpoint policy is in their way.
bool Decider::always_allowed() {
  if (!facts_.always_allowed) return false;
  const bool stopped = facts_.vpce_policy && (denied(tally_.vpce) || !allowed(tally_.vpce));
  if (stopped && reads(Option::kStsCallerIdentityVpce, 0)) {
    deny(Layer::kVpce, tally_.vpce);
    if (ruling_.outcome != Outcome::kExplicitDeny) ruling_.blockers.add(Layer::kVpce);
    return true;
  }
  const bool token_denied =
      facts_.denied_session_token &&
      (denied(tally_.rcp) || denied(tally_.scp) || denied(tally_.vpce) || denied(tally_.resource) ||
       denied(tally_.identity) || denied(tally_.boundary) || denied(tally_.session));
  if (token_denied && reads(Option::kStsGetSessionTokenDeny, 1)) return explicit_deny();
  ruling_.layer = Layer::kService;
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
  return ruling_.outcome == Outcome::kExplicitDeny;
}

// Every SCP level and the endpoint policy must allow. RCPs always do: RCPFullAWSAccess stands at
// every level.
void Decider::guardrails() {
  if (facts_.scp_applies) {
    if (tally_.scp_levels_without_allow[static_cast<std::size_t>(bound_)] != 0) {
      ruling_.blockers.add(Layer::kScp);
    }
  }
  if (facts_.vpce_policy && !allowed(tally_.vpce)) ruling_.blockers.add(Layer::kVpce);
}

Decider::Grants Decider::grants() {
  Grants g;
  g.identity = allowed(tally_.identity) || facts_.is_root();
  if (facts_.is_root() && !facts_.same_account && !reads(Option::kRootCrossAccount, 0)) {
    g.identity = false;
  }
  g.boundary_ok = !facts_.boundary_present || allowed(tally_.boundary);
  g.session_ok =
      facts_.session_given ? allowed(tally_.session) : facts_.kind != CallerKind::kRootSession;
  if (facts_.kind == CallerKind::kFederatedUser && !facts_.session_given) {
    g.session_ok = !reads(Option::kFederatedDefaultSession, 0);
  }
  const bool limited = !(g.boundary_ok && g.session_ok);
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
    count(StrengthClass::kPlainStar, limited && !reads(Option::kRbpWildcardBypass, 0));
  }
  if (matched(StrengthClass::kFederatedStar)) {
    count(StrengthClass::kFederatedStar, !reads(Option::kFederatedWildcard, 0));
  }
  g.any_resource = allowed(tally_.resource);
  g.strong = g.first_strong.valid();
  g.weak = g.first_weak.valid();
  g.account = matched(StrengthClass::kForDelegation);
  return g;
}

void Decider::grant_stage() {
  const Grants g = grants();
  if (!facts_.has_account) {
    unsigned_caller(g);
  } else if (facts_.same_account) {
    same_account(g);
  } else {
    cross_account(g);
  }
}

// Services, anonymous callers and unsigned federated ones: the resource's policy alone decides.
void Decider::unsigned_caller(const Grants& g) {
  if (!g.any_resource) ruling_.blockers.add(Layer::kResource);
  allow_by_resource(first_allow(tally_.resource));
}

void Decider::limits(const Grants& g) {
  if (!g.boundary_ok) ruling_.blockers.add(Layer::kBoundary);
  if (!g.session_ok) ruling_.blockers.add(Layer::kSession);
}

void Decider::same_account(const Grants& g) {
  const bool root = facts_.is_root();
  // A task policy limits an AssumeRoot session whatever names it.
  const bool strong = g.strong && (facts_.kind != CallerKind::kRootSession || g.session_ok);
  const bool gate = g.identity && !(root && facts_.mandatory) &&
                    (!facts_.mandatory || g.account || g.weak || g.strong);
  const bool limited_ok = g.boundary_ok && g.session_ok;
  if (strong || ((g.weak || gate) && limited_ok)) {
    const bool by_identity = gate && (!facts_.mandatory || g.account) && limited_ok;
    allow_same_account(g, by_identity);
    return;
  }
  const bool lacks_default_session =
      facts_.kind == CallerKind::kFederatedUser && !facts_.session_given && !g.session_ok;
  if (g.weak || gate || root) {
    if (root && facts_.mandatory && !g.strong) ruling_.blockers.add(Layer::kResource);
    limits(g);
  } else if (lacks_default_session) {
    ruling_.blockers.add(Layer::kSession);
  } else {
    const bool nothing = facts_.mandatory && !(g.account || g.weak || g.strong);
    ruling_.blockers.add(nothing ? Layer::kResource : Layer::kIdentity);
    limits(g);
  }
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
    const bool weak_first =
        g.boundary_ok && g.session_ok && g.first_weak.value < g.first_strong.value;
    allow_by_resource(weak_first ? g.first_weak : g.first_strong);
  }
  // The statement that is named needs boundary and session unless it is strong itself.
  const bool limited = by_identity || ruling_.resource_witness != g.first_strong;
  if (limited && facts_.boundary_present) ruling_.witnesses.add(Layer::kBoundary);
  const bool task_policy = facts_.kind == CallerKind::kRootSession;
  if ((limited || task_policy) && facts_.session_given) ruling_.witnesses.add(Layer::kSession);
  if (!g.identity) ruling_.bypassed.add(Layer::kIdentity);
  if (!g.boundary_ok) ruling_.bypassed.add(Layer::kBoundary);
  if (!g.session_ok) ruling_.bypassed.add(Layer::kSession);
}

// Both sides must allow; nothing is bypassed.
void Decider::cross_account(const Grants& g) {
  if (g.any_resource && g.identity && g.boundary_ok && g.session_ok) {
    allow_by_resource(first_allow(tally_.resource));
    ruling_.witnesses.add(Layer::kIdentity);
    if (facts_.boundary_present) ruling_.witnesses.add(Layer::kBoundary);
    if (facts_.session_given) ruling_.witnesses.add(Layer::kSession);
    return;
  }
  if (facts_.kind == CallerKind::kFederatedUser && !facts_.session_given && !g.session_ok) {
    ruling_.blockers.add(Layer::kSession);
    return;
  }
  if (!g.identity) ruling_.blockers.add(Layer::kIdentity);
  if (!g.any_resource) ruling_.blockers.add(Layer::kResource);
  limits(g);
}

void Decider::service_refusals() {
  if (facts_.refused_by_service()) ruling_.blockers.add(Layer::kService);
}

Ruling Decider::finish() {
  if (ruling_.outcome == Outcome::kExplicitDeny) return ruling_;
  if (ruling_.blockers.empty()) {
    ruling_.outcome = Outcome::kAllow;
    return ruling_;
  }
  ruling_.outcome = Outcome::kImplicitDeny;
  ruling_.layer = ruling_.blockers.front();
  ruling_.statement = {};
  return ruling_;
}

}  // namespace

Ruling decide(const Facts& facts, const Tally& tally, const catalog::Readings& readings,
              Bound bound) noexcept {
  Decider decider(facts, tally, readings, bound);
  if (decider.always_allowed()) return decider.finish();  // 2 fast paths
  if (decider.explicit_deny()) return decider.finish();   // 5 an explicit deny anywhere
  decider.guardrails();                                   // 6 SCP levels, endpoint policy
  decider.grant_stage();                                  // 7 one account, or both sides
  decider.service_refusals();                             // 6 partitions, operations, refusals
  return decider.finish();                                // 8 all blockers, or the witnesses
}

}  // namespace policysim::eval
