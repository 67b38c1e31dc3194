// Calls across accounts: both sides must allow, with the exceptions of the table.
#include <algorithm>

#include "differential/generator.hpp"
#include "differential/rows.hpp"

namespace policysim::differential {
namespace {

using reference::Tri;
using request::CallerKind;

using Judgement = std::optional<bool>;

constexpr Judgement kNotThis = std::nullopt;

bool allowed(const View& v) { return v.outcome() == Outcome::kAllow; }
bool refused(const View& v) { return v.outcome() == Outcome::kImplicitDeny; }

// A call across accounts that policies alone decide.
bool plain(const View& v) { return v.cross && v.by_policies() && !is_foreign_object(v); }
bool limited(const View& v) { return v.silent(Layer::kBoundary) || v.silent(Layer::kSession); }
bool resource_allows(const View& v) { return !v.forms.empty(); }

Judgement both_allow(const View& v) {
  if (!plain(v) || !resource_allows(v) || !v.allows(Layer::kIdentity) || limited(v)) {
    return kNotThis;
  }
  return allowed(v) && v.seen.decision.layer == Layer::kResource;
}

Judgement identity_silent(const View& v) {
  if (!plain(v) || !resource_allows(v) || !v.silent(Layer::kIdentity)) return kNotThis;
  return refused(v) && (v.is_reason(Layer::kIdentity) || v.is_reason(Layer::kSession));
}

Judgement named_but_identity_silent(const View& v) {
  const bool named =
      v.forms.contains(PrincipalForm::kArn) || v.forms.contains(PrincipalForm::kStarWithArn);
  return named ? identity_silent(v) : kNotThis;
}

Judgement resource_silent(const View& v) {
  const bool policy = v.has_resource_policy && !resource_allows(v);
  if (!plain(v) || !policy || !v.allows(Layer::kIdentity) || limited(v)) return kNotThis;
  return refused(v) && v.seen.decision.layer == Layer::kResource;
}

Judgement both_silent(const View& v) {
  const bool federated = v.kind() == CallerKind::kFederatedUser;  // may lack a session policy
  if (!plain(v) || federated || resource_allows(v) || !v.silent(Layer::kIdentity)) return kNotThis;
  return refused(v) && v.is_reason(Layer::kIdentity) && v.is_reason(Layer::kResource);
}

Judgement account_delegates(const View& v) {
  return v.forms == std::set<PrincipalForm>{PrincipalForm::kAccount} ? both_allow(v) : kNotThis;
}

Judgement limit_silent(const View& v, Layer layer) {
  if (!plain(v) || !resource_allows(v) || !v.allows(Layer::kIdentity) || !v.silent(layer)) {
    return kNotThis;
  }
  // A federated user without session policy has no permissions: that alone is named.
  const bool federated = v.kind() == CallerKind::kFederatedUser && v.silent(Layer::kSession);
  return refused(v) && v.is_reason(federated ? Layer::kSession : layer);
}

Judgement scp_of_caller(const View& v) {
  if (!v.cross || !v.default_readings || !v.silent(Layer::kScp)) return kNotThis;
  if (v.outcome() == Outcome::kConditional) return kNotThis;
  return !allowed(v);
}

Judgement rcp_of_resource(const View& v) {
  if (!v.cross || !v.default_readings || !v.denies(Layer::kRcp)) return kNotThis;
  return v.outcome() == Outcome::kExplicitDeny;
}

bool stands_at(const reference::Policy& policy, PolicyType type, const std::string& level) {
  return policy.type == type && policy.level == level;
}

// Would the account's own levels refuse, if they had a say?
bool levels_refuse(const View& v, const Account& account, PolicyType type) {
  for (const std::string& level : account.levels) {
    bool allows = type == PolicyType::kRcp;
    for (std::size_t p = 0; p < v.comparison.policies.size(); ++p) {
      const reference::Policy& policy = v.comparison.policies[p];
      if (!stands_at(policy, type, level)) continue;
      for (std::size_t s = 0; s < policy.document->statements.size(); ++s) {
        if (v.seen.matches[p][s].match != Tri::kTrue) continue;
        if (policy.document->statements[s].effect == policy::Effect::kDeny) return true;
        allows = true;
      }
    }
    if (!allows) return true;
  }
  return false;
}

Judgement scp_of_resource(const View& v) {
  const bool refuses = v.resource_account != nullptr && v.resource_account->scp_enabled &&
                       levels_refuse(v, *v.resource_account, PolicyType::kScp);
  const bool own = v.caller_account != nullptr && v.caller_account->scp_enabled &&
                   levels_refuse(v, *v.caller_account, PolicyType::kScp);
  return refuses && !own ? both_allow(v) : kNotThis;
}

Judgement rcp_of_caller(const View& v) {
  const bool refuses = v.caller_account != nullptr && v.caller_account->rcp_enabled &&
                       levels_refuse(v, *v.caller_account, PolicyType::kRcp);
  const bool own = v.resource_account != nullptr && v.resource_account->rcp_enabled &&
                   levels_refuse(v, *v.resource_account, PolicyType::kRcp);
  return refuses && !own ? both_allow(v) : kNotThis;
}

Judgement root_caller(const View& v) {
  return v.kind() == CallerKind::kRoot ? both_allow(v) : kNotThis;
}

bool crosses_partitions(const View& v) {
  const std::string& partition = v.data.resource_facts.partition;
  return !partition.empty() && !v.data.caller.partition.empty() &&
         partition != v.data.caller.partition;
}

// Both sides allow, and nothing but the service refuses.
Judgement only_service(const View& v, bool partitions) {
  const bool possible = v.cross && v.default_readings && v.silent(Layer::kService) &&
                        resource_allows(v) && v.allows(Layer::kIdentity) && !limited(v) &&
                        crosses_partitions(v) == partitions && v.only_reason(Layer::kService);
  return possible ? Judgement(refused(v)) : kNotThis;
}

// Callers without an account: the resource's policy alone.
Judgement unsigned_caller(const View& v, CallerKind kind, bool allow) {
  if (v.kind() != kind || !v.by_policies() || resource_allows(v) != allow) return kNotThis;
  return allowed(v) == allow && v.seen.decision.layer == Layer::kResource;
}

Judgement anonymous_acl(const View& v) {
  const bool possible = v.kind() == CallerKind::kAnonymous && v.by_grant_stage() &&
                        !resource_allows(v) && v.allows(Layer::kAcl);
  return possible ? Judgement(allowed(v) && v.seen.decision.layer == Layer::kAcl) : kNotThis;
}

Judgement refused_by_bpa(const View& v, bool anonymous) {
  const bool caller = anonymous ? v.kind() == CallerKind::kAnonymous : v.cross;
  if (!caller || !v.denies(Layer::kBpa)) return kNotThis;
  return v.outcome() == Outcome::kExplicitDeny;
}

bool granted(const View& v) { return v.cross && v.by_grant_stage() && v.allows(Layer::kGrant); }

bool has_grant_of(const View& v, const std::string& issuer) {
  return std::any_of(v.generated.grants.begin(), v.generated.grants.end(),
                     [&](const KeyGrant& grant) { return grant.grant.issuer == issuer; });
}

Judgement grant_of_callers_account(const View& v) {
  const bool only = granted(v) && !resource_allows(v) && v.silent(Layer::kIdentity) &&
                    !limited(v) && has_grant_of(v, v.data.caller.account);
  return only && allowed(v) ? Judgement(v.seen.decision.layer == Layer::kGrant) : kNotThis;
}

Judgement grant_of_keys_account(const View& v, bool identity) {
  const bool only =
      granted(v) && !resource_allows(v) && !limited(v) && !has_grant_of(v, v.data.caller.account);
  if (!only || v.allows(Layer::kIdentity) != identity) return kNotThis;
  if (!identity) return refused(v) && v.is_reason(Layer::kIdentity);
  return allowed(v) && v.seen.decision.layer == Layer::kGrant;
}

Judgement acl_across(const View& v, bool identity) {
  const bool only = v.cross && v.by_grant_stage() && v.allows(Layer::kAcl) && !resource_allows(v) &&
                    !limited(v) && !is_foreign_object(v);
  if (!only || v.allows(Layer::kIdentity) != identity) return kNotThis;
  if (!identity) return refused(v);
  return allowed(v) && v.seen.decision.layer == Layer::kAcl;
}

Judgement always_allowed(const View& v, const std::string& action) {
  if (v.data.action != action || v.kind() == CallerKind::kAnonymous || !v.default_readings) {
    return kNotThis;
  }
  if (!v.denies(Layer::kIdentity) && !v.denies(Layer::kScp) && !v.denies(Layer::kBoundary)) {
    return kNotThis;
  }
  if (!v.absent(Layer::kVpce) && !v.allows(Layer::kVpce)) return kNotThis;
  if (v.silent(Layer::kService)) return kNotThis;  // not with these credentials
  return allowed(v) && v.seen.decision.layer == Layer::kService;
}

bool foreign(const View& v) { return is_foreign_object(v) && v.by_grant_stage() && !limited(v); }

Judgement foreign_bucket_allow(const View& v) {
  const bool possible = foreign(v) && v.has_account && resource_allows(v) &&
                        !v.allows(Layer::kAcl) && owner_of_object(v) != v.data.caller.account;
  return possible ? Judgement(refused(v) && v.is_reason(Layer::kResource)) : kNotThis;
}

Judgement foreign_bucket_deny(const View& v) {
  const bool possible = is_foreign_object(v) && v.default_readings && v.resource_denies;
  return possible ? Judgement(v.outcome() == Outcome::kExplicitDeny) : kNotThis;
}

Judgement foreign_owner_calls(const View& v) {
  const bool possible =
      foreign(v) && v.allows(Layer::kIdentity) && owner_of_object(v) == v.data.caller.account;
  return possible ? Judgement(allowed(v)) : kNotThis;
}

Judgement foreign_acl(const View& v) {
  const bool possible = foreign(v) && v.has_account && v.allows(Layer::kAcl) &&
                        v.allows(Layer::kIdentity) && owner_of_object(v) != v.data.caller.account;
  return possible ? Judgement(allowed(v) && v.seen.decision.layer == Layer::kAcl) : kNotThis;
}

Judgement ram_share(const View& v) { return v.service == "codebuild" ? both_allow(v) : kNotThis; }

Judgement no_resource_policy(const View& v) {
  const bool possible = plain(v) && !v.has_resource_policy && !target_of(v.data).has_policy &&
                        v.allows(Layer::kIdentity) && !limited(v);
  return possible ? Judgement(refused(v) && v.only_reason(Layer::kResource)) : kNotThis;
}

// After AssumeRole the caller is the role's: its own account's rules.
Judgement role_chaining(const View& v) {
  const bool possible = !v.cross && v.kind() == CallerKind::kRoleSession && v.by_policies() &&
                        v.allows(Layer::kIdentity) && !limited(v) && !v.mandatory;
  return possible ? Judgement(allowed(v) && v.seen.decision.layer == Layer::kIdentity) : kNotThis;
}

Judgement presigned(const View& v) {
  const bool is = std::any_of(v.data.context.begin(), v.data.context.end(), [](const auto& entry) {
    return entry.key == "s3:authType" &&
           entry.values == std::vector<std::string>{"REST-QUERY-STRING"};
  });
  return is ? both_allow(v) : kNotThis;
}

}  // namespace

void add_cross_rows(std::vector<Row>& out) {
  const auto add = [&](const char* name, std::function<Judgement(const View&)> judge) {
    out.push_back({std::string("5 ") + name, std::move(judge)});
  };
  add("both sides allow", both_allow);
  add("identity silent", identity_silent);
  add("identity silent, the policy names the caller", named_but_identity_silent);
  add("resource silent", resource_silent);
  add("both silent", both_silent);
  add("the policy names the account", account_delegates);
  add("boundary silent", [](const View& v) { return limit_silent(v, Layer::kBoundary); });
  add("session silent", [](const View& v) { return limit_silent(v, Layer::kSession); });
  add("SCPs of the caller's account bind", scp_of_caller);
  add("SCPs of the resource's account do not", scp_of_resource);
  add("RCPs of the resource's account bind", rcp_of_resource);
  add("RCPs of the caller's account do not", rcp_of_caller);
  add("root user", root_caller);
  add("operation not possible", [](const View& v) { return only_service(v, false); });
  add("partitions", [](const View& v) { return only_service(v, true); });
  for (const auto& [name, kind] : {std::pair{"service principal", CallerKind::kService},
                                   std::pair{"anonymous", CallerKind::kAnonymous},
                                   std::pair{"federated idp", CallerKind::kFederatedIdp}}) {
    for (const bool allow : {true, false}) {
      out.push_back({std::string("5 ") + name + (allow ? ", allowed" : ", silent"),
                     [k = kind, allow](const View& v) { return unsigned_caller(v, k, allow); }});
    }
  }
  add("anonymous by ACL", anonymous_acl);
  add("anonymous refused by Block Public Access",
      [](const View& v) { return refused_by_bpa(v, true); });
  add("refused by Block Public Access", [](const View& v) { return refused_by_bpa(v, false); });
  add("KMS grant of the caller's account", grant_of_callers_account);
  add("KMS grant of the key's account, identity allows",
      [](const View& v) { return grant_of_keys_account(v, true); });
  add("KMS grant of the key's account, identity silent",
      [](const View& v) { return grant_of_keys_account(v, false); });
  add("S3 ACL, identity allows", [](const View& v) { return acl_across(v, true); });
  add("S3 ACL, identity silent", [](const View& v) { return acl_across(v, false); });
  for (const char* action : {"sts:GetCallerIdentity", "sts:GetSessionToken"}) {
    out.push_back(
        {std::string("5 ") + action + " under a Deny",
         [name = std::string(action)](const View& v) { return always_allowed(v, name); }});
  }
  add("foreign object, bucket policy allows", foreign_bucket_allow);
  add("foreign object, bucket policy denies", foreign_bucket_deny);
  add("foreign object, caller of its owner", foreign_owner_calls);
  add("foreign object, ACL", foreign_acl);
  add("shared by RAM", ram_share);
  add("no resource policy", no_resource_policy);
  add("role chaining", role_chaining);
  add("presigned URL", presigned);
}

}  // namespace policysim::differential
