// From statement matches to the decision: AWS's evaluation order.
#include <algorithm>

#include "reference/facts.hpp"
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

constexpr Layer kExplicitOrder[] = {Layer::kRcp,      Layer::kScp,      Layer::kVpce,
                                    Layer::kResource, Layer::kIdentity, Layer::kBoundary,
                                    Layer::kSession};

std::size_t at(Layer layer) { return static_cast<std::size_t>(layer); }

// One decision with every match settled: the best or the worst case.
class Case {
 public:
  Case(const std::vector<Policy>& policies, const Matches& matches, const Request& request,
       const Options& options, bool best)
      : policies_(policies),
        matches_(matches),
        request_(request),
        options_(options),
        best_(best),
        facts_(facts_of(policies, request, options)) {}

  Decision decide() {
    Decision out = outcome();
    verdicts(out);
    return out;
  }

 private:
  struct Hit {
    StatementRef ref;
    std::string level;
    std::set<Strength> strengths;
  };

  bool is(std::string_view option, std::string_view value) const {
    const auto found = options_.find(option);
    return found != options_.end() && found->second == value;
  }

  // Matching statements of one layer and effect: level by level, then in policy order.
  std::vector<Hit> hits(Layer layer, bool deny) const {
    std::vector<std::string> levels{""};
    if (layer == Layer::kScp) levels = facts_.scp_levels;
    if (layer == Layer::kRcp) levels = facts_.rcp_levels;
    const bool leveled = layer == Layer::kScp || layer == Layer::kRcp;
    std::vector<Hit> out;
    for (const std::string& level : levels) {
      for (std::size_t p = 0; p < policies_.size(); ++p) {
        const Policy& policy = policies_[p];
        if (layer_of(policy.type) != layer || !facts_.consults(policy)) continue;
        if (leveled && policy.level != level) continue;
        add_hits(p, deny, leveled ? level : "", out);
      }
    }
    return out;
  }

  void add_hits(std::size_t p, bool deny, const std::string& level, std::vector<Hit>& out) const {
    const auto& statements = policies_[p].document->statements;
    for (std::size_t i = 0; i < statements.size(); ++i) {
      if ((statements[i].effect == policy::Effect::kDeny) != deny) continue;
      const StatementMatch& m = matches_[p][i];
      const bool unknown_counts = deny != best_;
      if (m.match == Tri::kTrue || (m.match == Tri::kUnknown && unknown_counts)) {
        out.push_back({{p, i}, level, m.strengths});
      }
    }
  }

  std::vector<Hit> allows(Layer layer) const { return hits(layer, false); }
  bool allowed(Layer layer) const { return !allows(layer).empty(); }

  std::vector<std::string> levels_without_allow(Layer layer) const {
    std::vector<std::string> out =
        layer == Layer::kScp ? facts_.scp_levels : std::vector<std::string>{};
    if (layer == Layer::kScp && !facts_.scp_applies) out.clear();
    // RCPFullAWSAccess is attached to every level and cannot be detached.
    for (const Hit& hit : allows(layer)) {
      out.erase(std::remove(out.begin(), out.end(), hit.level), out.end());
    }
    return out;
  }

  static Decision deny(Outcome outcome, std::vector<Reason> reasons) {
    Decision out;
    out.outcome = outcome;
    out.reasons = std::move(reasons);
    out.layer = out.reasons.at(0).layer;
    out.statement = out.reasons.at(0).statement;
    return out;
  }

  std::vector<Reason> explicit_denies(const std::vector<Layer>& layers) const {
    std::vector<Reason> out;
    for (const Layer layer : layers) {
      if (layer == Layer::kResource && facts_.root_lockout) continue;
      for (const Hit& hit : hits(layer, true)) out.push_back({layer, hit.ref, hit.level});
    }
    return out;
  }

