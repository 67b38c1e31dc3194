// `principals`: who they are follows from the entry.
#include <algorithm>
#include <array>
#include <unordered_map>

#include "values/arn.hpp"
#include "world/parts.hpp"
#include "world/session.hpp"

namespace policysim::world {
namespace {

using request::Caller;
using request::CallerKind;
using text::Node;

constexpr std::array<std::string_view, 9> kKinds = {
    "user",    "role-session",        "federated-user", "root",     "root-session",
    "service", "service-linked-role", "federated-idp",  "anonymous"};

// Which members an entry of a kind may have, besides `kind`, `override` and what says who it is.
std::string_view possible_members(CallerKind kind) noexcept {
  switch (kind) {
    case CallerKind::kUser:
      return " arn unique_id tags policies groups boundary session ";
    case CallerKind::kRoleSession:
      return " arn unique_id tags policies boundary trust session ";
    case CallerKind::kServiceLinkedRole:
      return " arn unique_id tags policies trust session ";
    case CallerKind::kFederatedUser:
      return " arn unique_id tags policies boundary issuer session ";
    case CallerKind::kRoot:
      return " arn session assumed_root ";
    case CallerKind::kRootSession:
      return " arn session assumed_root ";
    case CallerKind::kService:
      return " service service_names ";
    case CallerKind::kFederatedIdp:
      return " federated claims ";
    case CallerKind::kAnonymous:
      return " anonymous ";
  }
  return {};
}

void check_possible(const Node& node, CallerKind kind, Findings& findings) {
  constexpr std::string_view kChecked =
      " arn service service_names anonymous federated claims assumed_root issuer unique_id tags "
      "policies groups boundary trust session ";
  for (const text::Member& member : node.members) {
    const std::string word = " " + member.key + " ";
    const bool checked = kChecked.find(word) != std::string_view::npos;
    if (!checked || possible_members(kind).find(word) != std::string_view::npos) continue;
    if (member.key == "assumed_root" && member.value.text == "false") continue;
    not_possible(member.key_span, "a " + std::string(request::to_string(kind)), member.key, {},
                 findings);
  }
}

bool by_arn(const std::string& arn, const SourceSpan& span, Caller& out, Findings& findings) {
  auto caller = request::caller_from_arn(arn);
  if (!caller || !values::split_arn(arn) || caller->kind == CallerKind::kFederatedIdp) {
    findings.error("PS2116", span, in_ticks(arn) + " is no ARN of a caller",
                   "users, roles, sessions, federated users and account roots can call");
    return false;
  }
  out = *std::move(caller);
  return true;
}

// Exactly one member says who it is.
bool read_identity(Members& members, Caller& out, Findings& findings) {
  constexpr std::array<std::string_view, 4> kSayers = {"arn", "service", "federated", "anonymous"};
  const auto said = std::count_if(kSayers.begin(), kSayers.end(),
                                  [&](std::string_view name) { return members.has(name); });
  if (said != 1) {
    findings.error("PS2005", members.span(),
                   "a principal needs exactly one of `arn`, `service`, `federated`, `anonymous`");
    return false;
  }
  if (const auto arn = members.text("arn")) {
    return by_arn(*arn, members.span_of("arn"), out, findings);
  }
  if (const auto service = members.text("service")) {
    const auto caller = request::caller_from_arn(*service);
    if (!caller || caller->kind != CallerKind::kService) {
      findings.error("PS2006", members.span_of("service"),
                     in_ticks(*service) + " is no service principal",
                     "service principals end in `.amazonaws.com`");
      return false;
    }
    out = *caller;
    return true;
  }
  if (const auto provider = members.text("federated")) {
    const auto caller = request::caller_from_arn(*provider);
    if (!caller || caller->kind != CallerKind::kFederatedIdp) {
      findings.error("PS2006", members.span_of("federated"),
                     in_ticks(*provider) + " is no identity provider",
                     "give the ARN of a SAML or OIDC provider, or its host name");
      return false;
    }
    out = *caller;
    return true;
  }
  const auto anonymous = members.flag("anonymous");
  if (anonymous && !*anonymous) {
    findings.error("PS2006", members.span_of("anonymous"), "`anonymous` can only be `true`");
  }
  out = *request::caller_from_arn("anonymous");
  return anonymous.value_or(false);
}

// Roles: the role's own ARN, and the session that signs.
void read_role(Members& members, Principal& out) {
  Caller& caller = out.caller;
  if (caller.principal_arn.empty()) caller.principal_arn = caller.entry;  // a role without path
  out.resource_arn = caller.principal_arn;
  out.session_name = caller.arn.substr(caller.arn.rfind('/') + 1);
  const Node* session = members.nullable("session");
  const Node* name = session != nullptr ? session->find("name") : nullptr;
  if (name == nullptr || !name->is_scalar() || name->text.empty()) return;
  caller.arn.replace(caller.arn.rfind('/') + 1, std::string::npos, name->text);
  out.session_name = name->text;
}

void read_kind(Members& members, Caller& caller, Findings& findings) {
  if (members.flag("assumed_root").value_or(false)) {
    if (caller.kind == CallerKind::kRoot) caller.kind = CallerKind::kRootSession;
  }
  const auto stated = members.word("kind", kKinds);
  if (!stated) return;
  const auto kind = static_cast<CallerKind>(*stated);
  if (kind == CallerKind::kServiceLinkedRole && caller.kind == CallerKind::kRoleSession) {
    caller.kind = kind;
  } else if (kind != caller.kind) {
    findings.error("PS2108", members.span_of("kind"),
                   "`kind` says " + in_ticks(kKinds[*stated]) + ", the entry is of kind " +
                       in_ticks(request::to_string(caller.kind)));
  }
}

void warn_look_alike(const Principal& entry, Findings& findings) {
  if (entry.caller.kind != CallerKind::kRoleSession) return;
  const std::string& arn = entry.caller.principal_arn;
  const std::string_view name = std::string_view(arn).substr(arn.rfind('/') + 1);
  if (name.rfind("AWSServiceRoleFor", 0) != 0) return;
  findings.warning("PS2115", entry.span,
                   in_ticks(name) + " is named like a service-linked role and is none",
                   "give the role's ARN with its path `/aws-service-role/…`");
}

void read_attachments(Members& members, Principal& out, const Known& known, Findings& findings) {
  out.policies =
      policy_names(members, "policies", known, findings, {}, Unknown::kFits).value_or(Names{});
  out.boundary = policy_name(members, "boundary", known, findings, Unknown::kFits);
  out.unknown_policy =
      any_unknown(out.policies, known) || (out.boundary && any_unknown({*out.boundary}, known));
  out.trust = policy_name(members, "trust", known, findings);
  const Node* groups = members.list("groups");
  if (groups == nullptr) return;
  for (const Node& item : groups->items) {
    const auto name = read_text(item, "a name of a group", findings);
    if (!name) continue;
    if (const auto found = known.groups.find(*name); found != known.groups.end()) {
      out.unknown_policy = out.unknown_policy || found->second;
      out.groups.push_back(*name);
      continue;
    }
    Names names;
    for (const auto& group : known.groups) names.push_back(group.first);
    std::sort(names.begin(), names.end());
    unknown_name(item.span, "group", *name, names, findings);
  }
}

void read_principal(const text::Member& entry, Data& data, const Known& known, Findings& findings) {
  check_entry_name(entry, "principal", findings);
  Members members(entry.value, "principal", findings);
  if (!members.ok()) return;
  Principal out;
  out.name = entry.key;
  out.span = entry.key_span;
  const bool identified = read_identity(members, out.caller, findings);
  for (const char* name : {"arn", "service", "federated", "anonymous"}) members.nullable(name);
  const bool role = out.caller.kind == CallerKind::kRoleSession ||
                    out.caller.kind == CallerKind::kServiceLinkedRole;
  if (identified && role) read_role(members, out);
  if (out.caller.kind == CallerKind::kUser) out.resource_arn = out.caller.arn;
  read_kind(members, out.caller, findings);
  if (identified) check_possible(entry.value, out.caller.kind, findings);
  out.caller.entry = out.name;
  out.caller.unique_id = members.text("unique_id").value_or("");
  out.caller.issuer_arn = members.text("issuer").value_or("");  // a name is resolved later
  if (auto names = members.texts("service_names")) out.caller.service_names = *std::move(names);
  out.claims = members.context("claims");
  out.tags = members.tags("tags");
  if (out.tags) check_tag_case(*out.tags, members.span_of("tags"), findings);
  read_attachments(members, out, known, findings);
  if (const Node* session = members.nullable("session")) {
    out.session = read_session(*session, out.caller.kind, known, findings);
  }
  out.caller.has_session_policies = out.caller.kind == CallerKind::kRootSession ||
                                    (out.session && out.session->policies.has_value());
  members.flag("override");
  members.finish();
  if (!identified) return;
  warn_look_alike(out, findings);
  data.principals.push_back(std::move(out));
}

// Federated users: the user whose policies count.
void resolve_issuers(Data& data, Findings& findings) {
  for (Principal& entry : data.principals) {
    std::string& issuer = entry.caller.issuer_arn;
    if (issuer.empty()) continue;
    const auto parent = std::find_if(data.principals.begin(), data.principals.end(),
                                     [&](const Principal& other) { return other.name == issuer; });
    if (parent != data.principals.end()) issuer = parent->caller.arn;
    const auto caller = request::caller_from_arn(issuer);
    if (!caller || (caller->kind != CallerKind::kUser && caller->kind != CallerKind::kRoot)) {
      findings.error(
          "PS2102", entry.span,
          "the issuer " + in_ticks(issuer) + " is no user of the world and no user's ARN");
    }
  }
}

// A role has one trust policy, however many entries stand for its sessions.
void check_trusts(const Data& data, Findings& findings) {
  std::unordered_map<std::string_view, const Principal*> trusting;
  for (const Principal& entry : data.principals) {
    if (!entry.trust) continue;
    const auto [at, fresh] = trusting.emplace(entry.resource_arn, &entry);
    if (fresh || at->second->trust == entry.trust) continue;
    findings.add({{"PS2108",
                   "two entries give " + in_ticks(entry.resource_arn) + " different trust policies",
                   {},
                   Severity::kError,
                   entry.span,
                   {at->second->span}}});
  }
}

}  // namespace

void read_principals(const Node& section, Data& data, const Known& known, Findings& findings) {
  data.principals.reserve(section.members.size());
  for (const text::Member& entry : section.members) read_principal(entry, data, known, findings);
  resolve_issuers(data, findings);
  check_trusts(data, findings);
  std::unordered_map<std::string_view, const Account*> accounts;
  for (const Account& account : data.accounts) accounts.emplace(account.id, &account);
  for (Principal& entry : data.principals) {
    const auto account = accounts.find(entry.caller.account);
    if (account != accounts.end()) entry.caller.canonical_id = account->second->canonical_id;
  }
}

}  // namespace policysim::world
