#include "differential/model.hpp"

#include "policy/parse.hpp"

namespace policysim::differential {
namespace {

std::string list(const std::vector<std::string>& texts) {
  std::string out = "[";
  for (std::size_t i = 0; i < texts.size(); ++i) out += (i == 0 ? "" : ",") + quote(texts[i]);
  return out + "]";
}

// One text stands alone, several in a list.
std::string texts(const std::vector<std::string>& values) {
  return values.size() == 1 ? quote(values[0]) : list(values);
}

// Conditions of one operator share its block; `op` and key are unique together.
std::string condition_block(const std::vector<Condition>& conditions) {
  std::string out;
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    bool first_of_op = true;
    for (std::size_t j = 0; j < i; ++j) {
      if (conditions[j].op == conditions[i].op) first_of_op = false;
    }
    if (!first_of_op) continue;
    std::string keys;
    for (std::size_t j = i; j < conditions.size(); ++j) {
      if (conditions[j].op != conditions[i].op) continue;
      keys +=
          (keys.empty() ? "" : ",") + quote(conditions[j].key) + ":" + texts(conditions[j].values);
    }
    out += (out.empty() ? "" : ",") + quote(conditions[i].op) + ":{" + keys + "}";
  }
  return "{" + out + "}";
}

std::string to_json(const Statement& s, std::size_t index) {
  std::string out = "{\"Sid\":\"S" + std::to_string(index) + "\",\"Effect\":";
  out += s.deny ? "\"Deny\"" : "\"Allow\"";
  if (!s.principal.empty()) {
    out += (s.not_principal ? ",\"NotPrincipal\":" : ",\"Principal\":") + s.principal;
  }
  out += (s.not_action ? ",\"NotAction\":" : ",\"Action\":") + texts(s.actions);
  if (s.has_resource) {
    out += (s.not_resource ? ",\"NotResource\":" : ",\"Resource\":") + texts(s.resources);
  }
  if (!s.conditions.empty()) out += ",\"Condition\":" + condition_block(s.conditions);
  return out + "}";
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += word + " ";
  return out;
}

std::string state_text(const request::ContextEntry& entry) {
  switch (entry.state) {
    case request::ValueState::kScalar:
      return quote(entry.values.at(0));
    case request::ValueState::kList:
      return list(entry.values);
    case request::ValueState::kUnknown:
      return "unknown";
    case request::ValueState::kAbsent:
      break;
  }
  return "absent";
}

std::string text(const request::AclGrant& grant) {
  using Grantee = request::AclGrant::Grantee;
  static const std::vector<std::string> kPermissions{"READ", "WRITE", "READ_ACP", "WRITE_ACP",
                                                     "FULL_CONTROL"};
  const std::string who = grant.grantee == Grantee::kAllUsers             ? "AllUsers"
                          : grant.grantee == Grantee::kAuthenticatedUsers ? "AuthenticatedUsers"
                          : grant.grantee == Grantee::kLogDelivery        ? "LogDelivery"
                                                                          : grant.id;
  return who + ":" + kPermissions.at(static_cast<std::size_t>(grant.permission)) + " ";
}

std::string text(const request::S3Facts& s3) {
  std::string out = "  s3:";
  if (s3.acls_enabled) out += " ACLs enabled";
  if (s3.ignore_public_acls) out += " IgnorePublicAcls";
  if (s3.restrict_public_buckets) out += " RestrictPublicBuckets";
  if (s3.vpc_origin) out += " VPC origin";
  if (!s3.blocked_encryption_types.empty()) out += " blocks SSE-C";
  out += " bucket of " + s3.bucket_account + " acl ";
  for (const request::AclGrant& grant : s3.acl) out += text(grant);
  return out + "\n";
}

std::string text(const std::optional<world::Tags>& pairs, const std::string& name) {
  if (!pairs) return "";
  std::string out = " " + name + "{ ";
  for (const auto& [key, value] : *pairs) out += key + "=" + value + " ";
  return out + "}";
}

std::string text(const KeyGrant& given) {
  const world::KmsGrant& grant = given.grant;
  std::string out = "grant of " + given.key + " to " + grant.grantee + " by " + grant.issuer +
                    ": " + joined(grant.operations);
  if (!grant.retiring.empty()) out += "retiring " + grant.retiring;
  if (!grant.source_arn.empty()) out += " source " + grant.source_arn;
  return out + text(grant.context_equals, "equals") + text(grant.context_subset, "subset") + "\n";
}

// What the request's parties are known for, beside their names.
std::string facts_text(const request::Data& r) {
  std::string out;
  const request::Caller& c = r.caller;
  if (c.session_token) out += c.mfa ? "  session token with MFA\n" : "  session token\n";
  if (!c.organization.empty()) out += "  caller's organization " + c.organization + "\n";
  if (c.in_management_account) out += "  caller is of the management account\n";
  if (!c.canonical_id.empty()) out += "  canonical id " + c.canonical_id + "\n";
  const request::ResourceFacts& f = r.resource_facts;
  if (!f.organization.empty()) out += "  resource's organization " + f.organization + "\n";
  if (f.aws_managed_key) out += "  an AWS managed key\n";
  if (f.encrypted_by_aws_managed_key) out += "  encrypted by an AWS managed key\n";
  if (!r.other_arn.empty()) out += "  other ARN " + r.other_arn + "\n";
  return f.s3 == nullptr ? out : out + text(*f.s3);
}

}  // namespace

std::string quote(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

std::string to_json(const Policy& policy) {
  std::string out = "{";
  if (!policy.version.empty()) out += "\"Version\":" + quote(policy.version) + ",";
  out += "\"Statement\":[";
  for (std::size_t i = 0; i < policy.statements.size(); ++i) {
    out += (i == 0 ? "" : ",") + to_json(policy.statements[i], i);
  }
  return out + "]}";
}

std::string to_text(const request::Data& r) {
  std::string out = "  caller " + std::string(request::to_string(r.caller.kind)) + " " +
                    r.caller.arn + " role=" + r.caller.principal_arn + " id=" + r.caller.unique_id +
                    " issuer=" + r.caller.issuer_arn +
                    (r.caller.has_session_policies ? " +session" : "") + "\n  action " + r.action +
                    " on " + r.resource + " of " + r.resource_facts.account + "\n";
  if (!r.endpoint.empty()) out += r.endpoint_gateway ? "  gateway endpoint\n" : "  endpoint\n";
  if (r.via_service) out += "  via service\n";
  out += facts_text(r);
  if (r.missing_unknown) out += "  missing keys are unknown\n";
  for (const request::ContextEntry& entry : r.context) {
    out += "    " + entry.key + " = " + state_text(entry) + "\n";
  }
  return out;
}

std::string to_text(const Case& generated) {
  std::string out;
  for (std::size_t i = 0; i < generated.policies.size(); ++i) {
    const Policy& policy = generated.policies[i];
    out += "p" + std::to_string(i) + " " + std::string(policy::type_name(policy.type)) + " " +
           joined(policy.levels) + to_json(policy) + "\n";
  }
  if (generated.organizations) out += "organizations\n";
  for (const Account& account : generated.accounts) {
    out += "account " + account.id + (account.management ? " (management)" : "") +
           (account.scp_enabled ? "" : " (SCPs disabled)") +
           (account.rcp_enabled ? "" : " (RCPs disabled)") + ": " + joined(account.levels) + "\n";
  }
  for (const KeyGrant& grant : generated.grants) out += text(grant);
  for (const auto& [option, reading] : generated.options) out += option + "=" + reading + "\n";
  return out;
}

}  // namespace policysim::differential