  std::optional<Decision> always_allowed() const {
    if (!facts_.always_allowed) return std::nullopt;
    if (facts_.vpce_applies && !is("sts.caller_identity_vpce", "ignored")) {
      const auto denies = explicit_denies({Layer::kVpce});
      if (!denies.empty()) return deny(Outcome::kExplicitDeny, denies);
      if (!allowed(Layer::kVpce)) return deny(Outcome::kImplicitDeny, {{Layer::kVpce, {}, ""}});
    }
    if (facts_.operation == "getsessiontoken" && is("sts.get_session_token_deny", "effective")) {
      const auto denies = explicit_denies({std::begin(kExplicitOrder), std::end(kExplicitOrder)});
      if (!denies.empty()) return deny(Outcome::kExplicitDeny, denies);
    }
    Decision out;
    out.outcome = Outcome::kAllow;
    out.layer = Layer::kService;
    out.reasons = {{Layer::kService, {}, ""}};
    return out;
  }

  Decision outcome() {
    if (const auto early = always_allowed()) return *early;
    const auto denies = explicit_denies({std::begin(kExplicitOrder), std::end(kExplicitOrder)});
    if (!denies.empty()) return deny(Outcome::kExplicitDeny, denies);
    std::vector<Reason> blockers;
    for (const std::string& level : levels_without_allow(Layer::kScp)) {
      blockers.push_back({Layer::kScp, {}, level});
    }
    if (facts_.vpce_applies && !allowed(Layer::kVpce)) blockers.push_back({Layer::kVpce, {}, ""});
    Decision granted;
    for (const Layer layer : grant_stage(granted)) blockers.push_back({layer, {}, ""});
    if (refused()) {
      blockers.push_back({Layer::kService, {}, ""});
    }
    if (!blockers.empty()) return deny(Outcome::kImplicitDeny, blockers);
    return granted;
  }

  static bool strong(const Hit& hit, bool plain_bypasses) {
    for (const Strength s : hit.strengths) {
      if (s == Strength::kUser || s == Strength::kSession || s == Strength::kWildcard ||
          s == Strength::kRoot || s == Strength::kService || s == Strength::kFederated) {
        return true;
      }
      if (s == Strength::kWildcardPlain && plain_bypasses) return true;
    }
    return false;
  }
  static bool weak(const Hit& hit) {
    return hit.strengths.contains(Strength::kRole) ||
           hit.strengths.contains(Strength::kParentUser) ||
           hit.strengths.contains(Strength::kWildcardPlain);
  }
  static bool account(const Hit& hit) { return hit.strengths.contains(Strength::kAccount); }

  // Root has no identity policies and needs none.
  bool root_may() const { return facts_.same_account || !is("root.cross_account", "deny"); }

  // Fills `granted`, or returns the layers that block.
  std::vector<Layer> grant_stage(Decision& granted) const {
    const std::vector<Hit> rbp = allows(Layer::kResource);
    if (!facts_.has_account) {
      if (rbp.empty()) return {Layer::kResource};
      grant(granted, Layer::kResource, &rbp.front());
      return {};
    }
    bool identity = allowed(Layer::kIdentity);
    if (facts_.root) identity = root_may();
    const bool boundary = !facts_.has_boundary || allowed(Layer::kBoundary);
    const bool no_session_policy =
        request_.caller.kind == CallerKind::kFederatedUser && !facts_.has_session;
    bool session = !facts_.has_session || allowed(Layer::kSession);
    if (no_session_policy) session = is("federated.default_session", "allow");
    if (request_.caller.kind == CallerKind::kRootSession && !facts_.has_session) session = false;
    const Gates gates{identity, boundary, session, no_session_policy && !session};
    return facts_.same_account ? same_account(rbp, gates, granted)
                               : cross_account(rbp, gates, granted);
  }

  struct Gates {
    bool identity;
    bool boundary;
    bool session;
    bool lacks_session_policy;  // a federated user without any: that alone is blamed
    bool open() const { return boundary && session; }
    void blame(std::vector<Layer>& out) const {
      if (!boundary) out.push_back(Layer::kBoundary);
      if (!session) out.push_back(Layer::kSession);
    }
  };

