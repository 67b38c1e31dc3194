// Rules of KMS and S3 that no scenario holds, in the reference alone: it must be right before
// it may witness.
#include <gtest/gtest.h>

#include "conformance/setting.hpp"

namespace policysim::conformance {
namespace {

using reference::CallerKind;
using reference::State;

constexpr const char* kKey = "arn:aws:kms:us-east-1:111122223333:key/1234";
constexpr const char* kObject = "arn:aws:s3:::bucket/k.txt";
const std::string kAnn = "arn:aws:iam::111122223333:user/ann";

TEST(ReferenceGrants, CoverTheirGranteesAlone) {
  EXPECT_EQ(Setting("kms:Decrypt", kKey).grant(kAnn, {"Decrypt"}).decide(), "allow grant");
  EXPECT_EQ(Setting("kms:Decrypt", kKey).grant(kAnn + "e", {"Decrypt"}).decide(),
            "implicit_deny resource");
  Setting session("kms:Decrypt", kKey);
  session.call_as(CallerKind::kRoleSession, "arn:aws:sts::111122223333:assumed-role/app/s");
  session.request.caller.role_arn = "arn:aws:iam::111122223333:role/team/app";
  session.grant("arn:aws:iam::111122223333:role/app", {"Decrypt"});
  EXPECT_EQ(session.decide(), "implicit_deny resource");
  session.grant("arn:aws:iam::111122223333:role/team/app", {"Decrypt"});
  EXPECT_EQ(session.decide(), "allow grant");
}

TEST(ReferenceGrants, ToAnAccountDelegate) {
  Setting setting("kms:Decrypt", kKey);
  setting.grant("arn:aws:iam::111122223333:root", {"Decrypt"});
  EXPECT_EQ(setting.decide(), "implicit_deny resource");
  EXPECT_EQ(setting.decide({{"kms.account_grant", "enough"}}), "allow grant");
  EXPECT_EQ(setting.identity().decide(), "allow grant");
}

TEST(ReferenceGrants, ToServicesNeedTheirSource) {
  Setting setting("kms:Decrypt", kKey);
  setting.call_as(CallerKind::kService, "logs.amazonaws.com", "");
  setting.request.caller.service_names = {"logs.amazonaws.com"};
  setting.grant("logs.amazonaws.com", {"Decrypt"}).key("aws:SourceArn", "arn:aws:logs:r:1:g");
  EXPECT_EQ(setting.decide(), "implicit_deny resource");
  setting.request.grants[0].source_arn = "arn:aws:logs:r:1:*";
  EXPECT_EQ(setting.decide(), "allow grant");
  setting.request.grants[0].source_arn = "arn:aws:logs:r:2:*";
  EXPECT_EQ(setting.decide(), "implicit_deny resource");
}

TEST(ReferenceGrants, CompareTheEncryptionContextExactly) {
  Setting setting("kms:Decrypt", kKey);
  setting.grant(kAnn, {"Decrypt"}).key("kms:EncryptionContext:Dept", "IT");
  auto& grant = setting.request.grants[0];
  grant.context_equals = {{{"Dept", "IT"}}};
  EXPECT_EQ(setting.decide(), "allow grant");
  grant.context_equals = {{{"dept", "IT"}}};
  EXPECT_EQ(setting.decide(), "implicit_deny resource");
  grant.context_equals = {{{"Dept", "it"}}};
  EXPECT_EQ(setting.decide(), "implicit_deny resource");
  grant.context_equals = {{{"Dept", "IT"}, {"More", "x"}}};
  EXPECT_EQ(setting.decide(), "implicit_deny resource");
  grant.context_equals = reference::Pairs{};
  EXPECT_EQ(setting.decide(), "implicit_deny resource");
  grant.context_equals.reset();
  grant.context_subset = reference::Pairs{};
  EXPECT_EQ(setting.decide(), "allow grant");
}

TEST(ReferenceGrants, OfUnknownContextAreConditional) {
  Setting setting("kms:Decrypt", kKey);
  setting.grant(kAnn, {"Decrypt"}).unknown("kms:EncryptionContext:Dept");
  setting.request.grants[0].context_subset = {{{"Dept", "IT"}}};
  EXPECT_EQ(setting.decide(), "conditional ");
  EXPECT_EQ(setting.unknowns, reference::UnknownKeys{"kms:EncryptionContext:Dept"});
  Setting silent("kms:Decrypt", kKey);
  silent.grant(kAnn, {"Decrypt"}).request.missing_unknown = true;
  silent.request.grants[0].context_equals = {{{"Dept", "IT"}}};
  EXPECT_EQ(silent.decide(), "conditional ");
}

TEST(ReferenceGrants, ForgetConstraintsToDescribeOrRetire) {
  for (const char* operation : {"DescribeKey", "RetireGrant"}) {
    Setting setting("kms:" + std::string(operation), kKey);
    setting.grant(kAnn, {operation}).request.grants[0].context_equals = {{{"Dept", "IT"}}};
    EXPECT_EQ(setting.decide(), "allow grant") << operation;
  }
}

TEST(ReferenceGrants, HaveChildrenAsStrictAsTheyAre) {
  Setting setting("kms:CreateGrant", kKey);
  setting.grant(kAnn, {"CreateGrant", "Decrypt"});
  EXPECT_EQ(setting.decide(), "implicit_deny resource") << "operations not stated";
  setting.request.context.push_back({"kms:GrantOperations", State::kList, {"Decrypt"}});
  EXPECT_EQ(setting.decide(), "allow grant");
  auto& grant = setting.request.grants[0];
  grant.context_subset = {{{"Dept", "IT"}}};
  EXPECT_EQ(setting.decide(), "implicit_deny resource") << "child without constraint";
  setting.key("kms:GrantConstraintType", "EncryptionContextEquals");
  setting.key("kms:EncryptionContext:Dept", "IT").key("kms:EncryptionContext:More", "x");
  EXPECT_EQ(setting.decide(), "allow grant");
  grant.context_equals = grant.context_subset;
  EXPECT_EQ(setting.decide(), "implicit_deny resource") << "another context";
  grant.context_equals.reset();
  setting.request.context[0].values.push_back("Encrypt");
  EXPECT_EQ(setting.decide(), "implicit_deny resource") << "operation that the parent lacks";
}

TEST(ReferenceGrants, AreRetiredByThreeParties) {
  Setting setting("kms:RetireGrant", kKey);
  setting.allow(PolicyType::kKey, R"("Principal":"*",)");
  setting.grant("arn:aws:iam::111122223333:user/bob", {"Decrypt"});
  EXPECT_EQ(setting.decide(), "implicit_deny identity") << "the key policy has no effect";
  setting.request.grants[0].retiring = kAnn;
  EXPECT_EQ(setting.decide(), "allow grant");
  setting.request.grants[0].retiring = "";
  EXPECT_EQ(setting.identity().decide(), "allow identity") << "the issuing account";
  setting.request.grants[0].issuer = kOther;
  EXPECT_EQ(setting.decide(), "implicit_deny resource");
}

TEST(ReferenceGrants, DoNotPassTheBoundary) {
  Setting setting("kms:Decrypt", kKey);
  setting.grant(kAnn, {"Decrypt"});
  const std::string nothing = R"("Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-none"}},)";
  setting.allow(PolicyType::kBoundary, nothing);
  EXPECT_EQ(setting.decide(), "implicit_deny boundary");
  EXPECT_EQ(setting.decide({{"kms.grant_boundary", "by_grantee"}}), "allow grant");
}

TEST(ReferenceKeys, OfAwsCannotBeChangedOrShared) {
  Setting own("kms:DisableKey", kKey);
  own.identity().allow(PolicyType::kKey, R"("Principal":{"AWS":"111122223333"},)");
  EXPECT_EQ(own.decide(), "allow identity");
  own.request.aws_managed_key = true;
  EXPECT_EQ(own.decide(), "implicit_deny service");
  Setting foreign("kms:Decrypt", kKey);
  foreign.from_other_account().identity().allow(PolicyType::kKey, R"("Principal":"*",)");
  EXPECT_EQ(foreign.decide(), "allow resource");
  foreign.request.aws_managed_key = true;
  EXPECT_EQ(foreign.decide(), "implicit_deny service");
}

TEST(ReferenceKeys, WhosePolicyIsNotKnownAreConditional) {
  Setting setting("kms:Decrypt", kKey);
  setting.unknown("kms.policy");
  EXPECT_EQ(setting.decide(), "conditional ");
  EXPECT_EQ(setting.unknowns, reference::UnknownKeys{"kms.policy"});
}

TEST(ReferenceSecrets, UnderKeysOfAwsStayInTheirAccount) {
  Setting setting("secretsmanager:GetSecretValue",
                  "arn:aws:secretsmanager:us-east-1:111122223333:secret:s");
  setting.from_other_account().identity().allow(PolicyType::kResource, R"("Principal":"*",)");
  EXPECT_EQ(setting.decide(), "allow resource");
  setting.request.encrypted_by_aws_managed_key = true;
  EXPECT_EQ(setting.decide(), "implicit_deny service");
}

// ---- S3

Setting with_acls(const std::string& action) {
  Setting setting(action, kObject);
  setting.request.s3.emplace();
  setting.request.s3->acls_enabled = true;
  setting.request.s3->bucket_account = kOwn;
  return setting;
}

TEST(ReferenceObjects, OfUnknownOwnersAreDecidedForEach) {
  Setting decisive = with_acls("s3:GetObject");
  decisive.unknown("s3.owner").identity();
  EXPECT_EQ(decisive.decide(), "conditional ");
  EXPECT_EQ(decisive.unknowns, reference::UnknownKeys{"s3.owner"});
  decisive.request.s3->acl.push_back({reference::Group::kNone, kOwn, {}});
  EXPECT_EQ(decisive.decide(), "allow identity") << "in every case, so the owner's speaks";
  Setting silent = with_acls("s3:GetObject");
  EXPECT_EQ(silent.unknown("s3.owner").decide(), "implicit_deny identity");
  Setting foreign = with_acls("s3:GetObject");
  foreign.from_other_account().unknown("s3.owner").identity();
  EXPECT_EQ(foreign.decide(), "conditional ") << "the caller's account may own it";
  Setting write = with_acls("s3:PutObject");
  EXPECT_EQ(write.unknown("s3.owner").identity().decide(), "allow identity");
}

TEST(ReferenceObjects, AreListedByPermissionAndGroup) {
  using reference::Group;
  using reference::Permission;
  Setting setting = with_acls("s3:GetObjectAcl");
  setting.from_other_account().identity().key("s3.owner", kOwn);
  setting.request.s3->acl = {{Group::kAuthenticatedUsers, "", Permission::kRead}};
  EXPECT_EQ(setting.decide(), "implicit_deny resource");
  setting.request.s3->acl[0].permission = Permission::kReadAcp;
  EXPECT_EQ(setting.decide(), "allow acl");
  setting.request.s3->ignore_public_acls = true;
  EXPECT_EQ(setting.decide(), "implicit_deny resource");
  setting.request.s3->acl[0] = {Group::kNone, "canonical", Permission::kFullControl};
  EXPECT_EQ(setting.decide(), "implicit_deny resource");
  setting.request.caller.canonical_id = "canonical";
  EXPECT_EQ(setting.decide(), "allow acl");
}

// Is a bucket policy public whose Allow to everyone has this condition?
bool is_public(const std::string& condition, const reference::Options& options = {}) {
  Setting setting("s3:GetObject", kObject);
  setting.call_as(CallerKind::kAnonymous, "", "");
  setting.request.s3.emplace();
  setting.request.s3->restrict_public_buckets = true;
  setting.request.s3->bucket_account = kOwn;
  setting.allow(PolicyType::kResource, R"("Principal":"*","Condition":{)" + condition + "},");
  return setting.decide(options) == "explicit_deny bpa";
}

TEST(ReferencePublicTest, WantsFixedValuesOfKnownKeys) {
  EXPECT_TRUE(is_public(""));
  EXPECT_FALSE(is_public(R"("StringEquals":{"aws:PrincipalOrgID":"o-1"})"));
  EXPECT_TRUE(is_public(R"("StringLike":{"aws:PrincipalOrgID":"o-*"})"));
  EXPECT_TRUE(is_public(R"("StringEquals":{"aws:PrincipalOrgID":["o-1","${aws:userid}"]})"));
  EXPECT_TRUE(is_public(R"("StringEqualsIfExists":{"aws:PrincipalOrgID":"o-1"})"));
  EXPECT_TRUE(is_public(R"("StringNotEquals":{"aws:PrincipalOrgID":"o-1"})"));
  EXPECT_TRUE(is_public(R"("ForAllValues:StringEquals":{"aws:PrincipalOrgPaths":"o-1/"})"));
  EXPECT_FALSE(is_public(R"("ForAnyValue:StringEquals":{"aws:PrincipalOrgPaths":"o-1/"})"));
  EXPECT_TRUE(is_public(R"("Null":{"aws:PrincipalOrgID":"false"})"));
  EXPECT_TRUE(is_public(R"("StringEquals":{"aws:Referer":"x"})"));
  EXPECT_FALSE(is_public(R"("ArnLike":{"aws:PrincipalArn":"arn:aws:iam::111122223333:role/*"})"));
  EXPECT_TRUE(is_public(R"("ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/app"})"));
  EXPECT_TRUE(is_public(R"("ArnLike":{"aws:SourceArn":"arn:aws:sns:*:111122223333:t"})"));
}

TEST(ReferencePublicTest, WantsNarrowAddresses) {
  const auto open = [](const std::string& network) {
    return is_public(R"("IpAddress":{"aws:SourceIp":")" + network + R"("})");
  };
  EXPECT_FALSE(open("8.0.0.0/8"));
  EXPECT_TRUE(open("8.0.0.0/7"));
  EXPECT_FALSE(open("2001:db8::/32"));
  EXPECT_TRUE(open("2001:d00::/24"));
  EXPECT_TRUE(open("somewhere"));
}

TEST(ReferencePublicTest, HasTwoOptions) {
  EXPECT_TRUE(is_public(R"("StringEquals":{"aws:VpceOrgID":"o-1"})"));
  EXPECT_FALSE(
      is_public(R"("StringEquals":{"aws:VpceOrgID":"o-1"})", {{"bpa.extended_keys", "on"}}));
  EXPECT_TRUE(is_public(R"("StringLike":{"aws:userid":"AROAEXAMPLE:*"})"));
  EXPECT_FALSE(is_public(R"("StringLike":{"aws:userid":"AROAEXAMPLE:*"})",
                         {{"bpa.userid_role_pattern", "fixed"}}));
  EXPECT_FALSE(is_public(R"("StringEquals":{"aws:userid":"AIDAEXAMPLE"})"));
}

}  // namespace
}  // namespace policysim::conformance
