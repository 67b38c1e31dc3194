#include "differential/services.hpp"

#include <algorithm>

#include "differential/generator.hpp"

namespace policysim::differential {
namespace {

using request::AclGrant;
using request::Caller;
using request::CallerKind;
using request::ContextEntry;
using request::Data;
using request::ValueState;

ContextEntry scalar(const std::string& key, const std::string& value) {
  ContextEntry out;
  out.key = key;
  out.values = {value};
  return out;
}

ContextEntry in_state(const std::string& key, ValueState state) {
  ContextEntry out;
  out.key = key;
  out.state = state;
  return out;
}

std::string name_of(const std::string& action) { return action.substr(action.find(':') + 1); }

std::string grantee(Choices& c, const Caller& caller) {
  if (c.chance(15)) return "arn:aws:iam::111122223333:role/nobody";
  if (caller.kind == CallerKind::kService) return c.of(caller.service_names);
  if (caller.account.empty()) return "arn:aws:iam::111122223333:root";
  std::vector<std::string> names{caller.arn, caller.arn,
                                 "arn:" + caller.partition + ":iam::" + caller.account + ":root"};
  if (!caller.principal_arn.empty()) names.insert(names.end(), 2, caller.principal_arn);
  if (!caller.issuer_arn.empty()) names.push_back(caller.issuer_arn);
  return c.of(names);
}

world::Tags draw_pairs(Choices& c) {
  static const std::vector<std::pair<std::string, std::string>> kPairs{
      {"app", "red"}, {"dept", "blue"}, {"App", "red"}, {"app", "Red"}};
  world::Tags out{c.of(kPairs)};
  if (c.chance(30) && out[0].first != "dept") out.push_back(kPairs[1]);
  return out;
}

// Gives the request the pairs, or almost.
void set_encryption_context(Choices& c, const world::Tags& pairs, Data& data) {
  for (const auto& [name, value] : pairs) {
    if (c.chance(15)) continue;
    const bool other_case = c.chance(10) && name == "app";
    set_key(data, scalar("kms:EncryptionContext:" + (other_case ? "App" : name), value));
  }
  if (c.chance(15)) set_key(data, scalar("kms:EncryptionContext:extra", "x"));
}

world::KmsGrant draw_grant(Choices& c, Data& data) {
  static const std::vector<std::string> kOperations{
      "Decrypt", "DescribeKey", "CreateGrant", "RetireGrant", "GenerateDataKeyWithoutPlaintext"};
  world::KmsGrant out;
  out.grantee = grantee(c, data.caller);
  out.operations = {c.of(kOperations)};
  const std::string asked = name_of(data.action);
  const bool grantable = std::find(kOperations.begin(), kOperations.end(), asked) !=
                         kOperations.end();  // PutKeyPolicy is not
  if (grantable && c.chance(85)) out.operations.push_back(asked);
  const bool foreign = !data.caller.account.empty() && c.chance(45);
  out.issuer = foreign ? data.caller.account : data.resource_facts.account;
  if (c.chance(20)) out.retiring = grantee(c, data.caller);
  if (c.chance(30)) {
    world::Tags pairs = draw_pairs(c);
    set_encryption_context(c, pairs, data);
    (c.chance(50) ? out.context_equals : out.context_subset) = std::move(pairs);
  }
  const bool service = data.caller.kind == CallerKind::kService;
  if (service || c.chance(5)) {  // a grant to a service always has one
    out.source_arn = c.chance(70) ? "arn:aws:s3:::bucket" : "arn:aws:s3:::b*";
    if (c.chance(85)) set_key(data, scalar("aws:SourceArn", "arn:aws:s3:::bucket"));
  }
  return out;
}

// Of the grant that kms:CreateGrant is to make.
void draw_child(Choices& c, Data& data) {
  ContextEntry operations = in_state("kms:GrantOperations", ValueState::kList);
  operations.values = {"Decrypt"};
  if (c.chance(25)) operations.values.emplace_back("Sign");
  set_key(data, operations);
  if (c.chance(50)) {
    set_key(data, scalar("kms:GrantConstraintType",
                         c.chance(60) ? "EncryptionContextEquals" : "EncryptionContextSubset"));
  }
}

AclGrant draw_acl_grant(Choices& c, const Data& data) {
  static const std::vector<AclGrant::Permission> kPermissions{
      AclGrant::Permission::kRead,       AclGrant::Permission::kRead,
      AclGrant::Permission::kWrite,      AclGrant::Permission::kReadAcp,
      AclGrant::Permission::kWriteAcp,   AclGrant::Permission::kFullControl,
      AclGrant::Permission::kFullControl};
  AclGrant out;
  out.permission = c.of(kPermissions);
  const Caller& caller = data.caller;
  switch (c.below(8)) {
    case 0:
      out.grantee = AclGrant::Grantee::kCanonicalUser;
      out.id = c.chance(50) && !caller.canonical_id.empty() ? caller.canonical_id : "79a577";
      break;
    case 1:
      out.grantee = AclGrant::Grantee::kAuthenticatedUsers;
      break;
    case 2:
      out.grantee = AclGrant::Grantee::kLogDelivery;
      break;
    case 3:
    case 4:
      out.grantee = AclGrant::Grantee::kAllUsers;
      break;
    default:
      out.id = c.chance(85) && !caller.account.empty() ? caller.account : kThird;
  }
  return out;
}

void draw_owner(Choices& c, Data& data) {
  std::vector<std::string> owners{data.resource_facts.account, kThird};
  if (!data.caller.account.empty()) owners.push_back(data.caller.account);
  set_key(data, c.chance(20) ? in_state("s3.owner", ValueState::kUnknown)
                             : scalar("s3.owner", c.of(owners)));
}

}  // namespace

void draw_grants(Choices& c, Data& data, Case& out) {
  if (data.action == "kms:CreateGrant") draw_child(c, data);
  for (std::size_t n = 1 + c.below(2); n > 0; --n) {
    const bool elsewhere = c.chance(5);
    out.grants.push_back(
        {elsewhere ? "arn:aws:kms:us-east-1:111122223333:key/other" : data.resource,
         draw_grant(c, data)});
  }
}

void settle_encryption_context(Data& data) {
  const std::string prefix = "kms:EncryptionContext:";
  ContextEntry names = in_state("kms:EncryptionContextKeys", ValueState::kList);
  for (ContextEntry& entry : data.context) {
    if (entry.key.compare(0, prefix.size(), prefix) != 0) continue;
    entry.state = entry.values.empty() ? ValueState::kAbsent : ValueState::kScalar;
    entry.values.resize(entry.values.empty() ? 0 : 1);
    if (entry.values.empty()) continue;
    names.values.push_back(entry.key.substr(prefix.size()));
  }
  if (names.values.empty()) names.state = ValueState::kAbsent;
  set_key(data, names);
  data.missing_unknown = false;
}

void draw_s3(Choices& c, Data& data) {
  auto facts = std::make_shared<request::S3Facts>();
  facts->acls_enabled = c.chance(65);
  if (facts->acls_enabled) draw_owner(c, data);
  const std::size_t least = data.caller.kind == CallerKind::kAnonymous ? 2 : 1;
  for (std::size_t n = least + c.below(2); n > 0 && c.chance(85); --n) {
    facts->acl.push_back(draw_acl_grant(c, data));
  }
  facts->ignore_public_acls = c.chance(12);
  facts->restrict_public_buckets = c.chance(35);
  if (c.chance(15)) facts->blocked_encryption_types = {"SSE-C"};
  facts->bucket_account = data.resource_facts.account;
  if (data.resource.find(":accesspoint/") != std::string::npos) {
    facts->vpc_origin = c.chance(30);
    if (c.chance(30)) facts->bucket_account = kOther;
    data.other_arn = "arn:aws:s3:::bucket/red/key.txt";
  }
  if (data.action == "s3:PutObject" && c.chance(30)) {
    const std::string key = "s3:x-amz-server-side-encryption-customer-algorithm";
    set_key(data, c.chance(75) ? scalar(key, "AES256") : in_state(key, ValueState::kUnknown));
  }
  if (c.chance(25)) set_key(data, scalar("s3:authType", "REST-QUERY-STRING"));
  data.resource_facts.s3 = std::move(facts);
}

Condition draw_restriction(Choices& c, Data& data) {
  struct Restriction {
    Condition condition;
    std::string value;  // meets it
  };
  static const std::vector<Restriction> kRestrictions{
      {{"StringEquals", "aws:PrincipalOrgID", {"o-a"}}, "o-a"},
      {{"StringLike", "aws:PrincipalOrgID", {"o-*"}}, "o-a"},
      {{"StringEqualsIfExists", "aws:PrincipalOrgID", {"o-a"}}, "o-a"},
      {{"StringNotEquals", "aws:PrincipalOrgID", {"o-z"}}, "o-a"},
      {{"StringEquals", "aws:PrincipalOrgID", {"o-a", "${aws:PrincipalOrgID}"}}, "o-a"},
      {{"StringEquals", "aws:PrincipalAccount", {kHome, kOther}}, kOther},
      {{"ForAnyValue:StringEquals", "aws:PrincipalOrgPaths", {"o-a/r-1/"}}, "o-a/r-1/"},
      {{"ForAllValues:StringEquals", "aws:PrincipalOrgPaths", {"o-a/r-1/"}}, "o-a/r-1/"},
      {{"ArnLike", "aws:PrincipalArn", {"arn:aws:iam::111122223333:role/*"}},
       "arn:aws:iam::111122223333:role/app"},
      {{"ArnLike", "aws:PrincipalArn", {"arn:aws:iam::*:role/app"}},
       "arn:aws:iam::111122223333:role/app"},
      {{"StringEquals", "aws:SourceVpce", {"vpce-1"}}, "vpce-1"},
      {{"StringLike", "aws:SourceVpce", {"vpce-*"}}, "vpce-1"},
      {{"StringEquals", "aws:SourceVpc", {"vpc-1"}}, "vpc-1"},
      {{"StringEquals", "aws:SourceVpcArn", {"arn:aws:ec2:us-east-1:111122223333:vpc/vpc-1"}},
       "arn:aws:ec2:us-east-1:111122223333:vpc/vpc-1"},
      {{"StringEquals", "aws:VpceOrgID", {"o-a"}}, "o-a"},
      {{"ArnEquals", "aws:SourceArn", {"arn:aws:s3:::bucket"}}, "arn:aws:s3:::bucket"},
      {{"StringEquals", "aws:SourceAccount", {kHome}}, kHome},
      {{"IpAddress", "aws:SourceIp", {"203.0.113.0/24"}}, "203.0.113.7"},
      {{"IpAddress", "aws:SourceIp", {"203.0.0.0/8"}}, "203.0.113.7"},
      {{"IpAddress", "aws:SourceIp", {"202.0.0.0/7"}}, "203.0.113.7"},
      {{"IpAddress", "aws:SourceIp", {"203.0.113.0/24", "0.0.0.0/0"}}, "203.0.113.7"},
      {{"IpAddress", "aws:SourceIp", {"2001:db8::/32"}}, "2001:db8::1"},
      {{"IpAddress", "aws:SourceIp", {"2001::/16"}}, "2001:db8::1"},
      {{"NotIpAddress", "aws:SourceIp", {"10.0.0.0/8"}}, "203.0.113.7"},
      {{"StringEquals", "aws:userid", {"AROAEXAMPLE0:s1"}}, "AROAEXAMPLE0:s1"},
      {{"StringLike", "aws:userid", {"AROAEXAMPLE0:*"}}, "AROAEXAMPLE0:s1"},
      {{"StringLike", "aws:Referer", {"https://example.com/*"}}, "https://example.com/x"},
      {{"StringEquals", "aws:UserAgent", {"red"}}, "red"},
      {{"ArnLike", "s3:DataAccessPointArn", {"arn:aws:s3:us-east-1:111122223333:accesspoint/*"}},
       "arn:aws:s3:us-east-1:111122223333:accesspoint/ap"},
      {{"ArnLike", "s3:DataAccessPointArn", {"arn:aws:s3:*:*:accesspoint/ap"}},
       "arn:aws:s3:us-east-1:111122223333:accesspoint/ap"},
      {{"StringEquals", "s3:DataAccessPointAccount", {kHome}}, kHome},
      {{"Null", "aws:SourceVpce", {"false"}}, "vpce-1"},
  };
  const Restriction& drawn = c.of(kRestrictions);
  if (c.chance(75)) {
    ContextEntry entry = scalar(drawn.condition.key, drawn.value);
    if (drawn.condition.key == "aws:PrincipalOrgPaths") entry.state = ValueState::kList;
    set_key(data, entry);
  }
  return drawn.condition;
}

void draw_service_facts(Choices& c, Data& data) {
  Caller& caller = data.caller;
  if (caller.kind == CallerKind::kUser || caller.kind == CallerKind::kRoot) {
    caller.session_token = c.chance(10);
    caller.mfa = caller.session_token && c.chance(50);
  }
  const std::string service = data.action.substr(0, data.action.find(':'));
  if (service == "dynamodb" || service == "secretsmanager") {
    data.resource_facts.encrypted_by_aws_managed_key = c.chance(7);
  }
  if (data.resource_facts.aws_managed_key && c.chance(60)) {
    set_key(data, in_state("kms.policy", ValueState::kUnknown));
  }
  if (data.via_service && c.chance(50)) {
    set_key(data, scalar("aws:SourceIp", "203.0.113.7"));
    data.alternatives.push_back(
        {catalog::Option::kFasSourceIp, 1, in_state("aws:SourceIp", ValueState::kAbsent)});
  }
}

}  // namespace policysim::differential
