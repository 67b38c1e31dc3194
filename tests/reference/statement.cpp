// Actions, resources, and the statement as a whole.
#include <algorithm>

#include "reference/rules.hpp"

namespace policysim::reference {
namespace {

bool all_stars(std::string_view text) {
  return !text.empty() && text.find_first_not_of('*') == std::string_view::npos;
}

bool match_action_pattern(std::string_view pattern, const std::string& action) {
  if (all_stars(pattern) || pattern == "*:*") return true;
  if (std::count(pattern.begin(), pattern.end(), ':') != 1) return false;
  const std::string lowered = ascii_lower(pattern);
  const std::size_t colon = lowered.find(':');
  const std::size_t action_colon = action.find(':');
  if (action_colon == std::string::npos || colon + 1 == lowered.size()) return false;
  const Chars name = policy_chars(lowered.substr(colon + 1), true);
  return lowered.substr(0, colon) == action.substr(0, action_colon) &&
         glob(glob_tokens(name), decode(action.substr(action_colon + 1)));
}

// Before the fifth colon a wildcard covers no colon, but for a star that ends its part. Only colons
// of the policy's own text count.
Tokens resource_tokens(const Surroundings& s, const Chars& chars) {
  const bool literal_type = s.reading("resource.type_wildcard", "wildcard") == "literal";
  std::size_t last_of_type = 0;  // first `/` or `:` after the fifth colon
  int colons = 0;
  for (std::size_t i = 0; i < chars.size() && last_of_type == 0; ++i) {
    const bool colon = chars[i].wild && chars[i].point == U':';
    if (colons >= 5 && (colon || (chars[i].wild && chars[i].point == U'/'))) last_of_type = i;
    if (colon) ++colons;
  }
  Tokens out = glob_tokens(chars);
  colons = 0;
  for (std::size_t i = 0; i < chars.size(); ++i) {
    const bool colon = chars[i].wild && chars[i].point == U':';
    if (colons >= 5 && literal_type && i < last_of_type) out[i].kind = TokenKind::kChar;
    if (colons < 5) {
      const bool ends_part =
          i + 1 == chars.size() || (chars[i + 1].wild && chars[i + 1].point == U':');
      out[i].crosses_colon = out[i].kind == TokenKind::kRun && ends_part;
    }
    if (colon) ++colons;
  }
  return out;
}

// How many parts a pattern lacks, and whether its policy type pads them.
std::size_t missing_parts(const Surroundings& s, const Chars& chars) {
  std::size_t colons = 0;
  bool star = false;
  for (const Char& c : chars) {
    if (c.wild && c.point == U':') ++colons;
    star = star || c.is_star();
  }
  if (colons >= 5 || s.reading("resource.short_arn", "pad") != "pad") return 0;
  switch (s.type) {
    case PolicyType::kIdentity:
    case PolicyType::kSession:
    case PolicyType::kBoundary:
      return 5 - colons;
    case PolicyType::kResource:
    case PolicyType::kKey:
    case PolicyType::kTrust:
    case PolicyType::kEndpoint:
      return star ? 5 - colons : 0;
    case PolicyType::kScp:
      return !chars.empty() && chars.back().is_star() ? 5 - colons : 0;
    case PolicyType::kRcp:
      break;
  }
  return 0;
}

bool match_resource_text(const Surroundings& s, const Chars& chars, const std::string& resource) {
  const std::u32string text = plain(chars);
  if (resource == "*") return text == U"*";
  if (!text.starts_with(U"arn:")) return false;
  const std::u32string wanted = decode(resource, s.utf16());
  if (glob(resource_tokens(s, chars), wanted)) return true;
  const std::size_t missing = missing_parts(s, chars);
  if (missing == 0) return false;
  Chars padded = chars;
  for (std::size_t i = 0; i < missing; ++i) {
    padded.push_back({U':', true});
    padded.push_back({U'*', true});
  }
  return glob(resource_tokens(s, padded), wanted);
}

std::string presented_resource(const Surroundings& s) {
  const bool list_all = ascii_lower(s.request.action) == "s3:listallmybuckets";
  const bool arn = s.reading("resource.list_all_presents", "*") != "*";
  return list_all && arn && s.request.resource == "*" ? "arn:aws:s3:::*" : s.request.resource;
}

bool carries_principal(PolicyType type) {
  return type == PolicyType::kResource || type == PolicyType::kKey || type == PolicyType::kTrust ||
         type == PolicyType::kRcp || type == PolicyType::kEndpoint;
}

// What a statement without Resource and NotResource speaks of.
bool matches_without_resource(PolicyType type) {
  switch (type) {
    case PolicyType::kResource:
    case PolicyType::kTrust:
    case PolicyType::kEndpoint:
    case PolicyType::kScp:
    case PolicyType::kRcp:
      return true;
    case PolicyType::kKey:
    case PolicyType::kIdentity:
    case PolicyType::kBoundary:
    case PolicyType::kSession:
      break;
  }
  return false;
}

Tri match_head(const Surroundings& s, const policy::Statement& statement, bool bounded,
               std::set<Strength>& strengths) {
  if (!match_action(s, statement.action)) return Tri::kFalse;
  if (carries_principal(s.type)) {
    const PrincipalMatch principal = match_principal(s, statement, bounded);
    if (principal.match == Tri::kFalse) return Tri::kFalse;
    strengths = principal.strengths;
  }
  return match_resource(s, statement);
}

StatementMatch match_statement(const Policy& policy, const policy::Statement& statement,
                               const Request& request, const Options& options, bool bounded,
                               UnknownKeys* unknown) {
  const Surroundings s = surroundings(policy, statement, request, options, unknown);
  StatementMatch out;
  const Tri head = match_head(s, statement, bounded, out.strengths);
  if (head != Tri::kFalse) out.match = both(head, match_conditions(s, statement));
  return out;
}

}  // namespace

bool match_action(const Surroundings& s, const policy::Element& element) {
  const std::string action = ascii_lower(s.request.action);
  bool any = false;
  for (const policy::Text& text : element.texts.values) {
    any = any || match_action_pattern(text.value, action);
  }
  return any != element.negated;
}

static Tri match_resource(const Surroundings& s, const policy::Element& element,
                          const std::string& resource) {
  const auto with = [&](bool substitute_early, bool unresolved_applies) {
    bool unresolved = false;
    std::vector<Tri> matches;
    for (const policy::Text& text : element.texts.values) {
      if (all_stars(text.value)) {
        matches.push_back(Tri::kTrue);
        continue;
      }
      if (!substitute_early && has_early_variable(s, text.value)) continue;
      const Resolved pattern = resolve(s, text.value);
      if (pattern.kind == Resolved::Kind::kUnresolved) unresolved = true;
      if (pattern.kind == Resolved::Kind::kUnknown) matches.push_back(Tri::kUnknown);
      if (pattern.kind == Resolved::Kind::kText) {
        matches.push_back(tri(match_resource_text(s, pattern.chars, resource)));
      }
    }
    if (!element.negated) return any_of(matches);
    if (unresolved && !unresolved_applies) return Tri::kFalse;
    return negate(any_of(matches));
  };
  return closed(s, "resource.early_variable", "substitute", [&](bool substitute) {
    return closed(s, "resource.notresource_unresolved", "applies",
                  [&](bool applies) { return with(substitute, applies); });
  });
}

// Of a request through an access point, identity-based policies may name either ARN under a
// reading.
Tri match_resource(const Surroundings& s, const policy::Statement& statement) {
  if (!statement.resource) return tri(matches_without_resource(s.type));
  const Tri own = match_resource(s, *statement.resource, presented_resource(s));
  const bool another = s.type == PolicyType::kIdentity && !s.deny && !s.request.other_arn.empty() &&
                       s.reading("s3.ap_identity_arn", "own") == "either";
  return another ? either(own, match_resource(s, *statement.resource, s.request.other_arn)) : own;
}

Tri match(const Policy& policy, std::size_t statement, const Request& request,
          const Options& options, UnknownKeys* unknown) {
  return match_statement(policy, policy.document->statements.at(statement), request, options, false,
                         unknown)
      .match;
}

Tri match_head(const Policy& policy, std::size_t statement, const Request& request,
               const Options& options, bool bounded) {
  const policy::Statement& written = policy.document->statements.at(statement);
  std::set<Strength> strengths;
  return match_head(surroundings(policy, written, request, options, nullptr), written, bounded,
                    strengths);
}

Surroundings surroundings(const Policy& policy, const policy::Statement& statement,
                          const Request& request, const Options& options, UnknownKeys* unknown) {
  return {request,
          options,
          policy.type,
          statement.effect == policy::Effect::kDeny,
          policy.document->effective_version() == policy::Version::k2012,
          unknown};
}

bool is_bounded(const std::vector<Policy>& policies, const Request& request) {
  const CallerKind kind = request.caller.kind;
  const bool can_be = kind == CallerKind::kUser || kind == CallerKind::kRoleSession ||
                      kind == CallerKind::kFederatedUser;
  return can_be && std::any_of(policies.begin(), policies.end(), [](const Policy& policy) {
           return policy.type == PolicyType::kBoundary;
         });
}

Matches match_all(const std::vector<Policy>& policies, const Request& request,
                  const Options& options, UnknownKeys* unknown) {
  const bool bounded = is_bounded(policies, request);
  Matches out;
  for (const Policy& policy : policies) {
    std::vector<StatementMatch>& row = out.emplace_back();
    for (const policy::Statement& statement : policy.document->statements) {
      row.push_back(match_statement(policy, statement, request, options, bounded, unknown));
    }
  }
  return out;
}

}  // namespace policysim::reference
