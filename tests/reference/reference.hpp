// The second witness: decides requests naively, straight from the rules of the IAM policy language
// and of AWS's evaluation logic. It reads the AST and nothing else of the product: own operator
// table, own numbers, dates, addresses and globs. Slow, recursive where that is simplest, and made
// for small policies. Results of both witnesses are compared in the tests.
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
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
  bool in_management_account = false;
};

enum class State { kAbsent, kScalar, kList, kUnknown };

struct ContextKey {
  std::string key;
  State state = State::kScalar;
  std::vector<std::string> values;
};

struct Request {
  Caller caller;
  std::string action;
  std::string resource;
  std::string resource_account;  // empty for "*": the caller's
  std::string resource_partition;
  bool resource_in_management_account = false;
  bool aws_managed_key = false;
  bool through_endpoint = false;
  bool gateway_endpoint = false;
  bool via_service = false;
  std::vector<ContextKey> context;
  bool missing_unknown = false;
  std::vector<std::string> complete_prefixes;  // lower case
  std::vector<std::string> unknown_prefixes;   // lower case; unknown in every mode
};

// One attached policy. It is attached to every principal, resource and endpoint; an SCP or RCP to
// the level `level` of the one organization that every account is in. Levels stand in the order in
// which their labels appear first.
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
                const Options& options);
Decision decide(const std::vector<Policy>& policies, const Request& request, const Options& options,
                UnknownKeys* unknown = nullptr);

}  // namespace policysim::reference
