#include "operations/parties.hpp"

#include <array>
#include <utility>
#include <vector>

#include "operations/s3_facts.hpp"
#include "services/rules.hpp"
#include "values/arn.hpp"

namespace policysim::operations {
namespace {

using request::Caller;
using request::CallerKind;
using world::Findings;
using world::in_ticks;

bool is_role(const Caller& caller) noexcept {
  return caller.kind == CallerKind::kRoleSession || caller.kind == CallerKind::kServiceLinkedRole;
}

std::string last_segment(const std::string& text) { return text.substr(text.rfind('/') + 1); }

// The session name of "…:assumed-role/NAME/SESSION".
std::string session_of(const Caller& caller) {
  const std::size_t role = caller.arn.find(":assumed-role/");
  if (role == std::string::npos) return {};
  const std::size_t slash = caller.arn.find('/', role + 14);
  return slash == std::string::npos ? std::string() : caller.arn.substr(slash + 1);
}

// The context may tell the path of a role whose session ARN has lost it.
void take_role_path(const Fields& fields, Caller& caller) {
  caller.principal_arn = caller.entry;
  const std::string stated = fields.stated("aws:PrincipalArn");
  const auto arn = values::split_arn(stated);
  if (!arn || arn->service() != "iam" || arn->account() != caller.account ||
      arn->partition() != caller.partition || arn->resource().substr(0, 5) != "role/" ||
      last_segment(stated) != last_segment(caller.entry)) {
    return;
  }
  caller.principal_arn = caller.entry = stated;
  if (arn->resource().substr(0, 22) == "role/aws-service-role/") {
    caller.kind = CallerKind::kServiceLinkedRole;
  }
}

void warn_unknown(const Caller& caller, const SourceSpan& span, Findings& findings) {
  const bool has_arn = caller.arn.rfind("arn:", 0) == 0;
  if (has_arn && caller.kind != CallerKind::kFederatedIdp) {
    findings.warning(
        "PS3008", span,
        "the world has no principal " + in_ticks(caller.arn) + ", so it has no policies");
  }
  const std::string role = last_segment(caller.principal_arn);
  if (caller.kind == CallerKind::kRoleSession && role.rfind("AWSServiceRoleFor", 0) == 0) {
    findings.warning("PS2115", span,
                     in_ticks(role) + " is named like a service-linked role and is none",
                     "give the role's ARN with its path `/aws-service-role/…`");
  }
}

// Host names of identity providers are names like others: only those that AWS builds in are
// callers without an entry in the world.
bool is_built_in_provider(std::string_view text) noexcept {
  constexpr std::array<std::string_view, 4> kProviders = {"accounts.google.com",
                                                          "graph.facebook.com", "www.amazon.com",
                                                          "cognito-identity.amazonaws.com"};
  for (const std::string_view provider : kProviders) {
    if (text == provider) return true;
  }
  return false;
}

template <class Entries>
void add_names(const Entries& entries, std::vector<std::string>& names) {
  for (const auto& entry : entries) names.push_back(entry.name);
}

// The bucket of an object, the table of an index: whose facts hold for the ARN too.
const world::Resource* container_of(const std::string& arn, const world::Data* world) {
  const std::string_view target = services::policy_target(arn);
  return world != nullptr && target != arn ? world->resource(target) : nullptr;
}

void unknown_resource(const std::string& text, const SourceSpan& span, const world::Data* world,
                      Findings& findings) {
  std::vector<std::string> names;
  if (world != nullptr) {
    add_names(world->resources, names);
    add_names(world->principals, names);
  }
  findings.error("PS3005", span, in_ticks(text) + " is no ARN and no name of a resource",
                 world::did_you_mean(text, names));
}

// AWS's own policies (arn:aws:iam::aws:policy/…) are read as if they were the caller's.
void find_owner(std::string account_of_arn, const Fields& fields, const CallerParty& caller,
                ResourceParty& out) {
  std::string& account = out.facts.account;
  if (account_of_arn == "aws") account_of_arn = caller.caller.account;
  if (out.entry != nullptr) account = out.entry->account;
  if (account.empty()) account = account_of_arn;
  if (account.empty() && out.container != nullptr) account = out.container->account;
  if (!account.empty()) return;
  account = fields.stated("aws:ResourceAccount");
  out.owner_stated_in_context = !account.empty();
}

// Is a table or secret encrypted under an AWS managed key?
bool under_aws_managed_key(const world::Data& world, const world::Resource& entry) {
  if (!entry.encryption || entry.encryption->key.empty()) return false;
  const std::string& key = entry.encryption->key;
  const world::Resource* const found = world.key(key, entry);
  if (found != nullptr) return found->kms.aws_managed;
  return key.rfind("alias/aws/", 0) == 0 || key.find(":alias/aws/") != std::string::npos;
}

void add_world_facts(const world::Data& world, std::string_view action, ResourceParty& out) {
  out.facts.aws_managed_key = out.entry != nullptr && out.entry->kms.aws_managed;
  const world::Resource* const place = out.container != nullptr ? out.container : out.entry;
  if (place != nullptr) {
    out.facts.encrypted_by_aws_managed_key = under_aws_managed_key(world, *place);
  }
  const world::Organization* const organization = world.organization_of(out.facts.account);
  if (organization != nullptr) out.facts.organization = organization->id;
  out.facts.s3 = s3_facts(world, out, action);
}

void add_world_facts(const world::Data& world, CallerParty& out) {
  Caller& caller = out.caller;
  if (const auto* account = world.account(caller.account)) {
    if (caller.canonical_id.empty()) caller.canonical_id = account->canonical_id;
    caller.account_created = account->created;
  }
  if (const auto* organization = world.organization_of(caller.account)) {
    caller.organization = organization->id;
    caller.in_management_account = organization->management_account == caller.account;
  }
  if (out.entry == nullptr || !out.entry->session) return;
  const world::Session& session = *out.entry->session;
  caller.session_token = session.credentials_stated &&
                         session.from == world::CredentialSource::kSessionToken &&
                         (caller.kind == CallerKind::kUser || caller.kind == CallerKind::kRoot);
  caller.mfa = session.mfa;
}

std::optional<CallerParty> caller_of(const Fields& fields, const world::Data* world,
                                     Findings& findings) {
  CallerParty out;
  if (world != nullptr) out.entry = world->principal(fields.principal);
  if (out.entry != nullptr) {
    out.caller = out.entry->caller;
    out.session_name = out.entry->session_name;
    return out;
  }
  const SourceSpan& span = fields.span_of("principal");
  auto caller = request::caller_from_arn(fields.principal);
  const bool host_name =
      caller && caller->kind == CallerKind::kFederatedIdp && fields.principal.rfind("arn:", 0) != 0;
  if (!caller || (host_name && !is_built_in_provider(fields.principal))) {
    std::vector<std::string> names;
    if (world != nullptr) add_names(world->principals, names);
    findings.error("PS3005", span,
                   in_ticks(fields.principal) + " is no name, ARN or service principal of a caller",
                   world::did_you_mean(fields.principal, names));
    return std::nullopt;
  }
  out.caller = *std::move(caller);
  out.session_name = session_of(out.caller);
  if (out.caller.kind == CallerKind::kRoleSession && out.caller.principal_arn.empty()) {
    // Another session of a role that the world has.
    const world::Principal* role = world != nullptr ? world->principal(out.caller.entry) : nullptr;
    if (role != nullptr && is_role(role->caller)) {
      const std::string arn = out.caller.arn;
      out.entry = role;
      out.caller = role->caller;
      out.caller.arn = arn;
      return out;
    }
    take_role_path(fields, out.caller);
  }
  if (world != nullptr) warn_unknown(out.caller, span, findings);
  return out;
}

}  // namespace

std::optional<CallerParty> find_caller(const Fields& fields, const world::Data* world,
                                       Findings& findings) {
  auto out = caller_of(fields, world, findings);
  if (out && world != nullptr) add_world_facts(*world, *out);
  return out;
}

std::optional<ResourceParty> find_resource(const std::string& text, std::string_view action,
                                           const Fields& fields, const CallerParty& caller,
                                           const world::Data* world, Findings& findings,
                                           std::string_view member) {
  ResourceParty out;
  out.arn = text;
  if (text == "*") {
    out.facts.account = caller.caller.account;
    return out;
  }
  if (world != nullptr) {
    out.entry = world->resource(text);
    if (out.entry == nullptr) out.principal = world->principal_resource(text);
  }
  if (out.entry != nullptr) out.arn = out.entry->arn;
  if (out.principal != nullptr) out.arn = out.principal->resource_arn;
  const auto arn = values::split_arn(out.arn);
  if (!arn) {
    unknown_resource(text, fields.span_of(member), world, findings);
    return std::nullopt;
  }
  out.container = container_of(out.arn, world);
  find_owner(std::string(arn->account()), fields, caller, out);
  if (out.facts.account.empty()) {
    findings.error("PS3006", fields.span_of(member),
                   "who owns " + in_ticks(out.arn) + " is not stated and never guessed",
                   "give the resource an `account` in the world, or state `aws:ResourceAccount`");
    return std::nullopt;
  }
  out.region = std::string(arn->region());
  for (const world::Resource* place : {out.entry, out.container}) {
    if (out.region.empty() && place != nullptr) out.region = place->region;
  }
  out.facts.partition = std::string(arn->partition());
  out.facts.policy_target = std::string(services::policy_target(out.arn));
  out.facts.aws_managed_key = out.entry != nullptr && out.entry->kms.aws_managed;
  if (world != nullptr) add_world_facts(*world, action, out);
  return out;
}

}  // namespace policysim::operations
