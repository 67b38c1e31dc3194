#include "reference/grants.hpp"

#include <algorithm>

#include "reference/rules.hpp"
#include "reference/text.hpp"

namespace policysim::reference {
namespace {

constexpr std::string_view kContextPrefix = "kms:encryptioncontext:";

// How a grant's principal covers the caller.
enum class Cover { kNone, kAccount, kRole, kItself, kService };

Cover cover(const Caller& c, const std::string& principal) {
  if (principal.empty()) return Cover::kNone;
  if (names_service(c, principal)) return Cover::kService;
  if (names_user(c, principal) || names_session(c, principal)) return Cover::kItself;
  if (names_role(c, principal)) return Cover::kRole;
  return names_account(c, principal) ? Cover::kAccount : Cover::kNone;
}

// One pair of the encryption context: names and values are compared exactly, case included.
Tri has_pair(const Surroundings& s, const std::string& name, const std::string& value) {
  bool stated = false;
  for (const ContextKey& entry : s.request.context) {
    if (!ascii_lower(entry.key).starts_with(kContextPrefix)) continue;
    if (entry.key.substr(kContextPrefix.size()) != name) continue;
    if (entry.state == State::kUnknown) {
      if (s.unknown != nullptr) s.unknown->insert(entry.key);
      return Tri::kUnknown;
    }
    if (entry.state == State::kAbsent) return Tri::kFalse;
    stated = true;
    if (entry.values == std::vector<std::string>{value}) return Tri::kTrue;
  }
  if (stated) return Tri::kFalse;
  // Not stated: another spelling of the name says as much as nothing.
  Request none = s.request;
  none.context.clear();
  const Surroundings silent{none, s.options, s.type, s.deny, s.version_2012, s.unknown};
  return look_up(silent, "kms:EncryptionContext:" + name).state == State::kUnknown ? Tri::kUnknown
                                                                                   : Tri::kFalse;
}

bool names_pair(const Pairs& pairs, const std::string& name) {
  return std::any_of(pairs.begin(), pairs.end(),
                     [&](const auto& pair) { return pair.first == name; });
}

// Has the encryption context no pairs but these?
Tri has_no_other(const Surroundings& s, const Pairs& pairs) {
  Tri out = Tri::kTrue;
  bool stated = false;
  for (const ContextKey& entry : s.request.context) {
    if (!ascii_lower(entry.key).starts_with(kContextPrefix)) continue;
    stated = stated || entry.state != State::kAbsent;
    if (entry.state == State::kAbsent) continue;
    if (names_pair(pairs, entry.key.substr(kContextPrefix.size()))) continue;
    if (entry.state == State::kUnknown && s.unknown != nullptr) s.unknown->insert(entry.key);
    out = both(out, entry.state == State::kUnknown ? Tri::kUnknown : Tri::kFalse);
  }
  // Nothing said of the encryption context at all: it may hold anything.
  if (!stated && look_up(s, "kms:EncryptionContextKeys").state == State::kUnknown) {
    out = both(out, Tri::kUnknown);
  }
  return out;
}

Tri has_pairs(const Surroundings& s, const Pairs& pairs) {
  Tri out = Tri::kTrue;
  for (const auto& [name, value] : pairs) out = both(out, has_pair(s, name, value));
  return out;
}

Tri meets_context(const Surroundings& s, const Grant& grant) {
  Tri out = Tri::kTrue;
  if (grant.context_equals) {
    out = both(has_pairs(s, *grant.context_equals), has_no_other(s, *grant.context_equals));
  }
  if (grant.context_subset) out = both(out, has_pairs(s, *grant.context_subset));
  return out;
}

// Is the value among `allowed`, every one of a list? A key that is not there has no value that is.
Tri all_among(const Surroundings& s, std::string_view key,
              const std::vector<std::string>& allowed) {
  const ContextKey value = look_up(s, key);
  if (value.state == State::kUnknown) return Tri::kUnknown;
  if (value.state == State::kAbsent || value.values.empty()) return Tri::kFalse;
  return tri(std::all_of(value.values.begin(), value.values.end(), [&](const std::string& one) {
    return std::find(allowed.begin(), allowed.end(), one) != allowed.end();
  }));
}

// The grant to be created must be at least as strict as this one.
Tri covers_child(const Surroundings& s, const Grant& grant) {
  Tri out = all_among(s, "kms:GrantOperations", grant.operations);
  if (grant.context_equals) {
    out = both(out, all_among(s, "kms:GrantConstraintType", {"EncryptionContextEquals"}));
  } else if (grant.context_subset) {
    out = both(out, all_among(s, "kms:GrantConstraintType",
                              {"EncryptionContextEquals", "EncryptionContextSubset"}));
  }
  return both(out, meets_context(s, grant));
}

Tri meets_source(const Surroundings& s, const Grant& grant) {
  policy::Condition condition;
  condition.key.value = "aws:SourceArn";
  condition.values.values = {{grant.source_arn, {}}};
  return match_condition(s, "ArnLike", condition);
}

bool lists(const Grant& grant, const std::string& operation) {
  return std::any_of(grant.operations.begin(), grant.operations.end(),
                     [&](const std::string& one) { return ascii_lower(one) == operation; });
}

Tri holds(const Surroundings& s, const Facts& f, const Grant& grant, Cover covered) {
  // Grants to service principals are made with a source alone.
  if (covered == Cover::kService && grant.source_arn.empty()) return Tri::kFalse;
  Tri out = grant.source_arn.empty() ? Tri::kTrue : meets_source(s, grant);
  if (f.operation == "describekey" || f.operation == "retiregrant") return out;
  return both(out, f.operation == "creategrant" ? covers_child(s, grant) : meets_context(s, grant));
}

void add_worth(const Surroundings& s, const Facts& f, const Grant& grant, Cover covered,
               GrantWorth& out) {
  const bool foreign = !f.same_account && grant.issuer != s.request.caller.account;
  if (covered == Cover::kService) {
    out.unlimited = true;
  } else if ((covered == Cover::kAccount &&
              s.reading("kms.account_grant", "identity_needed") == "identity_needed") ||
             (foreign && s.reading("kms.foreign_grant", "identity_needed") == "identity_needed")) {
    out.with_identity = true;
  } else if (covered == Cover::kItself && f.same_account &&
             s.reading("kms.grant_boundary", "limited") == "by_grantee") {
    out.unlimited = true;
  } else {
    out.limited = true;
  }
}

// Is the caller of the account that issued the grant? Accounts of two partitions are two.
bool issued_by(const Caller& c, const Request& request, const Grant& grant) {
  const bool same_partition =
      request.resource_partition.empty() || request.resource_partition == c.partition;
  return !c.account.empty() && grant.issuer == c.account && same_partition;
}

}  // namespace

GrantWorth worth_of_grants(const Facts& f, const Request& request, const Options& options,
                           bool best, UnknownKeys* unknown) {
  const Surroundings s{request, options, PolicyType::kResource, false, false, unknown};
  const Tri least = best ? Tri::kUnknown : Tri::kTrue;
  const Caller& c = request.caller;
  GrantWorth out;
  if (!f.key_operation) return out;
  out.exists = !request.grants.empty();
  for (const Grant& grant : request.grants) {
    const Cover covered = cover(c, grant.grantee);
    if (covered != Cover::kNone && lists(grant, f.operation) &&
        holds(s, f, grant, covered) >= least) {
      add_worth(s, f, grant, covered, out);
    }
    if (f.operation != "retiregrant") continue;
    const Cover retires = cover(c, grant.retiring);
    if (retires != Cover::kNone) add_worth(s, f, grant, retires, out);
    if (issued_by(c, request, grant)) out.with_identity = true;
  }
  out.by_others = out.exists && std::none_of(request.grants.begin(), request.grants.end(),
                                             [&](const Grant& g) { return g.issuer == c.account; });
  return out;
}

}  // namespace policysim::reference
