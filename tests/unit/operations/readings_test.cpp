// Where AWS is ambiguous about a key of a call, the decision knows what it rests on.
#include <gtest/gtest.h>

#include "authorizations.hpp"
#include "decisions.hpp"

namespace policysim::operations {
namespace {

struct Case {
  const char* about;
  Json condition;  // of an Allow of everything
  Json request;
  const char* assumption;  // option=reading; empty: none
  const char* other;       // the other reading
};

const Json kSent = {{"principal", "app"}, {"resource", "bucket"}, {"key", "x"}};

Json with(Json base, const Json& more) {
  base.update(more);
  return base;
}

Json world_of(const Json& condition) {
  const std::string account = "111122223333";
  const Json open = {
      {"Effect", "Allow"}, {"Principal", {{"AWS", account}}}, {"Action", "*"}, {"Resource", "*"}};
  const Json some = {
      {"Effect", "Allow"}, {"Action", "*"}, {"Resource", "*"}, {"Condition", condition}};
  const std::string key =
      "arn:aws:kms:us-east-1:" + account + ":key/1f2e3d4c-5b6a-4789-8abc-def012345678";
  const auto bucket = [&](const char* name, const Json& encryption) {
    Json s3 = Json::object();
    if (!encryption.is_null()) s3["default_encryption"] = encryption;
    return Json{{"arn", std::string("arn:aws:s3:::") + name},
                {"account", account},
                {"region", "us-east-1"},
                {"tags", Json::object()},
                {"s3", s3}};
  };
  return {{"policies",
           {{"some", {{"Version", "2012-10-17"}, {"Statement", some}}},
            {"open", {{"Version", "2012-10-17"}, {"Statement", open}}}}},
          {"principals",
           {{"app", {{"arn", "arn:aws:iam::" + account + ":role/app"}, {"policies", {"some"}}}}}},
          {"resources",
           {{"key",
             {{"arn", key},
              {"policy", "open"},
              {"tags", Json::object()},
              {"kms", {{"aliases", {"alias/k"}}}}}},
            {"plain", bucket("plain", nullptr)},
            {"bucket", bucket("bucket", {{"algorithm", "aws:kms"}, {"key", "key"}})},
            {"aliased", bucket("aliased", {{"algorithm", "aws:kms"}, {"key", "alias/k"}})}}}};
}

// Only the first authorization is looked at.
void check(const Case& test) {
  SCOPED_TRACE(test.about);
  const Json world = world_of(test.condition);
  const Answer answer = authorizations(world, test.request);
  ASSERT_EQ(answer.error, "");
  const Explanation found = decide(world, {answer.requests.front()}).front();
  EXPECT_NE(found.decision.outcome, Outcome::kConditional);
  std::vector<std::string> wanted;
  if (*test.assumption != '\0') wanted.push_back(test.assumption);
  EXPECT_EQ(found.assumptions, wanted);
  if (wanted.empty()) return;
  const std::string option = wanted.front().substr(0, wanted.front().find('='));
  const auto other = decide(world, {answer.requests.front()}, {{option, test.other}}).front();
  EXPECT_NE(other.decision.outcome, found.decision.outcome);
  EXPECT_EQ(other.assumptions.size(), 1U);
}

TEST(Readings, OfKeysThatCallsCarry) {
  const char* algorithm = "s3:x-amz-server-side-encryption";
  const char* id = "s3:x-amz-server-side-encryption-aws-kms-key-id";
  const Json put = with(kSent, {{"operation", "s3:PutObject"}});
  const Json part = with(kSent, {{"operation", "s3:UploadPart"}});
  const Json key = "arn:aws:kms:us-east-1:111122223333:key/1f2e3d4c-5b6a-4789-8abc-def012345678";
  const Json volume = {{"principal", "app"}, {"operation", "ec2:CreateVolume"}};
  const Json database = {{"principal", "app"},
                         {"operation", "rds:CreateDBInstance"},
                         {"parameters", {{"DBInstanceIdentifier", "d"}}}};
  const Json grant = {{"principal", "app"},
                      {"operation", "kms:CreateGrant"},
                      {"resource", "key"},
                      {"parameters", {{"GranteePrincipal", "x"}, {"Operations", {"Decrypt"}}}}};
  const Json upload = {{"upload",
                        {{"headers",
                          {{"x-amz-server-side-encryption", "aws:kms"},
                           {"x-amz-server-side-encryption-aws-kms-key-id", key}}}}}};
  const auto null = [](const char* name, const char* value) {
    return Json{{"Null", {{name, value}}}};
  };
  const auto with_headers = [&](const Json& headers) { return with(put, {{"headers", headers}}); };
  const Case cases[] = {
      {"key of the default", null(id, "false"), put, "s3.key_id_from_default=on", "off"},
      {"no key is the default's", null(id, "false"), with(put, {{"resource", "plain"}}), "", ""},
      {"key of the header", null(id, "false"),
       with_headers({{"x-amz-server-side-encryption", "aws:kms"},
                     {"x-amz-server-side-encryption-aws-kms-key-id", key}}),
       "", ""},
      {"algorithm of the default", null(algorithm, "true"), put, "s3.sse_context=header",
       "effective"},
      {"algorithm of SSE-S3",
       {{"StringEquals", {{algorithm, "AES256"}}}},
       with(put, {{"resource", "plain"}}),
       "s3.sse_context=header",
       "effective"},
      {"another algorithm", {{"StringEquals", {{algorithm, "aws:kms:dsse"}}}}, put, "", ""},
      {"algorithm of the header", null(algorithm, "false"),
       with_headers({{"x-amz-server-side-encryption", "AES256"}}), "", ""},
      {"recorded key", null(id, "false"), with(part, {{"parameters", upload}}),
       "s3.multipart_sse_recorded=on", "off"},
      {"recorded algorithm", null(algorithm, "false"),
       with(part, {{"resource", "plain"}, {"parameters", upload}}), "s3.multipart_sse_recorded=on",
       "off"},
      {"volume without a word",
       {{"Bool", {{"ec2:Encrypted", "false"}}}},
       volume,
       "ec2.encrypted_context=effective",
       "parameter"},
      {"volume with a word",
       {{"Bool", {{"ec2:Encrypted", "false"}}}},
       with(volume, {{"parameters", {{"Encrypted", false}}}}),
       "",
       ""},
      {"database without a word",
       {{"Bool", {{"rds:StorageEncrypted", "false"}}}},
       database,
       "rds.storage_encrypted_default=false",
       "absent"},
      {"database of Aurora",
       {{"Bool", {{"rds:StorageEncrypted", "false"}}}},
       with(database,
            {{"parameters", {{"DBInstanceIdentifier", "d"}, {"Engine", "aurora-mysql"}}}}),
       "",
       ""},
      {"grant by the caller",
       {{"Bool", {{"kms:GrantIsForAWSResource", "false"}}}},
       grant,
       "kms.grant_for_aws_resource_when_direct=false",
       "absent"},
      {"the context tells it", null(id, "false"), with(put, {{"context", {{id, key}}}}), "", ""},
  };
  for (const Case& test : cases) check(test);
}

// With the alias of the default resolved the key is shown by its ARN.
TEST(Readings, AliasOfTheDefault) {
  const Json world =
      world_of({{"StringLike", {{"s3:x-amz-server-side-encryption-aws-kms-key-id", "*:key/*"}}}});
  Json request = with(kSent, {{"operation", "s3:PutObject"}});
  request["resource"] = "aliased";
  const Answer answer = authorizations(world, request);
  ASSERT_EQ(answer.error, "");
  const Explanation found = decide(world, {answer.requests.front()}).front();
  EXPECT_EQ(found.decision.outcome, Outcome::kImplicitDeny);
  EXPECT_EQ(found.assumptions, std::vector<std::string>{"s3.default_alias_resolution=off"});
}

// Of several readings in force one that takes the key away wins, in whatever order they stand.
TEST(Readings, SeveralOfOneKey) {
  struct Both {
    const char* about;
    const char* bucket;
    const char* operation;
    const char* key;
    std::vector<std::pair<std::string, std::string>> readings;
    bool present;
  };
  const char* algorithm = "s3:x-amz-server-side-encryption";
  const char* id = "s3:x-amz-server-side-encryption-aws-kms-key-id";
  const std::pair<std::string, std::string> kOff{"s3.key_id_from_default", "off"};
  const std::pair<std::string, std::string> kResolved{"s3.default_alias_resolution", "on"};
  const std::pair<std::string, std::string> kUnrecorded{"s3.multipart_sse_recorded", "off"};
  const std::pair<std::string, std::string> kEffective{"s3.sse_context", "effective"};
  const Both rows[] = {
      {"the default", "aliased", "s3:PutObject", id, {}, true},
      {"resolved", "aliased", "s3:PutObject", id, {kResolved}, true},
      {"not from the default", "aliased", "s3:PutObject", id, {kOff}, false},
      {"neither", "aliased", "s3:PutObject", id, {kOff, kResolved}, false},
      {"a part", "aliased", "s3:UploadPart", id, {kResolved}, true},
      {"a part that shows nothing",
       "aliased",
       "s3:UploadPart",
       id,
       {kResolved, kUnrecorded},
       false},
      {"algorithm of a part", "bucket", "s3:UploadPart", algorithm, {kEffective}, true},
      {"algorithm of a part that shows nothing",
       "bucket",
       "s3:UploadPart",
       algorithm,
       {kEffective, kUnrecorded},
       false},
  };
  for (const Both& row : rows) {
    SCOPED_TRACE(row.about);
    const Json world = world_of({{"Null", {{row.key, "false"}}}});
    const Answer answer = authorizations(
        world, with(kSent, {{"operation", row.operation}, {"resource", row.bucket}}));
    ASSERT_EQ(answer.error, "");
    const auto found = decide(world, {answer.requests.front()}, row.readings).front();
    EXPECT_EQ(found.decision.outcome == Outcome::kAllow, row.present);
  }
}

// The address of a call stands in what services ask for it, or not.
TEST(Readings, AddressInForwardSessions) {
  const Json world = world_of({{"IpAddress", {{"aws:SourceIp", "10.0.0.0/8"}}}});
  Json request = with(kSent, {{"operation", "s3:PutObject"}, {"source_ip", "10.1.2.3"}});
  const Answer answer = authorizations(world, request);
  ASSERT_EQ(answer.requests.size(), 2U);
  const auto found = decide(world, answer.requests);
  EXPECT_TRUE(found[0].assumptions.empty());
  EXPECT_EQ(found[1].decision.outcome, Outcome::kAllow);
  EXPECT_EQ(found[1].assumptions, std::vector<std::string>{"fas.source_ip=preserved"});
}

}  // namespace
}  // namespace policysim::operations
