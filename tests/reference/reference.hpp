// The second witness: decides requests naively, straight from the rules of the IAM policy language
// and of AWS's evaluation logic. It reads the AST and nothing else of the product: own operator
// table, own numbers, dates, addresses and globs. Slow, recursive where that is simplest, and made
// for small policies. Results of both witnesses are compared in the tests.
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "policy/ast.hpp"
#include "policysim/decision.hpp"
#include "policysim/explanation.hpp"
#include "policysim/policy.hpp"

namespace policysim::reference {

// Kleene's three values, in the order that makes AND the minimum and OR the maximum.
enum class Tri { kFalse, kUnknown, kTrue };
Tri both(Tri a, Tri b);
Tri either(Tri a, Tri b);
Tri negate(Tri a);

enum class CallerKind {
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

// Empty text means "not known" or "has none".
struct Caller {
  CallerKind kind = CallerKind::kAnonymous;
  std::string arn;  // what signs: session ARN, service principal, provider
  std::string role_arn;
  std::string account;
  std::string partition;
  std::string unique_id;
  std::string canonical_id;
  std::string issuer_arn;
  std::vector<std::string> service_names;
  bool session_policies_passed = false;
  bool session_token = false;  // credentials of GetSessionToken
  bool mfa = false;            // … issued with MFA
  bool in_management_account = false;
  std::string organization;
};

enum class State { kAbsent, kScalar, kList, kUnknown };

struct ContextKey {
  std::string key;
  State state = State::kScalar;
  std::vector<std::string> values;
};

using Pairs = std::vector<std::pair<std::string, std::string>>;

// A grant of the KMS key that the request names.
struct Grant {
  std::string grantee;  // ARN, account or service principal; so is `retiring`
  std::vector<std::string> operations;
  std::string issuer;  // account
  std::string retiring;
  std::optional<Pairs> context_equals;
  std::optional<Pairs> context_subset;
  std::string source_arn;
};

enum class Group { kNone, kAllUsers, kAuthenticatedUsers, kLogDelivery };
enum class Permission { kRead, kWrite, kReadAcp, kWriteAcp, kFullControl };

// An entry of an access control list: `grantee` is an account or a canonical id, or a group has it.
struct AclEntry {
  Group group = Group::kNone;
  std::string grantee;
  Permission permission = Permission::kRead;
};

// The owner of an object is the context entry `s3.owner`.
struct S3 {
  bool acls_enabled = false;
  std::vector<AclEntry> acl;
  bool ignore_public_acls = false;
  bool restrict_public_buckets = false;
  bool vpc_origin = false;
  std::string bucket_account;
  std::vector<std::string> blocked_encryption_types;
};

struct Request {
  Caller caller;
  std::string action;
  std::string resource;
  std::string resource_account;  // empty for "*": the caller's
  std::string resource_partition;
  std::string resource_organization;  // of its account; empty: none or unknown
  bool resource_in_management_account = false;
  bool aws_managed_key = false;               // the resource is one
  bool encrypted_by_aws_managed_key = false;  // a table or secret
  bool policy_mandatory = false;              // as of a private API
  std::optional<S3> s3;
  std::vector<Grant> grants;
  std::string other_arn;  // through an access point: what the other authorization names
  bool through_endpoint = false;
  bool gateway_endpoint = false;
  bool via_service = false;
  std::vector<ContextKey> context;
  bool missing_unknown = false;
  std::vector<std::string> complete_prefixes;  // lower case
  std::vector<std::string> unknown_prefixes;   // lower case; unknown in every mode
  // Labels of the levels whose SCPs bind the caller's account and whose RCPs bind the resource's,
  // root first; empty: no organization, or policies of this type are off. Not stated: every level
  // that a policy names, in the order in which the labels appear first.
  std::optional<std::vector<std::string>> scp_levels, rcp_levels;
};

// One attached policy. It is attached to every principal, resource and endpoint; an SCP or RCP to
// the level that is called `level`.
struct Policy {
  const policy::Document* document = nullptr;
  PolicyType type = PolicyType::kIdentity;
  std::string name;
  std::string level;
};

// Semantics options that do not have their default reading, by name.
using Options = std::map<std::string, std::string, std::less<>>;

struct StatementRef {
  std::size_t policy = 0;
  std::size_t statement = 0;
  friend bool operator==(const StatementRef&, const StatementRef&) = default;
  friend auto operator<=>(const StatementRef&, const StatementRef&) = default;
};

// How strongly a resource-based Allow speaks for the caller.
enum class Strength {
  kUser,
  kSession,
  kWildcard,
  kRoot,
  kService,
  kFederated,
  kRole,
  kParentUser,
  kWildcardPlain,
  kAccount
};

struct StatementMatch {
  Tri match = Tri::kFalse;
  std::set<Strength> strengths;
};

// One list of statement matches for each policy.
using Matches = std::vector<std::vector<StatementMatch>>;

struct Reason {
  Layer layer = Layer::kNone;
  std::optional<StatementRef> statement;
  std::string level;  // scp, rcp
  friend bool operator==(const Reason&, const Reason&) = default;
};

// What a decision is made of.
struct Decision {
  Outcome outcome = Outcome::kImplicitDeny;
  Layer layer = Layer::kNone;
  std::optional<StatementRef> statement;
  std::vector<Reason> reasons;
  std::array<LayerVerdict, 12> layers{};
  std::vector<Layer> bypassed;
};

// Keys that were read and are unknown, as the policies write them.
using UnknownKeys = std::set<std::string>;

// Does the statement match? No layers: a caller's boundary does not count.
Tri match(const Policy& policy, std::size_t statement, const Request& request,
          const Options& options, UnknownKeys* unknown = nullptr);

// Every statement, as the decision sees it.
Matches match_all(const std::vector<Policy>& policies, const Request& request,
                  const Options& options, UnknownKeys* unknown = nullptr);

Decision decide(const std::vector<Policy>& policies, const Matches& matches, const Request& request,
                const Options& options, UnknownKeys* unknown = nullptr);
Decision decide(const std::vector<Policy>& policies, const Request& request, const Options& options,
                UnknownKeys* unknown = nullptr);

// Every option with its readings, default first.
const std::vector<std::pair<std::string, std::vector<std::string>>>& option_table();

// "option=reading" for each option whose other reading, tried alone, gives another outcome.
// `outcome` decides under the options that it is given.
std::vector<std::string> assumptions(const Options& in_force,
                                     const std::function<Outcome(const Options&)>& outcome);

}  // namespace policysim::reference
