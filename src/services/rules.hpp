// What single services add to the general rules of evaluation: one row and at most one file each.
// All functions are pure.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "catalog/semantics_options.hpp"
#include "request/request.hpp"

namespace policysim::services {

// "kms" of "kms:Decrypt".
std::string_view service_of(std::string_view action) noexcept;

// Attachment target of the resource policy that governs `resource`: the bucket of an S3 object, the
// table of an index; else the ARN itself. A view into `resource`.
std::string_view policy_target(std::string_view resource) noexcept;

// Does the S3 action ask the ACL of an existing object, or that of its bucket?
bool asks_object_acl(std::string_view action) noexcept;

// The refusal of a bucket that blocks customer keys; AWS words it by this reason.
inline constexpr std::string_view kBlockedCustomerKeys =
    "this bucket has blocked upload requests that specify Server Side Encryption with Customer "
    "provided keys (SSE-C)";

// Whose object it is, where S3 asks (evaluation.md 6.4). kUnknown: nobody says.
enum class ObjectOwner : std::uint8_t { kBucketOwner, kOther, kUnknown };

// The answers for one request.
struct Rules {
  bool mandatory = false;   // the resource's own policy must allow, whatever identity policies say
  bool of_issuer = false;   // identity policies count in the account that issued a grant
  bool role_trust = false;  // … and it is a role's trust policy
  bool self_trust = false;  // a role assumes itself: option sts.implicit_self_trust
  bool ignores_resource_policy = false;       // the action is not its subject (iam:GetRole)
  bool identity_decides = false;              // as in one account, whoever owns the resource
  bool open_without_resource_policy = false;  // everybody may, as long as no policy is attached
  bool always_allowed = false;   // needs no permission; only `refusal` and endpoint policies count
  bool ignored_denies = false;   // … though a Deny matches: sts.get_session_token_deny
  bool root_may_unlock = false;  // no resource policy locks its owner's root user out
  bool beyond_rcps = false;      // whatever service list is in force

  bool across_accounts = true;             // can the action work across accounts?
  bool across_accounts_by_policy = false;  // … only where a resource policy is attached
  std::optional<catalog::Option> across_accounts_option;  // its reading 0 says: it cannot
  bool across_accounts_unlisted = false;                  // no list of such actions is known

  std::string_view refusal;  // why the service refuses, whatever policies say; empty: it does not
  bool refusal_unknown = false;  // … if an unknown key has the value that it refuses

  bool acls = false;  // access control lists are in force
  bool acl_allows = false;
  ObjectOwner owner = ObjectOwner::kBucketOwner;
  bool may_be_callers = false;           // kUnknown: perhaps of the caller's account
  std::string_view owner_account;        // kOther
  bool restricts_public = false;         // S3 Block Public Access: RestrictPublicBuckets
  bool access_point = false;             // the resource policy is that of an access point
  bool resource_policy_private = false;  // an access point of a VPC

  std::string_view not_modelled;  // what of this service the decision leaves out; empty: nothing
};
Rules rules_of(const request::Data& request) noexcept;

// Is it known that resource policies of the service follow the ordinary rules? For others option
// rbp.mandatory_unlisted is asked.
bool has_ordinary_policies(std::string_view service_prefix) noexcept;

// A key or fact whose value rules of services ask for, beside statements, and which is unknown.
struct UnknownFact {
  std::string_view name;                   // "s3.owner"; empty: none
  std::array<std::string_view, 3> values;  // one of each class; empty or twice: no further one
  bool may_be_absent = false;
};
UnknownFact unknown_fact(const request::Data& request) noexcept;

}  // namespace policysim::services
