// One authorization request as plain data: caller, action, resource, context.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

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

// What the resource's owner and place are; facts that layers need.
struct ResourceFacts {
  std::string account;        // owner; empty: unknown
  std::string partition;      // of its ARN; empty for "*"
  std::string policy_target;  // attachment target of its resource policy (bucket ARN for objects)
  bool aws_managed_key = false;
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
  std::vector<ContextEntry> context;
  // missing: unknown. Keys without an entry are unknown, but for those under these lower-case
  // prefixes ("aws:principaltag/"): a stated `tags` is complete.
  bool missing_unknown = false;
  std::vector<std::string> complete_prefixes;
  // Keys under these lower-case prefixes are unknown whatever `missing` says ("aws:resourcetag/" on
  // iam:PassRole), unless an entry states them.
  std::vector<std::string> unknown_prefixes;
  std::vector<std::string> unknown_facts;  // "iam.policy" …
  bool certain = false;
};

}  // namespace policysim::request
