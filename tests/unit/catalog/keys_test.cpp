#include "catalog/keys.hpp"

#include <gtest/gtest.h>

#include <string>

#include "catalog/tables.hpp"

namespace policysim::catalog {
namespace {

using T = KeyType;

struct Row {
  const char* key;
  T type;
  bool multivalued;
};

// The global condition keys with their types as the IAM User Guide gives them, and some of
// services.
constexpr Row kRows[] = {
    {"aws:PrincipalArn", T::kArn, false},
    {"aws:PrincipalAccount", T::kString, false},
    {"aws:PrincipalOrgID", T::kString, false},
    {"aws:PrincipalOrgPaths", T::kString, true},
    {"aws:PrincipalTag/Department", T::kString, false},
    {"aws:PrincipalIsAWSService", T::kBool, false},
    {"aws:PrincipalServiceName", T::kString, false},
    {"aws:PrincipalServiceNamesList", T::kString, true},
    {"aws:PrincipalType", T::kString, false},
    {"aws:userid", T::kString, false},
    {"aws:username", T::kString, false},
    {"aws:AssumedRoot", T::kBool, false},
    {"aws:FederatedProvider", T::kString, false},
    {"aws:TokenIssueTime", T::kDate, false},
    {"aws:MultiFactorAuthPresent", T::kBool, false},
    {"aws:MultiFactorAuthAge", T::kNumeric, false},
    {"aws:SourceIdentity", T::kString, false},
    {"aws:SignInSessionArn", T::kArn, false},
    {"aws:ChatbotSourceArn", T::kArn, false},
    {"aws:Ec2InstanceSourceVpc", T::kString, false},
    {"aws:Ec2InstanceSourcePrivateIPv4", T::kIpAddress, false},
    {"ec2:SourceInstanceArn", T::kArn, false},
    {"ec2:RoleDelivery", T::kNumeric, false},
    {"lambda:SourceFunctionArn", T::kArn, false},
    {"ssm:SourceInstanceArn", T::kArn, false},
    {"codebuild:BuildArn", T::kArn, false},
    {"codebuild:ProjectArn", T::kArn, false},
    {"glue:RoleAssumedBy", T::kString, false},
    {"glue:CredentialIssuingService", T::kString, false},
    {"identitystore:UserId", T::kString, false},  // a list for one service only
    {"aws:SourceIp", T::kIpAddress, false},
    {"aws:VpcSourceIp", T::kIpAddress, false},
    {"aws:SourceVpc", T::kString, false},
    {"aws:SourceVpce", T::kString, false},
    {"aws:SourceVpcArn", T::kArn, false},
    {"aws:VpceAccount", T::kString, false},
    {"aws:VpceOrgID", T::kString, false},
    {"aws:VpceOrgPaths", T::kString, true},
    {"aws:ResourceAccount", T::kString, false},
    {"aws:ResourceOrgID", T::kString, false},
    {"aws:ResourceOrgPaths", T::kString, true},
    {"aws:ResourceTag/a/b:c d", T::kString, false},
    {"aws:RequestTag/Key", T::kString, false},
    {"aws:TagKeys", T::kString, true},
    {"aws:CalledVia", T::kString, true},
    {"aws:CalledViaFirst", T::kString, false},
    {"aws:CalledViaLast", T::kString, false},
    {"aws:ViaAWSService", T::kBool, false},
    {"aws:ViaAWSMCPService", T::kBool, false},
    {"aws:CalledViaAWSMCP", T::kString, false},
    {"aws:IsMcpServiceAction", T::kBool, false},
    {"aws:SourceArn", T::kArn, false},
    {"aws:SourceAccount", T::kString, false},
    {"aws:SourceOrgID", T::kString, false},
    {"aws:SourceOrgPaths", T::kString, true},
    {"aws:SourceOwner", T::kString, false},
    {"aws:CurrentTime", T::kDate, false},
    {"aws:EpochTime", T::kDate, false},
    {"aws:RequestedRegion", T::kString, false},
    {"aws:SecureTransport", T::kBool, false},
    {"aws:UserAgent", T::kString, false},
    {"aws:referer", T::kString, false},
    {"s3:prefix", T::kString, false},
    {"s3:max-keys", T::kNumeric, false},
    {"s3:ExistingObjectTag/team", T::kString, false},
    {"ec2:ResourceTag/Name", T::kString, false},
    {"ssm:resourceTag/Name", T::kString, false},
    {"secretsmanager:ResourceTag/Name", T::kString, false},
    {"glacier:ResourceTag/Name", T::kString, false},
    {"kms:EncryptionContext:aws:s3:arn", T::kString, false},
    {"kms:EncryptionContextKeys", T::kString, true},
    {"kms:GrantOperations", T::kString, true},
    {"kms:ViaService", T::kString, false},
    {"events:Metadata/k", T::kString, true},
    {"events:Metadata/k/Matcher", T::kString, false},
    {"token.actions.githubusercontent.com:ref", T::kString, false},
    {"token.actions.octo.ghe.com:ref", T::kString, false},
};

TEST(Keys, TypesAndLists) {
  for (const Row& row : kRows) {
    const KeyInfo info = find_key(row.key);
    EXPECT_TRUE(info.known) << row.key;
    EXPECT_EQ(info.type, row.type) << row.key;
    EXPECT_EQ(info.multivalued, row.multivalued) << row.key;
  }
}

TEST(Keys, AreCaseInsensitive) {
  EXPECT_TRUE(find_key("AWS:TAGKEYS").multivalued);
  EXPECT_TRUE(find_key("Aws:requestTAG/x").known);
  EXPECT_EQ(find_key("S3:MAX-KEYS").type, T::kNumeric);
}

TEST(Keys, UnknownOnes) {
  for (const char* key :
       {"", ":", "aws", "aws:", "aws:ARN", "aws:RequestTag", "aws:RequestTag/", "aws:TagKeys/x",
        "aws:RequestTagx/y", "kms:EncryptionContext:", "kms:EncryptionContext", "x:key",
        "aws:TagKeys S", "aws:TagKeys\n", "zzz:zzz", "agent..buildkite.dev:build_branch"}) {
    const KeyInfo info = find_key(key);
    EXPECT_FALSE(info.known) << "`" << key << "`";
    EXPECT_EQ(info.type, T::kUnknown) << "`" << key << "`";
    EXPECT_FALSE(info.multivalued) << "`" << key << "`";
  }
}

TEST(Keys, ThatMayComeWithAnyAction) {
  for (const char* key : {"aws:PrincipalArn", "aws:PrincipalTag/Team", "aws:SourceVpce",
                          "aws:RequestedRegion", "ec2:SourceInstanceArn", "codebuild:BuildArn",
                          "saml:sub_type", "a4b:amazonId"}) {  // the last: no action lists it
    EXPECT_TRUE(find_key(key).anywhere) << key;
  }
  for (const char* key : {"aws:ResourceTag/Team", "aws:RequestTag/Team", "aws:TagKeys", "s3:prefix",
                          "kms:ViaService", "kms:EncryptionContext:Team"}) {
    EXPECT_FALSE(find_key(key).anywhere) << key;
  }
}

TEST(Keys, NearNames) {
  EXPECT_EQ(suggest_key("aws:PrincipalOrgId2"), "aws:PrincipalOrgID");
  EXPECT_EQ(suggest_key("aws:RequestTags/Team"), "aws:RequestTag/Team");
  EXPECT_EQ(suggest_key("s3:prefixes"), "s3:prefix");
  EXPECT_EQ(suggest_key("saml:sub_typ"), "saml:sub_type");
  EXPECT_EQ(suggest_key("s3:nothing-like-it-at-all"), "");
  EXPECT_EQ(suggest_key("nothing:prefix"), "");
  EXPECT_EQ(suggest_key(""), "");
  EXPECT_EQ(suggest_key("aws:/"), "");
}

TEST(Keys, EveryLineIsFoundWithAType) {
  std::size_t count = 0;
  for (std::string_view lines = generated::keys(); !lines.empty(); ++count) {
    std::string_view line = take_line(lines);
    const std::string_view name = take_word(line);
    EXPECT_NE(find_key(name).type, T::kUnknown) << name;
  }
  EXPECT_GT(count, 1000U);
  for (std::string_view lines = generated::key_templates(); !lines.empty();) {
    std::string_view line = take_line(lines);
    std::string key(take_word(line));
    const std::size_t variable = key.find("${");
    ASSERT_NE(variable, key.npos) << key;
    key.replace(variable, key.find('}') + 1 - variable, "$x");
    EXPECT_NE(find_key(key).type, T::kUnknown) << key;
  }
}

}  // namespace
}  // namespace policysim::catalog
