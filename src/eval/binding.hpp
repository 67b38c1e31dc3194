// A request made ready for one program: keys are slots, values are parsed, candidates are found.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policysim/decision.hpp"
#include "program/program.hpp"
#include "request/request.hpp"
#include "services/rules.hpp"
#include "values/arn.hpp"

namespace policysim::eval {

// The value of one key. `texts` point into the request.
struct BoundValue {
  request::ValueState state = request::ValueState::kAbsent;
  // It stands for every text that no policy names: only plain tests know their answer.
  bool any_other = false;
  bool variants = false;  // two tags that differ in case only: option tags.case_variant
  std::uint32_t count = 0;
  const std::string* texts = nullptr;
  std::uint32_t typed = program::kNone;  // index of the first text's views in Binding::typed
};

// What one text parses as; only what the program compares the key as is tried.
struct TypedText {
  std::optional<values::Decimal> decimal;
  std::optional<values::Timestamp> instant;
  std::optional<values::IpAddress> address;
};

// Candidates of one list of policies, in policy order: denies [first, allows), allows [allows, end)
// of Binding::candidates.
struct CandidateRange {
  std::uint32_t first = 0;
  std::uint32_t allows = 0;
  std::uint32_t end = 0;
};

struct LevelCandidates {
  CandidateRange range;
  std::uint32_t level = 0;  // index into Program::levels
};

// What the layers ask beside statements. Filled by bind().
struct Facts {
  request::CallerKind kind = request::CallerKind::kAnonymous;
  services::Rules rules;     // of the service
  bool has_account = false;  // a signed caller of an account
  bool same_account = false;
  bool caller_owns_object = false;  // an S3 object that somebody else but the bucket's owner owns
  bool boundary_present = false;
  bool session_given = false;
  bool identity_present = false;
  bool resource_policy = false;   // attached and consulted
  bool mandatory = false;         // the resource's own policy must allow
  bool grants_present = false;    // the key has grants
  bool issued_by_others = false;  // … none of the caller's account, which would have to be
  bool scp_applies = false;
  bool rcp_applies = false;
  bool vpce_applies = false;
  bool vpce_policy = false;  // without one everything is allowed
  bool endpoint_gateway = false;
  bool public_access_blocked = false;  // S3 Block Public Access refuses the caller
  bool impossible_across_accounts = false;
  bool cross_partition = false;
  bool root_may_unlock = false;
  bool trusts_itself = false;               // a role whose trust policy implies the role itself
  catalog::OptionSet touched = 0;           // options that filling this in has touched
  std::uint32_t unusable = program::kNone;  // a policy that cannot be used: index of the failure

  // A federated user or an AssumeRoot session without the policy that would give it permissions.
  bool lacks_session_policy() const noexcept {
    return !session_given && (kind == request::CallerKind::kFederatedUser ||
                              kind == request::CallerKind::kRootSession);
  }
  // Whatever policies say.
  bool refused_by_service() const noexcept {
    return !rules.refusal.empty() || cross_partition || impossible_across_accounts;
  }
  bool has_unknown() const noexcept {
    return rules.owner == services::ObjectOwner::kUnknown || rules.refusal_unknown;
  }
  bool is_root() const noexcept {
    return kind == request::CallerKind::kRoot || kind == request::CallerKind::kRootSession;
  }
};

// Reused between requests: the vectors keep their memory. One per thread while it is filled, then
// immutable.
struct Binding {
  const program::Program* program = nullptr;
  const request::Data* request = nullptr;
  std::shared_ptr<const request::Data> keep;  // set by PolicySet::bind

  std::vector<std::uint32_t> slots;  // by key: 1 + index into values; 0: no entry
  std::vector<BoundValue> values;
  std::vector<TypedText> typed;

  std::vector<std::uint32_t> candidates;  // statement ids
  CandidateRange vpce, resource, identity, boundary, session, grant;
  std::vector<LevelCandidates> scp, rcp;
  Facts facts;
  catalog::OptionSet request_touched = 0;  // options by which the request itself differs

  // Scratch of bind().
  std::string action;
  std::vector<std::uint32_t> patterns;
  std::vector<std::uint32_t> positions;
  std::vector<std::uint32_t> doubled_keys;
};

void bind(const program::Program& program, const request::Data& request, Binding& out);

// Does the Action or NotAction element of the statement match the (lower-case) action?
bool action_matches(const program::Program& program, std::uint32_t statement,
                    const std::vector<std::uint32_t>& matching_patterns) noexcept;

}  // namespace policysim::eval
