// Per-service facts that the layers ask for. Actions are compared without case; sources stand with
// the tables. All functions are pure.
#pragma once

#include <cstdint>
#include <string_view>

namespace policysim::services {

// "kms" of "kms:Decrypt".
std::string_view service_of(std::string_view action) noexcept;

// Attachment target of the resource policy that governs `resource`: the bucket of an S3 object, the
// table of an index; else the ARN itself. A view into `resource`.
std::string_view policy_target(std::string_view resource) noexcept;

// A KMS operation on a key, which the key policy governs.
bool is_key_operation(std::string_view action, std::string_view resource) noexcept;
// An sts action on a role, which its trust policy governs.
bool is_trust_operation(std::string_view action, std::string_view resource) noexcept;

// Must the resource's own policy allow, whatever identity policies say?
bool resource_policy_mandatory(std::string_view action, std::string_view resource) noexcept;
// Is a policy of this resource not consulted for the action (kms:ListKeys, iam:GetRole)?
bool ignores_resource_policy(std::string_view action, std::string_view resource) noexcept;

// Can the action work across accounts? kByOption: semantics option xaccount.lambda.
enum class CrossAccount : std::uint8_t { kPossible, kImpossible, kByOption };
CrossAccount across_accounts(std::string_view action) noexcept;

// Why the service refuses whatever policies say; empty: it does not.
std::string_view refusal(std::string_view action, std::string_view resource,
                         bool caller_is_root) noexcept;

// Needs no permission (sts:GetCallerIdentity, sts:GetSessionToken).
bool always_allowed(std::string_view action) noexcept;
// A bucket policy cannot lock its owner's root user out of these.
bool root_may_unlock(std::string_view action) noexcept;
// RCPs never apply, whatever service list is in force.
bool beyond_rcps(std::string_view action, std::string_view resource) noexcept;

}  // namespace policysim::services
