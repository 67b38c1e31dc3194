// What STS, IAM and other services refuse or leave open, in the reference alone.
#include <gtest/gtest.h>

#include "conformance/setting.hpp"

namespace policysim::conformance {
namespace {

using reference::CallerKind;

constexpr const char* kRole = "arn:aws:iam::111122223333:role/app";
constexpr const char* kTrustAccount = R"("Principal":{"AWS":"111122223333"},)";

Setting as_session(Setting setting) {
  setting.call_as(CallerKind::kRoleSession, "arn:aws:sts::111122223333:assumed-role/app/s");
  setting.request.caller.role_arn = kRole;
  return setting;
}

TEST(ReferenceSts, GivesSessionTokensToLongTermCredentials) {
  Setting user("sts:GetSessionToken", "*");
  EXPECT_EQ(user.decide(), "allow service");
  user.request.caller.session_token = true;
  EXPECT_EQ(user.decide(), "implicit_deny service");
  EXPECT_EQ(as_session(Setting("sts:GetSessionToken", "*")).decide(), "implicit_deny service");
  EXPECT_EQ(as_session(Setting("sts:GetCallerIdentity", "*")).decide(), "allow service");
}

TEST(ReferenceSts, GivesFederationTokensToUsersAndRoot) {
  const std::string resource = "arn:aws:sts::111122223333:federated-user/bob";
  Setting user("sts:GetFederationToken", resource);
  EXPECT_EQ(user.decide(), "implicit_deny identity");
  EXPECT_EQ(user.identity().decide(), "allow identity");
  EXPECT_EQ(as_session(std::move(Setting("sts:GetFederationToken", resource).identity())).decide(),
            "implicit_deny service");
}

TEST(ReferenceSts, IsClosedToFederatedUsers) {
  for (const char* action : {"sts:AssumeRole", "iam:GetRole"}) {
    Setting setting(action, kRole);
    setting.call_as(CallerKind::kFederatedUser, "arn:aws:sts::111122223333:federated-user/bob");
    setting.identity().allow(PolicyType::kSession).allow(PolicyType::kTrust, kTrustAccount);
    EXPECT_EQ(setting.decide(), "implicit_deny service") << action;
    setting.request.action = "sts:GetCallerIdentity";
    EXPECT_EQ(setting.decide(), "allow service");
  }
}

TEST(ReferenceSts, LetsSessionTokensAssumeRoles) {
  Setting setting("sts:AssumeRole", kRole);
  setting.identity().allow(PolicyType::kTrust, kTrustAccount);
  setting.request.caller.session_token = true;
  EXPECT_EQ(setting.decide(), "allow identity");
  setting.request.action = "sts:DecodeAuthorizationMessage";
  EXPECT_EQ(setting.decide(), "implicit_deny service");
  setting.request.action = "iam:GetRole";
  EXPECT_EQ(setting.decide(), "implicit_deny service");
  setting.request.caller.mfa = true;
  EXPECT_EQ(setting.decide(), "allow identity");
}

TEST(ReferenceSts, AssumesRootFromTheManagementAccount) {
  Setting setting("sts:AssumeRoot", "arn:aws:iam::777788889999:root");
  setting.identity().request.resource_account = kOther;
  setting.request.resource_organization = "o-1";
  EXPECT_EQ(setting.decide(), "implicit_deny service");
  setting.request.caller.in_management_account = true;
  setting.request.caller.organization = "o-1";
  EXPECT_EQ(setting.decide(), "allow identity");
  setting.request.caller.kind = CallerKind::kRoot;
  EXPECT_EQ(setting.decide(), "implicit_deny service");
  setting.request.caller.kind = CallerKind::kUser;
  setting.request.caller.organization = "o-2";
  EXPECT_EQ(setting.decide(), "implicit_deny service");
}

TEST(ReferenceSts, TrustsARoleItselfUnderOneReading) {
  Setting setting = as_session(Setting("sts:AssumeRole", kRole));
  EXPECT_EQ(setting.decide({{"sts.implicit_self_trust", "on"}}), "implicit_deny identity");
  setting.identity();
  EXPECT_EQ(setting.decide(), "implicit_deny resource");
  EXPECT_EQ(setting.decide({{"sts.implicit_self_trust", "on"}}), "allow identity");
  setting.request.resource = "arn:aws:iam::111122223333:role/other";
  EXPECT_EQ(setting.decide({{"sts.implicit_self_trust", "on"}}), "implicit_deny resource");
}

TEST(ReferenceIam, ProtectsWhatIsOfAws) {
  const auto decide = [](const char* action, const char* resource, const char* account) {
    Setting setting(action, resource);
    setting.request.resource_account = account;
    return setting.identity().decide();
  };
  const char* const policy = "arn:aws:iam::aws:policy/ReadOnlyAccess";
  EXPECT_EQ(decide("iam:GetPolicy", policy, "aws"), "allow identity");
  EXPECT_EQ(decide("iam:DeletePolicy", policy, "aws"), "implicit_deny service");
  const char* const linked = "arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/X";
  EXPECT_EQ(decide("iam:AttachRolePolicy", linked, kOwn), "implicit_deny service");
  EXPECT_EQ(decide("iam:DeleteServiceLinkedRole", linked, kOwn), "allow identity");
  EXPECT_EQ(decide("iam:PassRole", linked, kOwn), "implicit_deny service");
  const char* const reserved = "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/X";
  EXPECT_EQ(decide("iam:PutRolePolicy", reserved, kOwn), "implicit_deny service");
  EXPECT_EQ(decide("iam:ListRolePolicies", reserved, kOwn), "allow identity");
  EXPECT_EQ(decide("iam:PutRolePolicy", kRole, kOwn), "allow identity");
}

TEST(ReferenceOrganizations, DelegateByTheirPolicyAlone) {
  Setting setting("organizations:DescribePolicy", "arn:aws:organizations::111122223333:policy/o/p");
  setting.from_other_account().identity();
  EXPECT_EQ(setting.decide(), "implicit_deny resource");
  setting.allow(PolicyType::kResource, R"("Principal":{"AWS":"777788889999"},)");
  EXPECT_EQ(setting.decide(), "allow resource");
}

TEST(ReferenceFileSystems, WithoutPolicyAreOpenToClients) {
  const std::string resource = "arn:aws:elasticfilesystem:us-east-1:111122223333:file-system/fs-1";
  Setting setting("elasticfilesystem:ClientMount", resource);
  EXPECT_EQ(setting.decide(), "allow resource");
  setting.request.action = "elasticfilesystem:DeleteFileSystem";
  EXPECT_EQ(setting.decide(), "implicit_deny identity");
  setting.request.action = "elasticfilesystem:ClientMount";
  setting.allow(PolicyType::kResource, R"("Principal":{"AWS":"777788889999"},)");
  EXPECT_EQ(setting.decide(), "implicit_deny identity");
}

TEST(ReferenceUnlistedServices, MayDemandTheirPolicy) {
  Setting setting("newservice:Use", "arn:aws:newservice:us-east-1:111122223333:thing/1");
  setting.identity().allow(PolicyType::kResource, R"("Principal":{"AWS":"777788889999"},)");
  const reference::Options demanding{{"rbp.mandatory_unlisted", "yes"}};
  EXPECT_EQ(setting.decide(demanding), "implicit_deny resource");
  setting.request.action = "sqs:ReceiveMessage";
  EXPECT_EQ(setting.decide(demanding), "allow identity");
}

TEST(ReferenceAccessPoints, MayBeNamedByTheOtherArn) {
  Setting setting("s3:GetObject", "arn:aws:s3:::bucket/k.txt");
  setting.request.other_arn = "arn:aws:s3:us-east-1:111122223333:accesspoint/ap/object/k.txt";
  const auto document = parse(
      R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*",
          "Resource":"arn:aws:s3:us-east-1:111122223333:accesspoint/ap/object/*"}})",
      PolicyType::kIdentity);
  const std::vector<reference::Policy> policies{{&document.ast(), PolicyType::kIdentity, "p", ""}};
  const auto decide = [&](const reference::Options& options) {
    return reference::decide(policies, setting.request, options).outcome;
  };
  EXPECT_EQ(decide({}), Outcome::kImplicitDeny);
  EXPECT_EQ(decide({{"s3.ap_identity_arn", "either"}}), Outcome::kAllow);
}

}  // namespace
}  // namespace policysim::conformance
