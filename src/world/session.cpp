#include "world/session.hpp"

#include <array>

#include "world/members.hpp"

namespace policysim::world {
namespace {

using request::CallerKind;

constexpr std::array<std::string_view, 11> kSources = {
    "assume_role",   "saml",    "web_identity",         "identity_center", "ec2",      "service",
    "session_token", "console", "get_federation_token", "assume_root",     "long_term"};

CredentialSource default_source(CallerKind kind) noexcept {
  if (kind == CallerKind::kUser || kind == CallerKind::kRoot) {
    return CredentialSource::kSessionToken;
  }
  if (kind == CallerKind::kFederatedUser) return CredentialSource::kGetFederationToken;
  if (kind == CallerKind::kRootSession) return CredentialSource::kAssumeRoot;
  return CredentialSource::kAssumeRole;
}

bool source_fits(CallerKind kind, CredentialSource from) noexcept {
  switch (from) {
    case CredentialSource::kAssumeRole:
    case CredentialSource::kSaml:
    case CredentialSource::kWebIdentity:
    case CredentialSource::kIdentityCenter:
    case CredentialSource::kEc2:
    case CredentialSource::kService:
      return kind == CallerKind::kRoleSession || kind == CallerKind::kServiceLinkedRole;
    case CredentialSource::kSessionToken:
    case CredentialSource::kConsole:
    case CredentialSource::kLongTerm:
      return kind == CallerKind::kUser || kind == CallerKind::kRoot;
    case CredentialSource::kGetFederationToken:
      return kind == CallerKind::kFederatedUser;
    case CredentialSource::kAssumeRoot:
      return kind == CallerKind::kRootSession;
  }
  return false;
}

void check_source(Members& members, CallerKind kind, const Session& session, Findings& findings) {
  if (!source_fits(kind, session.from)) {
    findings.error("PS2108", members.span_of("from"),
                   "a " + std::string(request::to_string(kind)) + " has no credentials from " +
                       in_ticks(kSources[static_cast<std::size_t>(session.from)]));
    return;
  }
  if (session.mfa && !carries_mfa(session.from)) {
    findings.error("PS2109", members.span_of("mfa"),
                   "credentials from " +
                       in_ticks(kSources[static_cast<std::size_t>(session.from)]) +
                       " say nothing of MFA");
  }
  if (session.mfa_age && !session.mfa) {
    findings.error("PS2109", members.span_of("mfa_age"), "`mfa_age` without MFA",
                   "say `mfa: true` too");
  }
}

// Session policies and tags are passed to AssumeRole and GetFederationToken only.
void check_passed(Members& members, CallerKind kind, Findings& findings) {
  const bool role = kind == CallerKind::kRoleSession;
  const bool federated = kind == CallerKind::kFederatedUser;
  if (members.has("policies") && !role && !federated && kind != CallerKind::kRootSession) {
    not_possible(members.span_of("policies"),
                 "a session of a " + std::string(request::to_string(kind)), "policies",
                 "session policies limit role sessions and federated users", findings);
  }
  for (const char* name : {"tags", "transitive"}) {
    if (members.has(name) && !role && !federated) {
      not_possible(members.span_of(name), "a session of a " + std::string(request::to_string(kind)),
                   name, "tags are passed to role sessions and federated users", findings);
    }
  }
}

}  // namespace

bool carries_mfa(CredentialSource from) noexcept {
  switch (from) {
    case CredentialSource::kAssumeRole:
    case CredentialSource::kEc2:
    case CredentialSource::kService:
    case CredentialSource::kSessionToken:
    case CredentialSource::kConsole:
      return true;
    case CredentialSource::kSaml:
    case CredentialSource::kWebIdentity:
    case CredentialSource::kIdentityCenter:
    case CredentialSource::kGetFederationToken:
    case CredentialSource::kAssumeRoot:
    case CredentialSource::kLongTerm:
      return false;
  }
  return false;
}

std::optional<Session> read_session(const text::Node& node, CallerKind kind, const Known& known,
                                    Findings& findings) {
  Session out;
  if (node.is_null()) {
    out.credentials_stated = true;
    out.from = CredentialSource::kLongTerm;
    if (source_fits(kind, out.from)) return out;
    findings.error("PS2108", node.span,
                   "a " + std::string(request::to_string(kind)) + " has no long-term keys",
                   "`session: null` stands for the long-term keys of a user");
    return std::nullopt;
  }
  Members members(node, "session", findings);
  if (!members.ok()) return std::nullopt;
  for (const char* name : {"from", "mfa", "mfa_age", "source_identity", "issued"}) {
    out.credentials_stated = out.credentials_stated || members.has(name);
  }
  members.text("name");  // read with the caller's ARN
  out.from = default_source(kind);
  if (const auto from = members.word("from", kSources))
    out.from = static_cast<CredentialSource>(*from);
  out.mfa = members.flag("mfa").value_or(false);
  out.mfa_age = members.count("mfa_age");
  out.source_identity = members.text("source_identity");
  out.issued = members.date("issued");
  out.tags = members.tags("tags");
  if (out.tags) check_tag_case(*out.tags, members.span_of("tags"), findings);
  out.transitive = members.texts("transitive").value_or(Names{});
  out.policies = policy_names(members, "policies", known, findings);
  out.claims = members.context("claims");
  members.finish();
  check_source(members, kind, out, findings);
  check_passed(members, kind, findings);
  return out;
}

}  // namespace policysim::world
