// What exists, as plain data with lookups by name and ARN. Policies are kept as trees: they are
// parsed for each type that they are attached as, later.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/string_map.hpp"
#include "policysim/diagnostic.hpp"
#include "policysim/result.hpp"
#include "policysim/world.hpp"
#include "request/request.hpp"
#include "text/node.hpp"
#include "text/source.hpp"

namespace policysim::world {

using Tags = std::vector<std::pair<std::string, std::string>>;  // in file order
using Names = std::vector<std::string>;

// `defaults`: what is not stated stays empty, so that configuration can fill it.
struct Defaults {
  std::string partition = "aws";
  std::string region = "us-east-1";
  std::optional<std::string> time;
  std::optional<bool> missing_unknown;
  std::optional<bool> certain;
  std::vector<std::pair<std::string, std::string>> options;  // semantics options, name and reading
};
inline constexpr std::string_view kDefaultTime = "2026-01-01T00:00:00Z";

// A policy of the world. Without a document it cannot be read: `failure` says why, unless nobody
// knows what it says.
struct Policy {
  std::string name;
  std::string arn;  // empty: none
  std::shared_ptr<const text::Node> document;
  std::optional<Error> failure;
  bool unknown = false;
};

// Where a session's credentials come from.
enum class CredentialSource : std::uint8_t {
  kAssumeRole,
  kSaml,
  kWebIdentity,
  kIdentityCenter,
  kEc2,
  kService,
  kSessionToken,
  kConsole,
  kGetFederationToken,
  kAssumeRoot,
  kLongTerm
};

// Credentials of a principal, as far as they are stated.
struct Session {
  bool credentials_stated = false;  // from, mfa, mfa_age, source_identity or issued was given
  CredentialSource from = CredentialSource::kAssumeRole;
  bool mfa = false;
  std::optional<std::string> mfa_age, source_identity, issued;
  std::optional<Tags> tags;
  Names transitive;
  std::optional<Names> policies;
  std::vector<request::ContextEntry> claims;
};

struct Principal {
  std::string name;
  request::Caller caller;
  std::string resource_arn;  // of the user or role as a resource; empty for others
  std::string session_name;  // role sessions
  std::optional<Tags> tags;
  Names policies, groups;
  std::optional<std::string> boundary, trust;
  bool unknown_policy = false;                // one of these, or of a group's, is unknown
  std::optional<Session> session;             // `session: null` is {stated, kLongTerm}
  std::vector<request::ContextEntry> claims;  // of an unsigned caller
  SourceSpan span;
};

// A grant of a KMS key. Grantee and retiring principal: the ARN of a user, role, session or
// federated user, the root ARN of an account, or a service principal.
struct KmsGrant {
  std::string grantee;
  std::vector<std::string> operations;                 // "Decrypt"
  std::string issuer;                                  // account
  std::string retiring;                                // empty: none
  std::optional<Tags> context_equals, context_subset;  // encryption context
  std::string source_arn;                              // empty: none
};

struct KmsFacts {
  bool aws_managed = false;
  std::vector<KmsGrant> grants;
  std::optional<Names> aliases;
  std::optional<std::string> multi_region;  // "false", "primary", "replica"
  std::optional<std::string> spec, usage, origin;
};

struct Encryption {
  std::optional<bool> enabled;
  std::string algorithm;
  std::string key;  // as written: name, ARN, alias or id
  bool bucket_key = false;
};

// Each setting may stand at the organization, the account, the access point and the bucket.
struct BlockPublicAccess {
  bool block_public_acls = false, ignore_public_acls = false;
  bool block_public_policy = false, restrict_public_buckets = false;
};

struct AccessPoint {
  std::string bucket;  // name in the world or ARN
  bool vpc_origin = false;
  std::string vpc;
};

struct S3Description {
  std::optional<bool> abac;  // not stated means off
  bool acls_enabled = false;
  std::optional<std::string> owner;  // of an object: account
  std::vector<request::AclGrant> acl;
  BlockPublicAccess block_public_access;
  Names blocked_encryption_types;
  std::optional<AccessPoint> access_point;
};

enum class FunctionUrl : std::uint8_t { kNone, kPublic, kIam };  // kPublic: AuthType NONE

struct Resource {
  std::string name;
  std::string arn;
  std::string account;  // owner
  std::string region;   // of its ARN, else as stated; may be empty
  std::optional<Tags> tags;
  std::optional<std::string> policy;
  std::optional<Encryption> encryption, default_encryption;
  KmsFacts kms;
  S3Description s3;
  FunctionUrl function_url = FunctionUrl::kNone;
  bool function_url_legacy = false;  // created before October 2025
  SourceSpan span;
};

struct VpcEndpoint {
  std::string name;
  std::string id, vpc, account;
  bool gateway = false;
  std::optional<std::string> policy;
  SourceSpan span;
};

struct Group {
  std::string name;
  Names policies;
  bool unknown_policy = false;
};

struct Account {
  std::string id;
  std::string name;  // empty: none
  std::optional<Names> scps, rcps;
  std::string canonical_id;
  BlockPublicAccess block_public_access;
  std::string created;  // date; empty: not stated
  bool ebs_encryption_by_default = false;
  std::string ebs_default_key;  // as written; empty: the AWS managed one
  SourceSpan span;
};

// Root or OU. `path` ends with a slash: "o-…/r-…/ou-…/".
struct OrgNode {
  std::string id;
  std::string name;
  std::string path;
  std::uint32_t parent = kNoParent;  // index into Organization::nodes
  std::optional<Names> scps, rcps;   // none: [FullAWSAccess], []
  Names accounts;

