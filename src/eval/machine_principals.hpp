// Principal elements: does the caller answer to one of the entries, and how strongly. Part of
// machine.cpp.
#pragma once

#include <algorithm>

#include "base/ascii.hpp"
#include "eval/machine.hpp"

namespace policysim::eval {

inline bool is_session(request::CallerKind kind) noexcept {
  return kind == request::CallerKind::kRoleSession ||
         kind == request::CallerKind::kServiceLinkedRole;
}

// Is the entry the role behind the session? A session ARN shows the role's name only; its path
// counts where the request knows the role's ARN.
inline bool is_role_of(const request::Caller& caller, const program::PrincipalEntry& entry) {
  if (!is_session(caller.kind) || entry.role_name.empty()) return false;
  if (!caller.principal_arn.empty()) return entry.text == caller.principal_arn;
  const std::string_view arn = caller.arn;
  const std::size_t name = arn.find(":assumed-role/");
  if (name == std::string_view::npos) return false;
  const std::string_view rest = arn.substr(name + 14);
  return entry.role_name == rest.substr(0, rest.find('/')) &&
         entry.role_account == caller.account && entry.role_partition == caller.partition;
}

inline bool is_account_of(const request::Caller& caller, const program::PrincipalEntry& entry) {
  return entry.kind == program::PrincipalEntry::Kind::kAccount && entry.text == caller.account &&
         (entry.partition.empty() || entry.partition == caller.partition);
}

inline bool is_service_of(const request::Caller& caller, std::string_view name) {
  return std::any_of(caller.service_names.begin(), caller.service_names.end(),
                     [&](const std::string& own) { return base::equals_ignore_case(own, name); });
}

// Everyone: the bare "*", and {"AWS": "*"} but for service principals.
inline Strengths star_strength(request::CallerKind kind) noexcept {
  using request::CallerKind;
  switch (kind) {
    case CallerKind::kUser:
    case CallerKind::kRoleSession:
    case CallerKind::kServiceLinkedRole:
      return kWildcardPlain;
    case CallerKind::kFederatedUser:
      return kFederatedWildcard;
    case CallerKind::kRoot:
    case CallerKind::kRootSession:
      return kRoot;
    case CallerKind::kService:
      return kService;
    case CallerKind::kFederatedIdp:
    case CallerKind::kAnonymous:
      return kWildcard;
  }
  return 0;
}

template <class Rec>
Strengths Machine<Rec>::named(const program::PrincipalNode& node,
                              const program::PrincipalEntry& entry) const {
  using Kind = program::PrincipalEntry::Kind;
  const request::Caller& caller = binding_.request->caller;
  const Facts& facts = binding_.facts;
  switch (entry.kind) {
    case Kind::kStar:
    case Kind::kAwsStar:
      return star_strength(caller.kind);
    case Kind::kAccount:
      if (!facts.has_account || !is_account_of(caller, entry)) return 0;
      if (facts.is_root()) return kRoot;
      // A gateway endpoint reads an account as its root user only.
      return node.of_endpoint && facts.endpoint_gateway ? Strengths{0} : kAccount;
    case Kind::kArn:
      if (!facts.has_account) return 0;
      if (entry.text == caller.arn) {
        return caller.kind == request::CallerKind::kUser ? kUser : kSession;
      }
      if (is_role_of(caller, entry)) return kRole;
      return !caller.issuer_arn.empty() && entry.text == caller.issuer_arn ? kParentUser
                                                                           : Strengths{0};
    case Kind::kUniqueId:
      if (!facts.has_account || caller.unique_id.empty() || entry.text != caller.unique_id)
        return 0;
      return is_session(caller.kind) ? kRole : kUser;
    case Kind::kService:
      return caller.kind == request::CallerKind::kService && is_service_of(caller, entry.text)
                 ? kService
                 : Strengths{0};
    case Kind::kFederated:
      return caller.kind == request::CallerKind::kFederatedIdp && entry.text == caller.arn
                 ? kFederated
                 : Strengths{0};
    case Kind::kCanonicalUser:
      if (caller.canonical_id.empty() || entry.text != caller.canonical_id) return 0;
      return facts.is_root() ? kRoot : kAccount;
  }
  return 0;
}

// Deny + NotPrincipal spares only who is listed on every level (`chain`); Allow + NotPrincipal, a
// legacy form, leaves out who is listed on any. `strict` is the Allow's answer, `loose` the Deny's.
template <class Rec>
program::Verdict Machine<Rec>::not_principal(const program::PrincipalNode& node) {
  using Kind = program::PrincipalEntry::Kind;
  using request::CallerKind;
  const request::Caller& caller = binding_.request->caller;
  bool account = false, middle = false, leaf = false, star = false;
  for (std::uint32_t i = 0; i < node.count; ++i) {
    const program::PrincipalEntry& entry = program_.principal_entries[node.first + i];
    star = star || entry.kind == Kind::kStar || entry.kind == Kind::kAwsStar;
    account = account || (binding_.facts.has_account && is_account_of(caller, entry));
    const Strengths strength = named(node, entry);
    middle = middle || strength == kRole || strength == kParentUser;
    leaf = leaf || strength == kUser || strength == kSession || strength == kService ||
           strength == kFederated;
  }
  const bool three = is_session(caller.kind) || caller.kind == CallerKind::kFederatedUser;
  const bool root = binding_.facts.is_root();
  const bool has_account = binding_.facts.has_account;
  if (root) leaf = account;
  const bool any = leaf || (three && middle) || (has_account && account);
  const bool all = leaf && (!three || middle) && (!has_account || account);
  bool exempt = all;
  if (all != any) recorder_.touch(catalog::Option::kNotPrincipal);
  if (program_.readings[catalog::Option::kNotPrincipal] == 1) exempt = leaf;
  if (program_.readings[catalog::Option::kNotPrincipal] == 2) exempt = any;
  if (binding_.facts.boundary_present) return {program::tri(!star && !any), program::Tri::kYes};
  if (star) return program::verdict(program::Tri::kNo);
  return {program::tri(!any), program::tri(!exempt)};
}

template <class Rec>
NodeResult Machine<Rec>::principal(std::uint32_t index) {
  using program::Tri;
  NodeResult& known = scratch_.principals[index];
  if (known.epoch == scratch_.epoch) return known;
  const program::PrincipalNode& node = program_.principals[index];
  known = {scratch_.epoch, {}, 0};
  if (node.negated) {
    known.verdict = not_principal(node);
    known.strengths = star_strength(binding_.facts.kind);
    return known;
  }
  bool doubtful = false;  // only {"AWS": "*"} covers this service principal
  for (std::uint32_t i = 0; i < node.count; ++i) {
    const program::PrincipalEntry& entry = program_.principal_entries[node.first + i];
    const Strengths strength = named(node, entry);
    known.strengths = static_cast<Strengths>(known.strengths | strength);
    if (strength == 0) continue;
    if (entry.kind == program::PrincipalEntry::Kind::kAwsStar && strength == kService) {
      doubtful = true;
    } else {
      known.verdict = program::verdict(Tri::kYes);
    }
  }
  if (doubtful && known.verdict.strict == Tri::kNo) {
    known.verdict = pick(catalog::Option::kPrincipalAwsStarService, program::verdict(Tri::kYes),
                         program::verdict(Tri::kNo));
  }
  return known;
}

}  // namespace policysim::eval
