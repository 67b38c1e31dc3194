// Keys that say who calls: language.md 7 and evaluation.md 9.3, by kind of caller.
#include <algorithm>

#include "base/ascii.hpp"
#include "operations/derive.hpp"
#include "world/session.hpp"

namespace policysim::operations {
namespace {

using request::Caller;
using request::CallerKind;
using request::Origin;
using world::CredentialSource;
using world::Session;

constexpr Origin kWorld = Origin::kWorld;

bool signs(CallerKind kind) noexcept {
  return kind != CallerKind::kService && kind != CallerKind::kFederatedIdp &&
         kind != CallerKind::kAnonymous;
}

bool is_role(CallerKind kind) noexcept {
  return kind == CallerKind::kRoleSession || kind == CallerKind::kServiceLinkedRole;
}

std::string_view principal_type(CallerKind kind) noexcept {
  switch (kind) {
    case CallerKind::kUser:
      return "User";
    case CallerKind::kRoleSession:
    case CallerKind::kServiceLinkedRole:
      return "AssumedRole";
    case CallerKind::kFederatedUser:
      return "FederatedUser";
    case CallerKind::kRoot:
    case CallerKind::kRootSession:
      return "Account";
    case CallerKind::kAnonymous:
      return "Anonymous";
    case CallerKind::kService:
    case CallerKind::kFederatedIdp:
      return {};
  }
  return {};
}

// AWS documents the value per kind; a unique id that the world does not state is no fact.
void derive_userid(Derivation& d) {
  const Caller& caller = d.caller.caller;
  std::string id;
  if (caller.kind == CallerKind::kFederatedUser) {
    id = caller.account + ":" + caller.arn.substr(caller.arn.rfind('/') + 1);
  } else if (caller.kind == CallerKind::kRoot || caller.kind == CallerKind::kRootSession) {
    id = caller.account;
  } else if (!caller.unique_id.empty()) {
    id = caller.unique_id + (is_role(caller.kind) ? ":" + d.caller.session_name : "");
  }
  if (!id.empty()) d.keys.scalar(kWorld, "aws:userid", id);
}

void derive_organization(Derivation& d, const std::string& account, const std::string& id_key,
                         const std::string& paths_key) {
  if (d.world == nullptr) return;
  if (const world::Organization* organization = d.world->organization_of(account)) {
    d.keys.scalar(kWorld, id_key, organization->id);
    d.keys.list(kWorld, paths_key, {std::string(d.world->organization_path(account))});
  } else if (!d.world->organizations.empty()) {
    // An account that no organization lists has none, but the context may know better.
    d.keys.absent(Origin::kDefault, id_key);
    d.keys.absent(Origin::kDefault, paths_key);
  }
}

void derive_signed(Derivation& d) {
  const Caller& caller = d.caller.caller;
  d.keys.scalar(kWorld, "aws:PrincipalArn", caller.principal_arn);
  d.keys.scalar(kWorld, "aws:PrincipalAccount", caller.account);
  d.keys.scalar(kWorld, "aws:PrincipalType", std::string(principal_type(caller.kind)));
  d.keys.scalar(kWorld, "aws:PrincipalIsAWSService", "false");
  d.keys.absent(kWorld, "aws:PrincipalServiceName");
  d.keys.absent(kWorld, "aws:PrincipalServiceNamesList");
  derive_userid(d);
  derive_organization(d, caller.account, "aws:PrincipalOrgID", "aws:PrincipalOrgPaths");
  if (caller.kind == CallerKind::kUser) {
    d.keys.scalar(kWorld, "aws:username", caller.arn.substr(caller.arn.rfind('/') + 1));
  } else {
    d.keys.absent(kWorld, "aws:username");
  }
  if (caller.kind == CallerKind::kRootSession) {
    d.keys.scalar(kWorld, "aws:AssumedRoot", "true");
  } else {
    d.keys.absent(kWorld, "aws:AssumedRoot");
  }
}

void derive_unsigned(Derivation& d) {
  const Caller& caller = d.caller.caller;
  for (const char* key : {"aws:PrincipalArn", "aws:PrincipalOrgID", "aws:PrincipalOrgPaths",
                          "aws:username", "aws:TokenIssueTime", "aws:MultiFactorAuthPresent",
                          "aws:MultiFactorAuthAge", "aws:SourceIdentity", "aws:AssumedRoot"}) {
    d.keys.absent(kWorld, key);
  }
  if (caller.kind == CallerKind::kService) {
    d.keys.scalar(kWorld, "aws:PrincipalIsAWSService", "true");
    d.keys.scalar(kWorld, "aws:PrincipalServiceName", caller.arn);
    d.keys.list(kWorld, "aws:PrincipalServiceNamesList", caller.service_names);
    // "all requests" have these, but AWS gives no value for services.
    for (const char* key : {"aws:PrincipalAccount", "aws:PrincipalType", "aws:userid"}) {
      d.keys.unknown(kWorld, key);
    }
    return;
  }
  for (const char* key :
       {"aws:PrincipalIsAWSService", "aws:PrincipalServiceName", "aws:PrincipalServiceNamesList"}) {
    d.keys.absent(kWorld, key);
  }
  if (caller.kind != CallerKind::kAnonymous) return;
  d.keys.scalar(kWorld, "aws:PrincipalAccount", "anonymous");
  d.keys.scalar(kWorld, "aws:userid", "anonymous");
  d.keys.scalar(kWorld, "aws:PrincipalType", "Anonymous");
}

// Session tags hide tags of the user or role whose keys are equal but for case.
world::Tags principal_tags(const world::Principal& entry) {
  world::Tags out = entry.tags.value_or(world::Tags{});
  if (!entry.session || !entry.session->tags) return out;
  const auto hidden = [&](const std::pair<std::string, std::string>& tag) {
    const world::Tags& session = *entry.session->tags;
    return std::any_of(session.begin(), session.end(), [&](const auto& other) {
      return base::equals_ignore_case(other.first, tag.first);
    });
  };
  out.erase(std::remove_if(out.begin(), out.end(), hidden), out.end());
  out.insert(out.end(), entry.session->tags->begin(), entry.session->tags->end());
  return out;
}

void derive_tags(Derivation& d) {
  const CallerKind kind = d.caller.caller.kind;
  const bool taggable =
      kind == CallerKind::kUser || is_role(kind) || kind == CallerKind::kFederatedUser;
  const world::Principal* entry = d.caller.entry;
  if (!taggable) {
    d.keys.complete(kWorld, "aws:principaltag/");
  } else if (entry != nullptr) {
    for (auto& tag : principal_tags(*entry)) {
      d.keys.scalar(kWorld, "aws:PrincipalTag/" + tag.first, tag.second);
    }
    if (entry->tags) d.keys.complete(kWorld, "aws:principaltag/");
  }
}

void derive_long_term(Derivation& d) {
  // A service that calls on makes temporary credentials, without MFA.
  if (d.fields.via.empty()) {
    d.keys.absent(kWorld, "aws:MultiFactorAuthPresent");
    d.keys.absent(kWorld, "aws:TokenIssueTime");
  } else {
    d.keys.scalar(kWorld, "aws:MultiFactorAuthPresent", "false");
  }
  d.keys.absent(kWorld, "aws:MultiFactorAuthAge");
  d.keys.absent(kWorld, "aws:SourceIdentity");
}

void derive_credentials(Derivation& d, const Session& session) {
  if (session.from == CredentialSource::kLongTerm) {
    derive_long_term(d);
    return;
  }
  if (world::carries_mfa(session.from)) {
    d.keys.scalar(kWorld, "aws:MultiFactorAuthPresent", session.mfa ? "true" : "false");
  } else {
    d.keys.absent(kWorld, "aws:MultiFactorAuthPresent");
  }
  if (session.mfa_age) {
    d.keys.scalar(kWorld, "aws:MultiFactorAuthAge", *session.mfa_age);
  } else if (!session.mfa) {
    d.keys.absent(kWorld, "aws:MultiFactorAuthAge");
  }
  if (session.source_identity) {
    d.keys.scalar(kWorld, "aws:SourceIdentity", *session.source_identity);
  } else {
    d.keys.absent(kWorld, "aws:SourceIdentity");
  }
  // Every temporary credential has a time of issue.
  if (session.issued) {
    d.keys.scalar(kWorld, "aws:TokenIssueTime", *session.issued);
  } else {
    d.keys.scalar(Origin::kDefault, "aws:TokenIssueTime", d.clock);
  }
}

// What a policy says that an import only names.
void derive_unknown_policy(Derivation& d) {
  const world::Principal* const entry = d.caller.entry;
  const world::Principal* const issuer =
      d.world != nullptr ? d.world->principal(entry->caller.issuer_arn) : nullptr;
  if (entry->unknown_policy || (issuer != nullptr && issuer->unknown_policy)) {
    d.keys.unknown(kWorld, "iam.policy");
  }
}

void add_claims(Derivation& d, const std::vector<request::ContextEntry>& claims) {
  for (request::ContextEntry claim : claims) {
    claim.origin = kWorld;
    d.keys.add(std::move(claim));
  }
}

}  // namespace

void derive_caller(Derivation& d) {
  if (signs(d.caller.caller.kind)) {
    derive_signed(d);
  } else {
    derive_unsigned(d);
  }
  derive_tags(d);
  // GetFederationToken sessions never carry these, whatever the world says of the session.
  const bool federated = d.caller.caller.kind == CallerKind::kFederatedUser;
  const world::Principal* entry = d.caller.entry;
  if (entry != nullptr && entry->session && entry->session->credentials_stated) {
    derive_credentials(d, *entry->session);
  } else if (federated) {
    d.keys.absent(kWorld, "aws:MultiFactorAuthPresent");
    d.keys.absent(kWorld, "aws:MultiFactorAuthAge");
  }
  if (entry == nullptr) return;
  derive_unknown_policy(d);
  add_claims(d, entry->claims);
  if (entry->session) add_claims(d, entry->session->claims);
}

}  // namespace policysim::operations