  static constexpr std::uint32_t kNoParent = 0xFFFFFFFFU;
};

struct Organization {
  std::string id;
  std::string management_account;
  bool scp_enabled = true;
  bool rcp_enabled = true;
  bool full_aws_access = false;  // FullAWSAccess joins every list that is written
  BlockPublicAccess block_public_access;
  std::vector<OrgNode> nodes;  // parents first; nodes[0] is the root
};

// Where an account stands.
struct Membership {
  std::uint32_t organization = 0;
  std::uint32_t node = 0;
};

// Everything that exists. Entries stand in file order. Immutable once loaded, share freely.
struct Data {
  Defaults defaults;
  std::vector<Policy> policies;
  std::vector<Organization> organizations;
  std::vector<Account> accounts;
  std::vector<Principal> principals;
  std::vector<Group> groups;
  std::vector<Resource> resources;
  std::vector<VpcEndpoint> endpoints;
  std::shared_ptr<const text::SourceMap> sources;
  std::vector<Diagnostic> warnings;

  Data() = default;
  Data(Data&&) = default;  // never copied: the lookups point into the entries
  Data& operator=(Data&&) = default;

  // Fill the lookups below: call the first once `principals` is complete, then the other once all
  // vectors are.
  void index_principals();
  void index();

  // All find nothing: nullptr. Of several principals with one ARN the first in file order is found.
  const Policy* policy(std::string_view name) const noexcept;
  const Principal* principal(std::string_view name_or_arn) const noexcept;
  // The principal whose user or role, as a resource, has this ARN.
  const Principal* principal_resource(std::string_view name_or_arn) const noexcept;
  const Resource* resource(std::string_view name_or_arn) const noexcept;
  // The KMS key that a description of `near` names by name, ARN, alias or id.
  const Resource* key(std::string_view text, const Resource& near) const noexcept;
  const VpcEndpoint* endpoint(std::string_view name) const noexcept;
  const Group* group(std::string_view name) const noexcept;
  const Account* account(std::string_view id) const noexcept;
  const Organization* organization_of(std::string_view account) const noexcept;
  std::string_view organization_path(std::string_view account) const noexcept;
  const Membership* membership(std::string_view account) const noexcept;

 private:
  using Lookup = std::unordered_map<std::string_view, std::uint32_t>;
  Lookup policy_of_, principal_of_, resource_of_, endpoint_of_, group_of_, account_of_;
  // By texts that stand nowhere: ARNs of roles as sessions spell them, without path; of aliases.
  base::StringMap<std::uint32_t> role_of_, alias_of_;
  std::unordered_map<std::string_view, Membership> member_of_;
};

}  // namespace policysim::world
