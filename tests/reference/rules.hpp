// What the parts of the reference share: one statement's surroundings, closed readings, context
// keys and policy variables.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "reference/reference.hpp"
#include "reference/text.hpp"

namespace policysim::reference {

// Everything around one statement that its matching looks at.
struct Surroundings {
  const Request& request;
  const Options& options;
  PolicyType type = PolicyType::kIdentity;
  bool deny = false;
  bool version_2012 = true;
  UnknownKeys* unknown = nullptr;

  std::string_view reading(std::string_view option, std::string_view default_reading) const;
  bool utf16() const { return reading("glob.question_mark_unit", "code_point") == "utf16_unit"; }
};

Tri all_of(const std::vector<Tri>& values);  // AND; true when empty
Tri any_of(const std::vector<Tri>& values);  // OR; false when empty
inline Tri tri(bool value) { return value ? Tri::kTrue : Tri::kFalse; }

// A part that AWS leaves open: read both ways, an Allow needs both, a Deny either; or the one way
// that the option names. `part(true)` is the reading `yes`, `part(false)` the other.
Tri closed(const Surroundings& s, std::string_view option, std::string_view yes,
           const std::function<Tri(bool)>& part);

// The value of a condition key. State::kAbsent also where the policy type does not see the key.
ContextKey look_up(const Surroundings& s, std::string_view key);

// A policy string after substitution.
struct Resolved {
  enum class Kind { kText, kUnresolved, kUnknown };
  Kind kind = Kind::kText;
  Chars chars;
};
Resolved resolve(const Surroundings& s, std::string_view text);
bool has_variable(const Surroundings& s, std::string_view text);
// Does a variable stand before the fifth colon (those inside variables not counted)?
bool has_early_variable(const Surroundings& s, std::string_view text);

bool match_action(const Surroundings& s, const policy::Element& element);
Tri match_resource(const Surroundings& s, const policy::Statement& statement);
// The statement but for its conditions. `bounded`: the caller has a permissions boundary.
Tri match_head(const Policy& policy, std::size_t statement, const Request& request,
               const Options& options, bool bounded);
Surroundings surroundings(const Policy& policy, const policy::Statement& statement,
                          const Request& request, const Options& options, UnknownKeys* unknown);
// Can the request's caller have a boundary, and is one attached?
bool is_bounded(const std::vector<Policy>& policies, const Request& request);

Tri match_conditions(const Surroundings& s, const policy::Statement& statement);
Tri match_condition(const Surroundings& s, std::string_view op, const policy::Condition& condition);

// What a condition met in the request; kUnknown and unknown operators have no such state.
enum class Meeting { kTrue, kFalse, kAbsent, kIllTyped, kUnknown };
// Ill-typed: a value that does not parse, a list without set operator, for strings (where all text
// parses) a scalar under one, for Null a policy value that is neither true nor false.
Meeting meet(const Surroundings& s, std::string_view op, const policy::Condition& condition);

// What `*` is worth to the caller. `by_arn`: the statement restricts aws:PrincipalArn.
Strength everyone(const Surroundings& s, bool by_arn);
// Does a principal element's value of kind AWS (a grant's grantee too) name the caller so?
bool names_account(const Caller& c, const std::string& value);
bool names_role(const Caller& c, const std::string& value);
bool names_user(const Caller& c, const std::string& value);
bool names_session(const Caller& c, const std::string& value);
bool names_service(const Caller& c, const std::string& value);

struct PrincipalMatch {
  Tri match = Tri::kFalse;
  std::set<Strength> strengths;
};
// `bounded`: the caller has a permissions boundary.
PrincipalMatch match_principal(const Surroundings& s, const policy::Statement& statement,
                               bool bounded);

}  // namespace policysim::reference
