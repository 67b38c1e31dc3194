// What a decision rests on: witnesses and the verdict of each layer.
#include <algorithm>

#include "reference/case.hpp"

namespace policysim::reference {
namespace {

std::size_t at(Layer layer) { return static_cast<std::size_t>(layer); }

bool for_account(const Hit& hit) { return hit.strengths.contains(Strength::kAccount); }

}  // namespace

bool Case::needs_identity(Layer layer) const {
  const bool cross = facts_.has_account && !facts_.same_account;
  if (layer == Layer::kGrant) return !grants_.limited && !grants_.unlimited;
  return layer == Layer::kIdentity || cross;
}

// One witness a layer, scp each level.
void Case::grant(Decision& out, Layer layer, const Hit* resource) const {
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
  } else if (facts_.mandatory && layer == Layer::kIdentity) {
    for (const Hit& hit : allows(Layer::kResource)) {
      if (!for_account(hit)) continue;
      out.reasons.push_back({Layer::kResource, hit.ref, ""});
      break;
    }
  }
  const bool cross = facts_.has_account && !facts_.same_account;
  if (needs_identity(layer)) {
    const Hits identity = allows(Layer::kIdentity);
    if (!identity.empty()) out.reasons.push_back({Layer::kIdentity, identity[0].ref, ""});
    if (facts_.root) out.reasons.push_back({Layer::kIdentity, {}, ""});
    if (layer == Layer::kIdentity && !identity.empty()) out.statement = identity[0].ref;
  }
  const bool limited = layer == Layer::kIdentity || layer == Layer::kAcl || cross ||
                       (layer == Layer::kGrant && !grants_.unlimited) ||
                       (resource != nullptr && !strong(*resource));
  if (limited && facts_.has_boundary) add_witness(out, Layer::kBoundary);
  if ((limited || request_.caller.kind == CallerKind::kRootSession) && facts_.has_session) {
    add_witness(out, Layer::kSession);
  }
  if (layer == Layer::kGrant || layer == Layer::kAcl) out.reasons.push_back({layer, {}, ""});
}

void Case::add_witness(Decision& out, Layer layer) const {
  const Hits found = allows(layer);
  if (!found.empty()) out.reasons.push_back({layer, found[0].ref, ""});
}

LayerVerdict Case::verdict(Layer layer, bool present) const {
  if (!present) return LayerVerdict::kNotApplicable;
  if (!hits(layer, true).empty()) return LayerVerdict::kExplicitDeny;
  if (layer == Layer::kScp) {
    return levels_without_allow(layer).empty() ? LayerVerdict::kAllow : LayerVerdict::kImplicitDeny;
  }
  if (layer == Layer::kRcp) return LayerVerdict::kAllow;
  if (layer == Layer::kIdentity && facts_.root) {
    return root_may() ? LayerVerdict::kAllow : LayerVerdict::kImplicitDeny;
  }
  return allowed(layer) ? LayerVerdict::kAllow : LayerVerdict::kImplicitDeny;
}

void Case::verdicts(Decision& out) const {
  const auto& policies = question_.policies;
  const bool has_rbp = std::any_of(policies.begin(), policies.end(), [&](const Policy& p) {
    const bool of_resource = p.type == PolicyType::kResource || p.type == PolicyType::kKey ||
                             p.type == PolicyType::kTrust;
    return of_resource && facts_.consults(p);
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
  set(Layer::kResource, has_rbp || facts_.mandatory || facts_.open_by_default || cross);
  set(Layer::kIdentity, facts_.has_identity || facts_.root);
  set(Layer::kBoundary, facts_.has_boundary);
  set(Layer::kSession, facts_.has_session || must_have_session);
  if (grants_.exists) {
    out.layers[at(Layer::kGrant)] =
        grants_.any() ? LayerVerdict::kAllow : LayerVerdict::kImplicitDeny;
  }
  if (acl_ != Acl::kNone) {
    out.layers[at(Layer::kAcl)] =
        acl_ == Acl::kAllows ? LayerVerdict::kAllow : LayerVerdict::kImplicitDeny;
  }
  if (shut_out_) out.layers[at(Layer::kBpa)] = LayerVerdict::kExplicitDeny;
  if (refused()) out.layers[at(Layer::kService)] = LayerVerdict::kImplicitDeny;
  if (out.layer == Layer::kService && out.outcome == Outcome::kAllow) {
    out.layers[at(Layer::kService)] = LayerVerdict::kAllow;
  }
}

}  // namespace policysim::reference
