// AWS IAM and AWS Organizations (evaluation.md 4.4, 6.3, 6.8).
#include "base/ascii.hpp"
#include "services/service.hpp"

namespace policysim::services {
namespace {

using request::CallerKind;

// Whatever does not only read. Service-linked roles are made and removed by actions of their own.
bool changes(const Call& call) noexcept {
  for (const std::string_view verb : {"generate", "get", "list", "simulate"}) {
    if (base::starts_with_ignore_case(call.name, verb)) return false;
  }
  return !call.in(" createservicelinkedrole deleteservicelinkedrole passrole ");
}

// What AWS or Identity Center keeps for itself.
std::string_view protected_entity(const Call& call) noexcept {
  const bool of_aws = call.resource && call.resource->account() == "aws";
  if (of_aws && call.on("iam", "policy/") && changes(call)) {
    return "AWS managed policies cannot be changed";
  }
  if (call.on("iam", "role/aws-service-role/")) {
    if (call.is("PassRole")) return "service-linked roles cannot be passed";
    if (changes(call)) return "service-linked roles are changed by their service alone";
  }
  if (call.on("iam", "role/aws-reserved/") && changes(call)) {
    return "roles under /aws-reserved/ are changed by AWS alone";
  }
  return {};
}

}  // namespace

void iam_rules(const Call& call, Rules& out) noexcept {
  // A trust policy speaks of sts actions only.
  out.ignores_resource_policy = call.on("iam", "role/");
  const request::Caller& caller = call.request.caller;
  out.refusal = protected_entity(call);
  if (!out.refusal.empty()) return;
  if (caller.kind == CallerKind::kFederatedUser) {
    out.refusal = "sessions of GetFederationToken cannot call IAM";
  } else if (caller.session_token && !caller.mfa) {
    out.refusal = "sessions of GetSessionToken call IAM only with MFA";
  }
}

// Members act on the organization by its delegation policy alone.
void organizations_rules(const Call& /*call*/, Rules& out) noexcept {
  out.across_accounts_by_policy = true;
}

}  // namespace policysim::services
