// AWS KMS (evaluation.md 6.1; KMS developer guide).
#include "services/service.hpp"

namespace policysim::services {
namespace {

// Actions that no key policy governs.
constexpr std::string_view kNoKeyActions =
    " connectcustomkeystore createcustomkeystore createkey deletecustomkeystore "
    "describecustomkeystores disconnectcustomkeystore generaterandom listaliases listkeys "
    "listretirablegrants updatecustomkeystore ";

// What would change an AWS managed key.
constexpr std::string_view kKeyChanges =
    " cancelkeydeletion createalias deleteimportedkeymaterial disablekey disablekeyrotation "
    "enablekey enablekeyrotation importkeymaterial putkeypolicy replicatekey rotatekeyondemand "
    "schedulekeydeletion tagresource untagresource updatealias updatekeydescription "
    "updateprimaryregion ";

constexpr std::string_view kAliasChanges = " createalias deletealias updatealias ";

}  // namespace

void kms_rules(const Call& call, Rules& out) noexcept {
  const bool key_operation = call.on("kms", "key/") && !call.in(kNoKeyActions);
  const bool retires = call.is("RetireGrant");
  // Retiring is a matter of grants and of the issuing account's identity policies.
  out.mandatory = key_operation && !retires;
  out.of_issuer = retires;
  out.ignores_resource_policy = !key_operation || retires;
  out.beyond_rcps = retires;
  if (call.in(kAliasChanges) && call.on("kms", "alias/aws/")) {
    out.refusal = "aliases of AWS managed keys cannot be changed";
  }
  if (!key_operation || !call.request.resource_facts.aws_managed_key) return;
  if (call.in(kKeyChanges)) out.refusal = "AWS managed keys cannot be changed";
  if (call.across_accounts()) out.refusal = "AWS managed keys serve their own account alone";
}

// A table or secret cannot be shared while nobody else may use its key.
void encrypted_store_rules(const Call& call, Rules& out) noexcept {
  if (call.across_accounts() && call.request.resource_facts.encrypted_by_aws_managed_key) {
    out.refusal = "it is encrypted under an AWS managed key, which serves its own account alone";
  }
}

}  // namespace policysim::services
