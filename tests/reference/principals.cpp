// Principal and NotPrincipal.
#include <algorithm>

#include "reference/rules.hpp"

namespace policysim::reference {
namespace {

bool is_account_id(std::string_view text) {
  return text.size() == 12 && text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> out(1);
  for (const char c : text) {
    if (c == separator) {
      out.emplace_back();
    } else {
      out.back() += c;
    }
  }
  return out;
}

bool is_session(const Caller& c) {
  return c.kind == CallerKind::kRoleSession || c.kind == CallerKind::kServiceLinkedRole;
}

bool is_root(const Caller& c) {
  return c.kind == CallerKind::kRoot || c.kind == CallerKind::kRootSession;
}

}  // namespace

// "123456789012" or "arn:P:iam::123456789012:root" with the caller's partition.
bool names_account(const Caller& c, const std::string& value) {
  if (c.account.empty()) return false;
  return (is_account_id(value) && value == c.account) ||
         value == "arn:" + c.partition + ":iam::" + c.account + ":root";
}

// The session ARN has lost the role's path: without the role's ARN the last path segment decides.
bool names_role(const Caller& c, const std::string& value) {
  if (!is_session(c)) return false;
  if (!c.unique_id.empty() && value == c.unique_id) return true;
  if (!c.role_arn.empty()) return value == c.role_arn;
  const auto role = split(value, ':');
  const auto session = split(c.arn, ':');
  if (role.size() != 6 || session.size() != 6 || role[0] != "arn" || role[2] != "iam") return false;
  const auto path = split(role[5], '/');
  const auto names = split(session[5], '/');
  return path.size() >= 2 && names.size() >= 2 && path[0] == "role" && role[3].empty() &&
         role[1] == session[1] && role[4] == session[4] && path.back() == names[1];
}

bool names_user(const Caller& c, const std::string& value) {
  return c.kind == CallerKind::kUser &&
         (value == c.arn || (!c.unique_id.empty() && value == c.unique_id));
}

bool names_session(const Caller& c, const std::string& value) {
  return (is_session(c) || c.kind == CallerKind::kFederatedUser) && value == c.arn;
}

bool names_service(const Caller& c, const std::string& value) {
  if (c.kind != CallerKind::kService) return false;
  return std::any_of(c.service_names.begin(), c.service_names.end(), [&](const std::string& name) {
    return ascii_lower(name) == ascii_lower(value);
  });
}

Strength everyone(const Surroundings& s, bool by_arn) {
  const Caller& c = s.request.caller;
  switch (c.kind) {
    case CallerKind::kService:
      return Strength::kService;
    case CallerKind::kRoot:
    case CallerKind::kRootSession:
      return Strength::kRoot;
    case CallerKind::kFederatedIdp:
      return Strength::kFederated;
    case CallerKind::kAnonymous:
      return Strength::kWildcard;
    case CallerKind::kFederatedUser:
      // The other reading takes the wildcard for "explicitly names the federated user".
      return s.reading("federated.wildcard", "named_only") == "named_only" ? Strength::kParentUser
                                                                           : Strength::kWildcard;
    case CallerKind::kUser:
    case CallerKind::kRoleSession:
    case CallerKind::kServiceLinkedRole:
      break;
  }
  return by_arn ? Strength::kWildcard : Strength::kWildcardPlain;
}

namespace {

bool names_issuer(const Caller& c, const std::string& value) {
  return c.kind == CallerKind::kFederatedUser && !c.issuer_arn.empty() && value == c.issuer_arn;
}

bool names_provider(const Caller& c, const std::string& value) {
  return c.kind == CallerKind::kFederatedIdp && value == c.arn;
}

bool names_canonical(const Caller& c, const std::string& value) {
  return !c.canonical_id.empty() && value == c.canonical_id;
}

// A positive, plain String or Arn operator (Equals or Like) on aws:PrincipalArn.
bool restricts_principal_arn(const policy::Statement& statement) {
  for (const policy::ConditionBlock& block : statement.condition) {
    const std::string name = ascii_lower(block.name.value);
    const bool positive =
        name == "stringequals" || name == "stringlike" || name == "arnequals" || name == "arnlike";
    for (const policy::Condition& condition : block.conditions) {
      if (positive && ascii_lower(condition.key.value) == "aws:principalarn") return true;
    }
  }
  return false;
}

Strength star(const Surroundings& s, const policy::Statement& statement) {
  return everyone(s, !statement.principal->negated && restricts_principal_arn(statement));
}

void add_aws(const Surroundings& s, const policy::Statement& statement, const std::string& value,
             std::set<Strength>& out) {
  const Caller& c = s.request.caller;
  if (value == "*") {
    const bool service = c.kind == CallerKind::kService;
    const auto part = [](bool matches) { return tri(matches); };
    if (!service || closed(s, "principal.aws_star_service", "match", part) == Tri::kTrue) {
      out.insert(star(s, statement));
    }
    return;
  }
  if (names_account(c, value)) {
    const bool gateway = s.type == PolicyType::kEndpoint && s.request.gateway_endpoint;
    if (is_root(c)) {
      out.insert(Strength::kRoot);
    } else if (!gateway) {
      out.insert(Strength::kAccount);
    }
  }
  if (names_user(c, value)) out.insert(Strength::kUser);
  if (names_session(c, value)) out.insert(Strength::kSession);
  if (names_role(c, value)) out.insert(Strength::kRole);
  if (names_issuer(c, value)) out.insert(Strength::kParentUser);
}

std::set<Strength> listed_strengths(const Surroundings& s, const policy::Statement& statement) {
  const Caller& c = s.request.caller;
  std::set<Strength> out;
  if (statement.principal->star) out.insert(star(s, statement));
  for (const policy::PrincipalEntry& entry : statement.principal->entries) {
    for (const policy::Text& text : entry.texts.values) {
      switch (entry.kind) {
        case policy::PrincipalKind::kAws:
          add_aws(s, statement, text.value, out);
          break;
        case policy::PrincipalKind::kService:
          if (names_service(c, text.value)) out.insert(Strength::kService);
          break;
        case policy::PrincipalKind::kFederated:
          if (names_provider(c, text.value)) out.insert(Strength::kFederated);
          break;
        case policy::PrincipalKind::kCanonicalUser:
          if (names_canonical(c, text.value)) {
            out.insert(is_root(c) ? Strength::kRoot : Strength::kAccount);
          }
          break;
      }
    }
  }
  return out;
}

// One entry per level of the caller, account first: is it listed?
std::vector<bool> listed_levels(const Caller& c, const policy::Principal& principal) {
  const auto listed = [&](bool (*names)(const Caller&, const std::string&),
                          policy::PrincipalKind kind) {
    for (const policy::PrincipalEntry& entry : principal.entries) {
      for (const policy::Text& text : entry.texts.values) {
        if (entry.kind == kind && names(c, text.value)) return true;
      }
    }
    return false;
  };
  constexpr auto kAws = policy::PrincipalKind::kAws;
  const bool account =
      listed(names_account, kAws) || listed(names_canonical, policy::PrincipalKind::kCanonicalUser);
  switch (c.kind) {
    case CallerKind::kUser:
      return {account, listed(names_user, kAws)};
    case CallerKind::kRoleSession:
    case CallerKind::kServiceLinkedRole:
      return {account, listed(names_role, kAws), listed(names_session, kAws)};
    case CallerKind::kFederatedUser:
      return {account, listed(names_issuer, kAws), listed(names_session, kAws)};
    case CallerKind::kRoot:
    case CallerKind::kRootSession:
      return {account};
    case CallerKind::kService:
      return {listed(names_service, policy::PrincipalKind::kService)};
    case CallerKind::kFederatedIdp:
      return {listed(names_provider, policy::PrincipalKind::kFederated)};
    case CallerKind::kAnonymous:
      break;
  }
  return {false};
}

bool lists_everyone(const policy::Principal& principal) {
  if (principal.star) return true;
  for (const policy::PrincipalEntry& entry : principal.entries) {
    for (const policy::Text& text : entry.texts.values) {
      if (entry.kind == policy::PrincipalKind::kAws && text.value == "*") return true;
    }
  }
  return false;
}

bool match_not_principal(const Surroundings& s, const policy::Principal& principal, bool bounded) {
  if (s.deny && bounded) return true;
  if (lists_everyone(principal)) return false;
  const std::vector<bool> levels = listed_levels(s.request.caller, principal);
  const bool any = std::find(levels.begin(), levels.end(), true) != levels.end();
  const bool every = std::find(levels.begin(), levels.end(), false) == levels.end();
  if (!s.deny) return !any;
  const std::string_view reading = s.reading("notprincipal", "chain");
  if (reading == "any") return !any;
  return reading == "leaf" ? !levels.back() : !every;
}

}  // namespace

PrincipalMatch match_principal(const Surroundings& s, const policy::Statement& statement,
                               bool bounded) {
  PrincipalMatch out;
  if (!statement.principal) return out;
  if (!statement.principal->negated) {
    out.strengths = listed_strengths(s, statement);
  } else if (match_not_principal(s, *statement.principal, bounded)) {
    out.strengths = {star(s, statement)};
  }
  out.match = tri(!out.strengths.empty());
  return out;
}

}  // namespace policysim::reference
