// Who grants: identity-based and resource-based statements, access control lists and KMS grants, in
// one account and across accounts.
#include "reference/case.hpp"

namespace policysim::reference {
namespace {

bool weak(const Hit& hit) {
  return hit.strengths.contains(Strength::kRole) || hit.strengths.contains(Strength::kParentUser) ||
         hit.strengths.contains(Strength::kWildcardPlain);
}

bool for_account(const Hit& hit) { return hit.strengths.contains(Strength::kAccount); }

void bypasses(const Gates& gates, Decision& out) {
  if (!gates.identity) out.bypassed.push_back(Layer::kIdentity);
  if (!gates.boundary) out.bypassed.push_back(Layer::kBoundary);
  if (!gates.session) out.bypassed.push_back(Layer::kSession);
}

}  // namespace

void Gates::blame(std::vector<Layer>& out) const {
  if (!boundary) out.push_back(Layer::kBoundary);
  if (!session) out.push_back(Layer::kSession);
}

bool Case::strong(const Hit& hit) const {
  for (const Strength s : hit.strengths) {
    if (s == Strength::kUser || s == Strength::kSession || s == Strength::kWildcard ||
        s == Strength::kRoot || s == Strength::kService || s == Strength::kFederated) {
      return true;
    }
    if (s == Strength::kWildcardPlain && is("rbp.wildcard_bypass", "bypass")) return true;
  }
  return false;
}

// Root has no identity policies and needs none.
bool Case::root_may() const { return facts_.same_account || !is("root.cross_account", "deny"); }

Gates Case::gates() const {
  const CallerKind kind = request_.caller.kind;
  Gates out;
  out.identity = facts_.root ? root_may() : allowed(Layer::kIdentity);
  out.boundary = !facts_.has_boundary || allowed(Layer::kBoundary);
  out.session = !facts_.has_session || allowed(Layer::kSession);
  if (kind == CallerKind::kRootSession && !facts_.has_session) out.session = false;
  if (kind == CallerKind::kFederatedUser && !facts_.has_session) {
    out.session = is("federated.default_session", "allow");
    out.lacks_session_policy = !out.session;
  }
  return out;
}

bool Case::enough_by_grant(const Gates& gates) const {
  return grants_.unlimited ||
         ((grants_.limited || (grants_.with_identity && gates.identity)) && gates.open());
}

std::vector<Layer> Case::grant_stage(Decision& granted) const {
  const Hits rbp = allows(Layer::kResource);
  if (!facts_.has_account) return unsigned_caller(rbp, granted);
  return facts_.same_account ? same_account(rbp, gates(), granted)
                             : cross_account(rbp, gates(), granted);
}

std::vector<Layer> Case::unsigned_caller(const Hits& rbp, Decision& granted) const {
  if (!rbp.empty()) {
    grant(granted, Layer::kResource, &rbp.front());
  } else if (acl_ == Acl::kAllows) {
    grant(granted, Layer::kAcl, nullptr);
  } else if (grants_.unlimited) {
    grant(granted, Layer::kGrant, nullptr);
  } else {
    return {Layer::kResource};
  }
  return {};
}

std::vector<Layer> Case::same_account(const Hits& rbp, const Gates& gates,
                                      Decision& granted) const {
  const bool root_session = request_.caller.kind == CallerKind::kRootSession;
  const Hit* sufficient = nullptr;
  bool any_direct = false;
  bool any_account = false;
  for (const Hit& hit : rbp) {
    const bool enough =
        (strong(hit) && (!root_session || gates.session)) || (weak(hit) && gates.open());
    if (enough && sufficient == nullptr) sufficient = &hit;
    any_direct = any_direct || weak(hit) || strong(hit);
    any_account = any_account || for_account(hit);
  }
  // To retire what another account has granted is not in this account's gift.
  const bool not_issuer = facts_.retires_grant && grants_.by_others;
  const bool delegated = (!facts_.mandatory || any_account) && !not_issuer;
  const bool by_identity =
      gates.identity && delegated && gates.open() && !(facts_.root && facts_.mandatory);
  if (by_identity || sufficient != nullptr || enough_by_grant(gates)) {
    const Layer layer = by_identity             ? Layer::kIdentity
                        : sufficient != nullptr ? Layer::kResource
                                                : Layer::kGrant;
    grant(granted, layer, layer == Layer::kResource ? sufficient : nullptr);
    bypasses(gates, granted);
    return {};
  }
  std::vector<Layer> out;
  const bool by_grant = grants_.limited || (grants_.with_identity && gates.identity);
  if (!any_direct && !by_grant && !(gates.identity && delegated)) {
    if (gates.lacks_session_policy) return {Layer::kSession};
    const bool nothing = (facts_.mandatory && rbp.empty()) || (not_issuer && gates.identity);
    out.push_back(nothing ? Layer::kResource : Layer::kIdentity);
  }
  gates.blame(out);
  return out;
}

// Both sides must allow; nothing is bypassed. A grant is worth both, or the resource's side alone.
std::vector<Layer> Case::cross_account(const Hits& rbp, const Gates& gates,
                                       Decision& granted) const {
  const bool resource = !rbp.empty() || acl_ == Acl::kAllows;
  if (resource && gates.identity && gates.open()) {
    const Layer layer = rbp.empty() ? Layer::kAcl : Layer::kResource;
    grant(granted, layer, rbp.empty() ? nullptr : &rbp.front());
    return {};
  }
  if (enough_by_grant(gates)) {
    grant(granted, Layer::kGrant, nullptr);
    return {};
  }
  std::vector<Layer> out;
  if (gates.lacks_session_policy) return {Layer::kSession};
  if (!gates.identity && !grants_.limited) out.push_back(Layer::kIdentity);
  if (!resource && !grants_.limited && !grants_.with_identity) out.push_back(Layer::kResource);
  gates.blame(out);
  return out;
}

}  // namespace policysim::reference