  std::vector<Layer> same_account(const std::vector<Hit>& rbp, const Gates& gates,
                                  Decision& granted) const {
    const bool root_session = request_.caller.kind == CallerKind::kRootSession;
    const bool bypass = is("rbp.wildcard_bypass", "bypass");
    const Hit* sufficient = nullptr;
    bool any_weak = false;
    bool any_account = false;
    for (const Hit& hit : rbp) {
      const bool enough =
          (strong(hit, bypass) && (!root_session || gates.session)) || (weak(hit) && gates.open());
      if (enough && sufficient == nullptr) sufficient = &hit;
      any_weak = any_weak || weak(hit) || strong(hit, bypass);
      any_account = any_account || account(hit);
    }
    const bool delegated = !facts_.mandatory || any_account;
    const bool by_identity =
        gates.identity && delegated && gates.open() && !(facts_.root && facts_.mandatory);
    if (by_identity) {
      grant(granted, Layer::kIdentity, nullptr);
      bypasses(gates, granted);
      return {};
    }
    if (sufficient != nullptr) {
      grant(granted, Layer::kResource, sufficient);
      bypasses(gates, granted);
      return {};
    }
    std::vector<Layer> out;
    if (!any_weak && !(gates.identity && delegated)) {
      if (gates.lacks_session_policy) return {Layer::kSession};
      const bool nothing = facts_.mandatory && rbp.empty();
      out.push_back(nothing ? Layer::kResource : Layer::kIdentity);
    }
    gates.blame(out);
    return out;
  }

  std::vector<Layer> cross_account(const std::vector<Hit>& rbp, const Gates& gates,
                                   Decision& granted) const {
    if (!rbp.empty() && gates.identity && gates.open()) {
      grant(granted, Layer::kResource, &rbp.front());
      return {};
    }
    std::vector<Layer> out;
    if (gates.lacks_session_policy) return {Layer::kSession};
    if (!gates.identity) out.push_back(Layer::kIdentity);
    if (rbp.empty()) out.push_back(Layer::kResource);
    gates.blame(out);
    return out;
  }

  // `resource`: the resource-based statement that was needed. One witness a layer, scp each level.
  void grant(Decision& out, Layer layer, const Hit* resource) const {
    out.outcome = Outcome::kAllow;
    out.layer = layer;
    std::vector<std::string> seen;
    for (const Hit& hit : allows(Layer::kScp)) {
      if (std::find(seen.begin(), seen.end(), hit.level) != seen.end()) continue;
      seen.push_back(hit.level);
      out.reasons.push_back({Layer::kScp, hit.ref, hit.level});
    }
    if (facts_.vpce_applies) add_witness(out, Layer::kVpce);
    if (resource != nullptr) {
      out.reasons.push_back({Layer::kResource, resource->ref, ""});
      out.statement = resource->ref;
    } else if (facts_.mandatory) {
      for (const Hit& hit : allows(Layer::kResource)) {
        if (!account(hit)) continue;
        out.reasons.push_back({Layer::kResource, hit.ref, ""});
        break;
      }
    }
    const bool cross = facts_.has_account && !facts_.same_account;
    if (layer == Layer::kIdentity || cross) {
      const auto identity = allows(Layer::kIdentity);
      if (!identity.empty()) out.reasons.push_back({Layer::kIdentity, identity[0].ref, ""});
      if (facts_.root) out.reasons.push_back({Layer::kIdentity, {}, ""});
      if (layer == Layer::kIdentity && !identity.empty()) out.statement = identity[0].ref;
    }
    const bool limited =
        layer == Layer::kIdentity || cross ||
        (resource != nullptr && !strong(*resource, is("rbp.wildcard_bypass", "bypass")));
    if (limited && facts_.has_boundary) add_witness(out, Layer::kBoundary);
    if ((limited || request_.caller.kind == CallerKind::kRootSession) && facts_.has_session) {
      add_witness(out, Layer::kSession);
    }
  }

