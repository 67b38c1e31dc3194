#include "reference/convert.hpp"

#include <map>
#include <set>

#include "reference/text.hpp"

namespace policysim::reference {
namespace {

CallerKind from(request::CallerKind kind) {
  switch (kind) {
    case request::CallerKind::kUser:
      return CallerKind::kUser;
    case request::CallerKind::kRoleSession:
      return CallerKind::kRoleSession;
    case request::CallerKind::kFederatedUser:
      return CallerKind::kFederatedUser;
    case request::CallerKind::kRoot:
      return CallerKind::kRoot;
    case request::CallerKind::kRootSession:
      return CallerKind::kRootSession;
    case request::CallerKind::kService:
      return CallerKind::kService;
    case request::CallerKind::kServiceLinkedRole:
      return CallerKind::kServiceLinkedRole;
    case request::CallerKind::kFederatedIdp:
      return CallerKind::kFederatedIdp;
    case request::CallerKind::kAnonymous:
      break;
  }
  return CallerKind::kAnonymous;
}

State from(request::ValueState state) {
  switch (state) {
    case request::ValueState::kScalar:
      return State::kScalar;
    case request::ValueState::kList:
      return State::kList;
    case request::ValueState::kUnknown:
      return State::kUnknown;
    case request::ValueState::kAbsent:
      break;
  }
  return State::kAbsent;
}

Group from(request::AclGrant::Grantee grantee) {
  switch (grantee) {
    case request::AclGrant::Grantee::kAllUsers:
      return Group::kAllUsers;
    case request::AclGrant::Grantee::kAuthenticatedUsers:
      return Group::kAuthenticatedUsers;
    case request::AclGrant::Grantee::kLogDelivery:
      return Group::kLogDelivery;
    case request::AclGrant::Grantee::kAccount:
    case request::AclGrant::Grantee::kCanonicalUser:
      break;
  }
  return Group::kNone;
}

Permission from(request::AclGrant::Permission permission) {
  switch (permission) {
    case request::AclGrant::Permission::kWrite:
      return Permission::kWrite;
    case request::AclGrant::Permission::kReadAcp:
      return Permission::kReadAcp;
    case request::AclGrant::Permission::kWriteAcp:
      return Permission::kWriteAcp;
    case request::AclGrant::Permission::kFullControl:
      return Permission::kFullControl;
    case request::AclGrant::Permission::kRead:
      break;
  }
  return Permission::kRead;
}

S3 from(const request::S3Facts& facts) {
  S3 out;
  out.acls_enabled = facts.acls_enabled;
  for (const request::AclGrant& entry : facts.acl) {
    out.acl.push_back({from(entry.grantee), entry.id, from(entry.permission)});
  }
  out.ignore_public_acls = facts.ignore_public_acls;
  out.restrict_public_buckets = facts.restrict_public_buckets;
  out.vpc_origin = facts.vpc_origin;
  out.bucket_account = facts.bucket_account;
  out.blocked_encryption_types = facts.blocked_encryption_types;
  return out;
}

// The scalar value of a key, or empty.
std::string scalar(const Request& request, std::string_view key) {
  for (const ContextKey& entry : request.context) {
    if (ascii_lower(entry.key) == key && entry.state == State::kScalar) return entry.values.at(0);
  }
  return "";
}

std::string part(const std::string& arn, int index) {
  std::size_t begin = 0;
  for (int i = 0; i < index; ++i) begin = arn.find(':', begin) + 1;
  return arn.substr(begin, arn.find(':', begin) - begin);
}

bool contains(const std::string& text, std::string_view word) {
  return text.find(word) != std::string::npos;
}

CallerKind kind_of(const std::string& arn) {
  if (contains(arn, ":saml-provider/") || contains(arn, ":oidc-provider/")) {
    return CallerKind::kFederatedIdp;
  }
  if (arn.ends_with(":root")) return CallerKind::kRoot;
  if (contains(arn, ":federated-user/")) return CallerKind::kFederatedUser;
  if (contains(arn, ":assumed-role/") || contains(arn, ":role/")) return CallerKind::kRoleSession;
  return CallerKind::kUser;
}

}  // namespace

Grant from(const world::KmsGrant& grant) {
  return {grant.grantee,        grant.operations,     grant.issuer,    grant.retiring,
          grant.context_equals, grant.context_subset, grant.source_arn};
}

static Caller from(const request::Caller& c) {
  Caller out;
  out.kind = from(c.kind);
  out.arn = c.arn;
  if (contains(c.principal_arn, ":role/")) out.role_arn = c.principal_arn;
  out.account = c.account;
  out.partition = c.partition;
  out.unique_id = c.unique_id;
  out.canonical_id = c.canonical_id;
  out.issuer_arn = c.issuer_arn;
  out.service_names = c.service_names;
  out.session_policies_passed = c.has_session_policies;
  out.session_token = c.session_token;
  out.mfa = c.mfa;
  out.in_management_account = c.in_management_account;
  out.organization = c.organization;
  return out;
}

// What keys are under another reading replaces them. A reading under which the key is not sent
// leaves nothing for the others to change.
static void apply_alternatives(const request::Data& data, const Options& options, Request& out) {
  std::set<std::string> absent;
  std::map<std::string, ContextKey> values;
  for (const request::AlternativeEntry& other : data.alternatives) {
    const catalog::OptionRow& row =
        catalog::semantics_options()[static_cast<std::size_t>(other.option)];
    const auto stated = options.find(row.name);
    if (stated == options.end() || stated->second != row.readings.at(other.reading)) continue;
    const std::string key = ascii_lower(other.entry.key);
    values.insert({key, {other.entry.key, from(other.entry.state), other.entry.values}});
    if (other.entry.state == request::ValueState::kAbsent) absent.insert(key);
  }
  for (const auto& [key, value] : values) {
    std::erase_if(out.context,
                  [&key = key](const ContextKey& entry) { return ascii_lower(entry.key) == key; });
    const bool gone = absent.count(key) != 0;
    out.context.push_back(gone ? ContextKey{value.key, from(request::ValueState::kAbsent), {}}
                               : value);
  }
}

Request from(const request::Data& data, const Options& options) {
  Request out;
  out.caller = from(data.caller);
  out.action = data.action;
  out.resource = data.resource;
  const request::ResourceFacts& facts = data.resource_facts;
  out.resource_account = facts.account;
  out.resource_partition = facts.partition;
  out.resource_organization = facts.organization;
  out.aws_managed_key = facts.aws_managed_key;
  out.policy_mandatory = facts.policy_mandatory;
  out.encrypted_by_aws_managed_key = facts.encrypted_by_aws_managed_key;
  if (facts.s3) out.s3 = from(*facts.s3);
  out.other_arn = data.other_arn;
  out.through_endpoint = !data.endpoint.empty();
  out.gateway_endpoint = data.endpoint_gateway;
  out.via_service = data.via_service;
  out.missing_unknown = data.missing_unknown;
  out.complete_prefixes = data.complete_prefixes;
  out.unknown_prefixes = data.unknown_prefixes;
  for (const request::ContextEntry& entry : data.context) {
    out.context.push_back({entry.key, from(entry.state), entry.values});
  }
  apply_alternatives(data, options, out);
  return out;
}

void set_caller(Request& request, std::string_view principal) {
  Caller& c = request.caller;
  c = Caller{};
  if (principal == "*" || principal == "anonymous") return;
  c.arn = principal;
  if (c.arn.ends_with(".amazonaws.com") || c.arn.ends_with(".amazonaws.com.cn")) {
    c.kind = CallerKind::kService;
    c.service_names = {c.arn};
    return;
  }
  c.kind = c.arn.starts_with("arn:") ? kind_of(c.arn) : CallerKind::kFederatedIdp;
  if (c.kind == CallerKind::kFederatedIdp) return;
  c.partition = part(c.arn, 1);
  c.account = part(c.arn, 4);
  const std::string stated = scalar(request, "aws:principalarn");
  if (c.kind == CallerKind::kRoleSession && contains(stated, ":role/")) c.role_arn = stated;
  if (c.role_arn.empty() && contains(c.arn, ":role/")) c.role_arn = c.arn;
  const std::string userid = scalar(request, "aws:userid");
  c.unique_id = userid.substr(0, userid.find(':'));
  c.canonical_id = scalar(request, "s3:canonicaluserid");
  if (contains(c.role_arn, ":role/aws-service-role/")) c.kind = CallerKind::kServiceLinkedRole;
}

}  // namespace policysim::reference
