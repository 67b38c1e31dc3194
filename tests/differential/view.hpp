// One decided request in the words of the specification's tables: who calls whose resource, how the
// resource-based Allows name the caller, what the layers say.
#pragma once

#include <set>

#include "differential/compare.hpp"

namespace policysim::differential {

// How a resource-based Allow names the caller.
enum class PrincipalForm {
  kArn,          // of the user, session, federated user; a service's name, a provider
  kParent,       // the session's role, the federated user's user
  kStarWithArn,  // `*` under a positive condition on aws:PrincipalArn
  kStar,
  kAccount
};

struct View {
  View(const Case& generated, const Comparison& comparison, std::size_t request);

  const Case& generated;
  const Comparison& comparison;
  const request::Data& data;
  const Seen& seen;
  std::string service;  // as the request writes it
  const Account* caller_account = nullptr;
  const Account* resource_account = nullptr;
  bool has_account = false;  // a signed caller of an account
  bool cross = false;        // … of another one than the resource's
  bool mandatory = false;    // the resource's own policy must allow
  bool has_resource_policy = false;
  bool default_readings = false;
  std::set<PrincipalForm> forms;   // of the resource-based Allows that match
  bool doubtful_resource = false;  // whether another one matches is unknown
  bool resource_denies = false;

  request::CallerKind kind() const { return data.caller.kind; }
  Outcome outcome() const { return seen.decision.outcome; }
  LayerVerdict verdict(Layer layer) const {
    return seen.decision.layers[static_cast<std::size_t>(layer)];
  }
  bool allows(Layer layer) const { return verdict(layer) == LayerVerdict::kAllow; }
  bool silent(Layer layer) const { return verdict(layer) == LayerVerdict::kImplicitDeny; }
  bool denies(Layer layer) const { return verdict(layer) == LayerVerdict::kExplicitDeny; }
  bool absent(Layer layer) const { return verdict(layer) == LayerVerdict::kNotApplicable; }
  bool is_reason(Layer layer) const;
  bool only_reason(Layer layer) const;
  // Allowed or implicitly denied, and neither guardrails nor the service have a part in it.
  bool by_grant_stage() const;
  // No policy but the resource's, the identity's, boundary and session speak.
  bool by_policies() const {
    return by_grant_stage() && absent(Layer::kGrant) && absent(Layer::kAcl);
  }
};

// An existing S3 object that another account than its bucket's owns; that account.
bool is_foreign_object(const View& view);
std::string owner_of_object(const View& view);

}  // namespace policysim::differential
