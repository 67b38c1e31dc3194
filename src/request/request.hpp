// One authorization request as plain data: caller, action, resource, context.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/semantics_options.hpp"
#include "policysim/request.hpp"

namespace policysim::request {

enum class CallerKind : std::uint8_t {
  kUser,
  kRoleSession,
  kFederatedUser,
  kRoot,
  kRootSession,
  kService,
  kServiceLinkedRole,
  kFederatedIdp,
  kAnonymous
};
std::string_view to_string(CallerKind kind) noexcept;  // "role-session" …

// Who signs. Empty strings mean "not known" or "has none".
struct Caller {
  CallerKind kind = CallerKind::kAnonymous;
  std::string arn;  // ARN that signs (session ARN), service principal, provider, "anonymous"
  std::string principal_arn;  // role ARN with path of sessions where known; else empty for sessions
  std::string account;        // empty for service, federated-idp, anonymous
  std::string partition;      // "aws" …
  std::string unique_id;      // AIDA…/AROA… without ":session"
  std::string canonical_id;
  std::string issuer_arn;  // federated user: the user that called GetFederationToken
  std::vector<std::string> service_names;
  std::string entry;  // attachment target: the world's name, else ARN of user or role
  bool has_session_policies = false;  // session policies were passed, perhaps an empty list
  bool session_token = false;         // credentials of GetSessionToken: kUser, kRoot
  bool mfa = false;                   // … issued with MFA
  bool in_management_account = false;
  std::string organization;     // id; empty: none or unknown
  std::string account_created;  // date; empty: not stated
};

// Derives a Caller from what an ARN or name alone says.
std::optional<Caller> caller_from_arn(std::string_view principal);

enum class Origin : std::uint8_t { kContext, kRequest, kWorld, kDefault };
std::string_view to_string(Origin origin) noexcept;

enum class ValueState : std::uint8_t { kScalar, kList, kUnknown, kAbsent };

// One context key. Two entries of the same key by case are two tags that differ in case only; the
// first in order is the one written first.
struct ContextEntry {
  std::string key;  // as written
  ValueState state = ValueState::kScalar;
  std::vector<std::string> values;  // one for kScalar
  Origin origin = Origin::kContext;
};

// An entry of an S3 access control list. `id`: account, or canonical user id.
struct AclGrant {
  enum class Grantee : std::uint8_t {
    kAccount,
    kCanonicalUser,
    kAllUsers,
    kAuthenticatedUsers,
    kLogDelivery
  };
  enum class Permission : std::uint8_t { kRead, kWrite, kReadAcp, kWriteAcp, kFullControl };
  Grantee grantee = Grantee::kAccount;
  std::string id;
  Permission permission = Permission::kRead;
};

// What S3 looks at beside policies. The owner of an object is the context entry `s3.owner`
// (an account), which is unknown unless the world states it.
struct S3Facts {
  bool acls_enabled = false;             // Object Ownership is not BucketOwnerEnforced
  std::vector<AclGrant> acl;             // that of the object or the bucket, as the action asks
  bool ignore_public_acls = false;       // effective: organization, account, access point, bucket
  bool restrict_public_buckets = false;  // effective
  bool vpc_origin = false;               // an access point of a VPC: its policy is never public
  std::string bucket_account;            // behind an access point; else the bucket's own owner
  std::vector<std::string> blocked_encryption_types;  // "SSE-C"
};

// What the resource's owner and place are; facts that layers need.
struct ResourceFacts {
  std::string account;        // owner; empty: unknown
  std::string partition;      // of its ARN; empty for "*"
  std::string policy_target;  // attachment target of its resource policy (bucket ARN for objects)
  std::string organization;   // of the owner; empty: none or unknown
  bool policy_mandatory = false;              // by its state, as of a public function URL
  bool aws_managed_key = false;               // it is an AWS managed KMS key
  bool encrypted_by_aws_managed_key = false;  // a table or secret under one
  std::shared_ptr<const S3Facts> s3;          // S3 buckets, objects, access points
};

// The value of a key under another reading of a semantics option, where requests differ by it.
struct AlternativeEntry {
  catalog::Option option = catalog::Option::kCount;
  std::uint8_t reading = 0;
  ContextEntry entry;
};

struct Data {
  std::string id;
  Caller caller;
  std::string action;
  std::string resource;  // ARN or "*"
  ResourceFacts resource_facts;
  std::string endpoint;  // attachment target of the VPC endpoint's policy; empty: none
  bool endpoint_gateway = false;
  bool via_service = false;  // forward access session
  // Of a request through an access point: the ARN of its other authorization, which identity-based
  // policies may name instead (option s3.ap_identity_arn).
  std::string other_arn;
  std::vector<ContextEntry> context;
  std::vector<AlternativeEntry> alternatives;
  // missing: unknown. Keys without an entry are unknown, but for those under these lower-case
  // prefixes ("aws:principaltag/"): a stated `tags` is complete.
  bool missing_unknown = false;
  std::vector<std::string> complete_prefixes;
  // Keys under these lower-case prefixes are unknown whatever `missing` says ("aws:resourcetag/" on
  // iam:PassRole), unless an entry states them.
  std::vector<std::string> unknown_prefixes;
  bool certain = false;
};

}  // namespace policysim::request
