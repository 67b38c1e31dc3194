// AWS STS (evaluation.md 4.4 and 6.2; STS API reference).
#include "services/service.hpp"

namespace policysim::services {
namespace {

using request::CallerKind;

bool is_long_term(const request::Caller& caller) noexcept {
  return (caller.kind == CallerKind::kUser || caller.kind == CallerKind::kRoot) &&
         !caller.session_token;
}

// A session of the very role that it wants to assume.
bool assumes_itself(const Call& call) noexcept {
  const request::Caller& caller = call.request.caller;
  if (caller.kind != CallerKind::kRoleSession || !call.is("AssumeRole")) return false;
  if (!caller.principal_arn.empty()) return caller.principal_arn == call.request.resource;
  // A session ARN has lost the path of its role; names are unique within an account.
  const auto last = [](std::string_view text) { return text.substr(text.rfind('/') + 1); };
  return call.on("iam", "role/") && call.resource->account() == caller.account &&
         call.resource->partition() == caller.partition &&
         last(call.resource->resource()) == last(caller.entry);
}

void assume_root(const Call& call, Rules& out) noexcept {
  const request::Caller& caller = call.request.caller;
  out.identity_decides = true;
  out.across_accounts = true;
  if (!out.refusal.empty()) return;
  const bool manages = caller.in_management_account && !caller.organization.empty() &&
                       caller.organization == call.request.resource_facts.organization;
  if (!manages) {
    out.refusal = "only the management account or a delegated administrator of IAM assumes root";
  } else if (caller.kind == CallerKind::kRoot || caller.kind == CallerKind::kRootSession) {
    out.refusal = "the root user cannot call sts:AssumeRoot";
  }
}

// What the credentials cannot do, whatever policies say.
std::string_view refusal(const Call& call) noexcept {
  const request::Caller& caller = call.request.caller;
  if (call.is("AssumeRole") && caller.kind == CallerKind::kRoot) {
    return "the root user cannot assume roles";
  }
  if (caller.kind == CallerKind::kFederatedUser) {
    return "sessions of GetFederationToken cannot call AWS STS";
  }
  if (call.is("GetFederationToken") && !is_long_term(caller)) {
    return "only long-term credentials can call sts:GetFederationToken";
  }
  // Tags and source identity belong to AssumeRole.
  if (caller.session_token && !call.in(" assumerole setsourceidentity tagsession ")) {
    return "sessions of GetSessionToken can call sts:AssumeRole and sts:GetCallerIdentity alone";
  }
  return {};
}

}  // namespace

void sts_rules(const Call& call, Rules& out) noexcept {
  const request::Caller& caller = call.request.caller;
  const bool known = caller.kind != CallerKind::kAnonymous;
  if (call.is("GetCallerIdentity")) {
    out.always_allowed = known;
    return;
  }
  if (call.is("GetSessionToken")) {
    out.always_allowed = out.ignored_denies = known;
    if (known && !is_long_term(caller)) {
      out.refusal = "only long-term credentials can call sts:GetSessionToken";
    }
    return;
  }
  out.role_trust = out.mandatory = call.on("iam", "role/");
  out.self_trust = assumes_itself(call);
  // Roles of services are assumed by them whatever RCPs say.
  out.beyond_rcps = call.on("iam", "role/aws-service-role/");
  out.refusal = refusal(call);
  if (call.is("AssumeRoot")) assume_root(call, out);
}

}  // namespace policysim::services
