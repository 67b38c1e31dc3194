#include "reference/convert.hpp"

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

Request from(const request::Data& data) {
  Request out;
  const request::Caller& c = data.caller;
  out.caller = {
      from(c.kind), c.arn,          c.principal_arn, c.account,       c.partition,
      c.unique_id,  c.canonical_id, c.issuer_arn,    c.service_names, c.has_session_policies,
      false};
  if (!contains(out.caller.role_arn, ":role/")) out.caller.role_arn.clear();
  out.action = data.action;
  out.resource = data.resource;
  out.resource_account = data.resource_facts.account;
  out.resource_partition = data.resource_facts.partition;
  out.aws_managed_key = data.resource_facts.aws_managed_key;
  out.through_endpoint = !data.endpoint.empty();
  out.gateway_endpoint = data.endpoint_gateway;
  out.via_service = data.via_service;
  out.missing_unknown = data.missing_unknown;
  out.complete_prefixes = data.complete_prefixes;
  out.unknown_prefixes = data.unknown_prefixes;
  for (const request::ContextEntry& entry : data.context) {
    out.context.push_back({entry.key, from(entry.state), entry.values});
  }
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
