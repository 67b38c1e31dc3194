#include "differential/vocabulary.hpp"

#include <algorithm>

namespace policysim::differential {
namespace {

std::vector<Operator> make_operators() {
  std::vector<Operator> out;
  for (std::size_t f = 0; f < families().size(); ++f) {
    for (const std::string& base : families()[f].operators) {
      for (const char* set : {"", "ForAllValues:", "ForAnyValue:"}) {
        for (const char* suffix : {"", "IfExists"}) {
          if (base == "Null" && *suffix != '\0') continue;
          out.push_back({set + base + suffix, base, f});
        }
      }
    }
  }
  return out;
}

}  // namespace

const std::vector<Family>& families() {
  static const std::vector<Family> kFamilies{
      {{"StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase",
        "StringLike", "StringNotLike"},
       {"aws:PrincipalTag/team", "aws:RequestTag/team", "aws:ResourceTag/team", "aws:TagKeys",
        "s3:prefix", "kms:EncryptionContext:app", "ex:Label"},
       {"red",
        "blue",
        "Red",
        "RED",
        "red/1",
        "r",
        "",
        "*",
        "a*c",
        "a:b",
        "r\xC3\xA9"
        "d",
        "re\xCC\x81"
        "d",
        "stra\xC3\x9F"
        "e",
        "STRASSE",
        "STRA\xE1\xBA\x9E"
        "E",
        "\xE2\x84\xAA",
        "k",
        "\xF0\x9F\x98\x80",
        "a\xF0\x9F\x98\x80"
        "b",
        "111122223333"},
       {},
       {"red",
        "blue",
        "RED",
        "red",
        "r*",
        "*d",
        "r?d",
        "re?",
        "*",
        "?",
        "??",
        "",
        "a${*}c",
        "${aws:PrincipalTag/team}",
        "${aws:RequestTag/team, 'red'}",
        "${aws:principaltag/TEAM}*",
        "pre-${aws:PrincipalTag/team}",
        "${aws:TagKeys}",
        "${aws:TagKeys, 'red'}",
        "${ex:Nothing}",
        "${ex:Nothing, 'b*e'}",
        "stra\xC3\x9F"
        "e",
        "r\xC3\xA9"
        "d",
        "R\xC3\x89"
        "D",
        "a?b",
        "${",
        "${}",
        "red${?}",
        "*b",
        "a:*",
        "K",
        "k",
        "*a*b*",
        "${aws:ResourceTag/team}"}},
      {{"NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericLessThanEquals",
        "NumericGreaterThan", "NumericGreaterThanEquals"},
       {"ex:Count", "aws:MultiFactorAuthAge", "s3:max-keys"},
       {"10", "10.0", "9", "-1", "+10", "9007199254740993", "9007199254740992", "0", "-0", " 10 ",
        "10.50", "007", "-0.5", "123456789012345678901234567890"},
       {"", "NaN", "0x10", "10abc", "1,000", "1.", ".5", "--1", "ten", "1e1"},
       {"10", "10.00", "9", "-1", "9007199254740993", "0", "10.5", "7", "-0.50", "1e1", "ten",
        "${ex:Count}", "123456789012345678901234567891"}},
      {{"DateEquals", "DateNotEquals", "DateLessThan", "DateLessThanEquals", "DateGreaterThan",
        "DateGreaterThanEquals"},
       {"aws:CurrentTime", "aws:EpochTime", "aws:TokenIssueTime"},
       {"2026-01-01T00:00:00Z", "1767225600", "2026-01-01", "2026", "2026-01", "2026-01-01T00:00Z",
        "2026-01-01T01:00:00+01:00", "2024-02-29", "2026-01-01T00:00:00.5Z", "1767225600.5",
        "1767225600000", "2025-12-31T23:59:59.999Z", "1969-12-31T23:59:59.5Z", "20260101",
        "2026-01-01T00:00:00", "99999999999999999999999"},
       {"", "soon", "2024-02-30", "2026-13-01", "2026-1-1", "123", "-100000", "2026-01-01T25:00Z",
        "2026-01-01 00:00:00Z", "2026-01-01T00:00:00z"},
       {"2026-01-01T00:00:00Z", "1767225600", "2026", "2026-01-01T02:00+02:00", "2024-02-29",
        "2026-01-01T00:00:00.50Z", "1767225600.500", "2026-02-30", "never", "20260101",
        "1970-01-01", "${aws:CurrentTime}", "99999999999999999999999"}},
      {{"Bool"},
       {"aws:SecureTransport", "aws:MultiFactorAuthPresent", "ex:Flag"},
       {"true", "false", "TRUE", "False"},
       {"maybe", "1", "", "yes"},
       {"true", "false", "True", "1", "${aws:SecureTransport}", "${ex:Flag, 'true'}", "${ex:No}"}},
      {{"BinaryEquals"},
       {"ex:Blob"},
       {"QUJD", "QUI=", "QQ==", "////"},
       {"!!!!", "QUJ", "Q", "QUI", "QU I="},
       {"QUJD", "QUI=", "QQ==", "bad!", "", "////"}},
      {{"IpAddress", "NotIpAddress"},
       {"aws:SourceIp", "aws:VpcSourceIp"},
       {"203.0.113.7", "203.0.113.200", "10.0.0.1", "2001:db8::1", "2001:DB8:0:0::1",
        "::ffff:203.0.113.7", "0.0.0.0", "::"},
       {"", "localhost", "999.1.1.1", "203.0.113", "203.0.113.7.1", "2001:db8::1::2", "12345::"},
       {"203.0.113.7", "203.0.113.0/24", "203.0.113.9/25", "0.0.0.0/0", "::/0", "2001:db8::/32",
        "2001:0db8::0001", "203.0.113.7/33", "private", "10.0.0.0/8", "${aws:SourceIp}",
        "203.0.113.7/32", "::ffff:203.0.113.0/120"}},
      {{"ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike"},
       {"aws:PrincipalArn", "aws:SourceArn"},
       {"arn:aws:iam::111122223333:role/app", "arn:aws:iam::111122223333:user/team/alice",
        "arn:aws:s3:::bucket", "arn:aws:sqs:us-east-1:111122223333:q", "arn:aws:x:::a:b:c",
        "arn:aws-cn:iam::111122223333:role/app"},
       {"", "not-an-arn", "arn:aws:s3", "ARN:aws:s3:::bucket", "arn:aws:s3::bucket"},
       {"arn:aws:iam::111122223333:role/app", "arn:aws:iam::*:role/*", "*", "arn:aws:s3:::*",
        "arn:*:iam::${aws:PrincipalAccount}:role/app", "arn:aws:iam::1111????3333:user/*",
        "arn:aws:s3:*", "arn:aws:x:::a*c", "arn:aws:x:*:b:c", "arn:aws:x:::?:b:?", "**",
        "arn:a*:sqs:*:*:?", "${aws:SourceArn}", "${ex:Nothing}", "arn:aws:iam::*:*",
        "arn:aws:iam::111122223333:${ex:Nothing, 'role/app'}", "arn:*:*:*:*:*"}},
      {{"Null"},
       {"aws:PrincipalTag/team", "aws:RequestTag/team", "aws:TagKeys", "ex:Label", "ex:Count"},
       {"red", "", "true", "10"},
       {},
       {"true", "false", "TRUE", "False", "perhaps"}},
  };
  return kFamilies;
}

const std::vector<Operator>& operators() {
  static const std::vector<Operator> kOperators = make_operators();
  return kOperators;
}

const std::vector<std::string>& keys() {
  static const std::vector<std::string> kKeys = [] {
    std::vector<std::string> out{"aws:PrincipalAccount"};
    for (const Family& family : families()) {
      for (const std::string& key : family.keys) {
        if (std::find(out.begin(), out.end(), key) == out.end()) out.push_back(key);
      }
    }
    return out;
  }();
  return kKeys;
}

const std::vector<Target>& targets() {
  static const std::vector<Target> kTargets{
      {{"s3:GetObject", "s3:PutObject", "s3:DeleteObject"},
       {"arn:aws:s3:::bucket/red/key.txt", "arn:aws:s3:::bucket/k", "arn:aws:s3:::bucket2/a:b"},
       PolicyType::kResource,
       true},
      {{"s3:ListBucket", "s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:PutBucketAbac"},
       {"arn:aws:s3:::bucket", "arn:aws:s3:::bucket2"},
       PolicyType::kResource,
       true},
      {{"kms:Decrypt", "kms:DescribeKey", "kms:CreateGrant", "kms:RetireGrant", "kms:PutKeyPolicy",
        "kms:GenerateDataKeyWithoutPlaintext"},
       {"arn:aws:kms:us-east-1:111122223333:key/1234",
        "arn:aws:kms:us-east-1:111122223333:key/red"},
       PolicyType::kKey,
       true},
      {{"sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity",
        "sts:AssumeRoleWithWebIdentity"},
       {"arn:aws:iam::111122223333:role/app", "arn:aws:iam::111122223333:role/team/app",
        "arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX"},
       PolicyType::kTrust,
       true},
      {{"sqs:SendMessage", "sqs:ListQueueTags", "sqs:ReceiveMessage"},
       {"arn:aws:sqs:us-east-1:111122223333:q", "arn:aws:sqs:eu-west-1:111122223333:red"},
       PolicyType::kResource,
       true},
      {{"dynamodb:GetItem", "dynamodb:CreateBackup", "dynamodb:TagResource"},
       {"arn:aws:dynamodb:us-east-1:111122223333:table/prod-1"},
       PolicyType::kResource,
       true},
      {{"lambda:InvokeFunction", "lambda:AddPermission"},
       {"arn:aws:lambda:us-east-1:111122223333:function:f",
        "arn:aws:lambda:us-east-1:111122223333:function:f:PROD"},
       PolicyType::kResource,
       true},
      {{"secretsmanager:GetSecretValue", "sns:Publish", "es:ESHttpGet"},
       {"arn:aws:secretsmanager:us-east-1:111122223333:secret:red-1"},
       PolicyType::kResource,
       true},
      {{"s3express:CreateSession", "s3express:GetBucketPolicy", "s3express:DeleteBucket"},
       {"arn:aws:s3express:us-east-1:111122223333:bucket/red--use1-az4--x-s3"},
       PolicyType::kResource,
       true},
      {{"s3:GetObject", "s3:PutObject"},
       {"arn:aws:s3:us-east-1:111122223333:accesspoint/ap/object/red/key.txt"},
       PolicyType::kResource,
       true},
      {{"elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite",
        "elasticfilesystem:DeleteFileSystem"},
       {"arn:aws:elasticfilesystem:us-east-1:111122223333:file-system/fs-1"},
       PolicyType::kResource,
       true},
      {{"codebuild:BatchGetProjects", "codebuild:ListBuildsForProject"},
       {"arn:aws:codebuild:us-east-1:111122223333:project/red"},
       PolicyType::kResource,
       true},
      {{"organizations:DescribeAccount", "organizations:ListPolicies"},
       {"arn:aws:organizations::111122223333:account/o-a/444455556666"},
       PolicyType::kResource,
       true},
      {{"frauddetector:GetDetectors"},
       {"arn:aws:frauddetector:us-east-1:111122223333:detector/red"},
       PolicyType::kResource,
       true},
      {{"logs:PutLogEvents", "backup:CopyIntoBackupVault"},
       {"arn:aws:logs:us-east-1:111122223333:log-group:red:*"},
       PolicyType::kResource,
       true},
      {{"iam:GetRole", "iam:PassRole", "iam:DeleteRole", "iam:AttachRolePolicy",
        "iam:DeleteServiceLinkedRole"},
       {"arn:aws:iam::111122223333:role/app",
        "arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX",
        "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_red_1"},
       PolicyType::kTrust,
       false},
      {{"iam:GetPolicy", "iam:DeletePolicy"},
       {"arn:aws:iam::aws:policy/ReadOnlyAccess"},
       PolicyType::kResource,
       false},
      {{"kms:UpdateAlias", "kms:DeleteAlias"},
       {"arn:aws:kms:us-east-1:111122223333:alias/aws/s3",
        "arn:aws:kms:us-east-1:111122223333:alias/red"},
       PolicyType::kKey,
       false},
      {{"sts:AssumeRoot"}, {"arn:aws:iam::111122223333:root"}, PolicyType::kResource, false},
      {{"sts:GetFederationToken"},
       {"arn:aws:sts::111122223333:federated-user/fay"},
       PolicyType::kResource,
       false},
      {{"ec2:StartInstances", "ec2:CreateTags"},
       {"arn:aws:ec2:us-east-1:111122223333:instance/i-1",
        "arn:aws:ec2:us-east-1:111122223333:volume/red"},
       PolicyType::kResource,
       false},
      {{"ec2:DescribeInstances", "s3:ListAllMyBuckets", "kms:ListKeys", "kms:GenerateRandom",
        "sts:GetCallerIdentity", "sts:GetSessionToken", "organizations:ListAccounts"},
       {"*"},
       PolicyType::kResource,
       false},
  };
  return kTargets;
}

const std::vector<OptionReadings>& options() {
  static const std::vector<OptionReadings> kOptions{
      {"resource.notresource_unresolved", {"applies", "not_applies"}},
      {"resource.early_variable", {"never", "substitute"}},
      {"resource.short_arn", {"never"}},
      {"resource.type_wildcard", {"literal"}},
      {"resource.list_all_presents", {"arn:aws:s3:::*"}},
      {"glob.question_mark_unit", {"utf16_unit"}},
      {"principal.aws_star_service", {"match", "no_match"}},
      {"notprincipal", {"leaf", "any"}},
      {"variable.in_bool", {"substitute", "literal"}},
      {"variable.multivalued_default", {"unresolved"}},
      {"variable.value_wildcards", {"pattern"}},
      {"condition.list_without_set_operator", {"false", "any"}},
      {"condition.null_empty_string", {"null", "value"}},
      {"condition.negated_type_mismatch", {"false", "true"}},
      {"condition.empty_values", {"true"}},
      {"condition.empty_operator", {"false"}},
      {"tags.case_variant", {"other"}},
      {"number.exponent", {"number"}},
      {"date.four_digits", {"epoch"}},
      {"arn.all_star", {"never"}},
      {"rbp.wildcard_bypass", {"bypass"}},
      {"federated.wildcard", {"wildcard"}},
      {"federated.default_session", {"allow"}},
      {"root.cross_account", {"deny"}},
      {"kms.resource_tags_in_key_policy", {"on"}},
      {"rcp.resourceless", {"off"}},
      {"rcp.opensearch_es", {"as_printed"}},
      {"vpce.slr", {"exempt"}},
      {"sts.caller_identity_vpce", {"ignored"}},
      {"sts.get_session_token_deny", {"effective"}},
      {"xaccount.lambda", {"off"}},
      {"kms.foreign_grant", {"enough"}},
      {"kms.grant_boundary", {"by_grantee"}},
      {"kms.account_grant", {"enough"}},
      {"rbp.mandatory_unlisted", {"yes"}},
      {"sts.implicit_self_trust", {"on"}},
      {"bpa.extended_keys", {"on"}},
      {"bpa.userid_role_pattern", {"fixed"}},
      {"s3.ap_identity_arn", {"either"}},
      {"fas.source_ip", {"absent"}},
  };
  return kOptions;
}

}  // namespace policysim::differential