  void add_witness(Decision& out, Layer layer) const {
    const auto found = allows(layer);
    if (!found.empty()) out.reasons.push_back({layer, found[0].ref, ""});
  }

  static void bypasses(const Gates& gates, Decision& out) {
    if (!gates.identity) out.bypassed.push_back(Layer::kIdentity);
    if (!gates.boundary) out.bypassed.push_back(Layer::kBoundary);
    if (!gates.session) out.bypassed.push_back(Layer::kSession);
  }

  LayerVerdict verdict(Layer layer, bool present) const {
    if (!present) return LayerVerdict::kNotApplicable;
    if (!hits(layer, true).empty()) return LayerVerdict::kExplicitDeny;
    if (layer == Layer::kScp) {
      return levels_without_allow(layer).empty() ? LayerVerdict::kAllow
                                                 : LayerVerdict::kImplicitDeny;
    }
    if (layer == Layer::kRcp) return LayerVerdict::kAllow;
    if (layer == Layer::kIdentity && facts_.root) {
      return root_may() ? LayerVerdict::kAllow : LayerVerdict::kImplicitDeny;
    }
    return allowed(layer) ? LayerVerdict::kAllow : LayerVerdict::kImplicitDeny;
  }

  void verdicts(Decision& out) const {
    const bool has_rbp = std::any_of(policies_.begin(), policies_.end(), [&](const Policy& p) {
      return layer_of(p.type) == Layer::kResource && facts_.consults(p);
    });
    const bool cross = !facts_.same_account;
    const bool must_have_session = request_.caller.kind == CallerKind::kFederatedUser ||
                                   request_.caller.kind == CallerKind::kRootSession;
    const auto set = [&](Layer layer, bool present) {
      out.layers[at(layer)] = verdict(layer, present);
    };
    set(Layer::kRcp, facts_.rcp_applies);
    set(Layer::kScp, facts_.scp_applies);
    set(Layer::kVpce, facts_.vpce_applies);
    // An endpoint without a policy has the default one, which allows everything.
    if (facts_.through_endpoint && !facts_.vpce_applies)
      out.layers[at(Layer::kVpce)] = LayerVerdict::kAllow;
    set(Layer::kResource, has_rbp || facts_.mandatory || cross);
    set(Layer::kIdentity, facts_.has_identity || facts_.root);
    set(Layer::kBoundary, facts_.has_boundary);
    set(Layer::kSession, facts_.has_session || must_have_session);
    if (refused()) out.layers[at(Layer::kService)] = LayerVerdict::kImplicitDeny;
    if (out.layer == Layer::kService && out.outcome == Outcome::kAllow) {
      out.layers[at(Layer::kService)] = LayerVerdict::kAllow;
    }
  }

  // The service itself says no, whatever policies say.
  bool refused() const {
    return facts_.impossible_across || facts_.cross_partition || facts_.root_assumes_role ||
           facts_.immutable;
  }

  const std::vector<Policy>& policies_;
  const Matches& matches_;
  const Request& request_;
  const Options& options_;
  bool best_;
  Facts facts_;
};

}  // namespace

Decision decide(const std::vector<Policy>& policies, const Matches& matches, const Request& request,
                const Options& options) {
  const Decision best = Case(policies, matches, request, options, true).decide();
  const Decision worst = Case(policies, matches, request, options, false).decide();
  Decision out = best.outcome == Outcome::kAllow ? worst : best;
  if (best.outcome != worst.outcome) {
    out = Decision{};
    out.outcome = Outcome::kConditional;
    out.reasons = worst.reasons;
  }
  for (std::size_t i = 0; i < out.layers.size(); ++i) {
    out.layers[i] = best.layers[i] == worst.layers[i] ? best.layers[i] : LayerVerdict::kConditional;
  }
  return out;
}

Decision decide(const std::vector<Policy>& policies, const Request& request, const Options& options,
                UnknownKeys* unknown) {
  return decide(policies, match_all(policies, request, options, unknown), request, options);
}

}  // namespace policysim::reference
