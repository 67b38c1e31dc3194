// Where the keys of API calls come from where more than one class could have said them, and what is
// refused because the world says otherwise.
#include <gtest/gtest.h>

#include "authorizations.hpp"
#include "base/ascii.hpp"

namespace policysim::operations {
namespace {

const std::string kAccount = "111122223333";
const std::string kKey =
    "arn:aws:kms:us-east-1:" + kAccount + ":key/1f2e3d4c-5b6a-4789-8abc-def012345678";

Json world() {
  const std::string snapshot = "arn:aws:ec2:us-east-1::snapshot/";
  return {{"accounts", {{kAccount, {{"name", "prod"}}}}},
          {"policies",
           {{"open",
             {{"Version", "2012-10-17"},
              {"Statement",
               {{"Effect", "Allow"}, {"Principal", "*"}, {"Action", "*"}, {"Resource", "*"}}}}}}},
          {"principals", {{"app", {{"arn", "arn:aws:iam::" + kAccount + ":role/app"}}}}},
          {"resources",
           {{"key", {{"arn", kKey}, {"policy", "open"}, {"kms", {{"aliases", {"alias/k"}}}}}},
            {"bucket",
             {{"arn", "arn:aws:s3:::b"},
              {"account", kAccount},
              {"region", "us-east-1"},
              {"s3", {{"default_encryption", {{"algorithm", "aws:kms"}, {"key", "key"}}}}}}},
            {"sealed",
             {{"arn", snapshot + "snap-1"},
              {"account", kAccount},
              {"encryption", {{"enabled", true}, {"key", "key"}}}}},
            {"silent-snapshot", {{"arn", snapshot + "snap-3"}, {"account", kAccount}}},
            {"plain",
             {{"arn", snapshot + "snap-2"},
              {"account", kAccount},
              {"encryption", {{"enabled", false}}}}},
            {"told",
             {{"arn", "arn:aws:lambda:us-east-1:" + kAccount + ":function:told"},
              {"lambda", {{"function_url", "AWS_IAM"}}}}},
            {"silent", {{"arn", "arn:aws:lambda:us-east-1:" + kAccount + ":function:silent"}}}}}};
}

struct Row {
  const char* about;
  Json request;  // without its principal
  const char* action;
  const char* key;
  std::string found;    // "value @class"
  Json with = nullptr;  // patch on the world
};

std::string found(const Answer& answer, std::string_view action, std::string_view key) {
  for (const request::Data& data : answer.requests) {
    if (data.action != action) continue;
    for (const request::ContextEntry& entry : data.context) {
      if (!base::equals_ignore_case(entry.key, key)) continue;
      const bool unknown = entry.state == request::ValueState::kUnknown;
      const std::string value = unknown                ? "unknown"
                                : entry.values.empty() ? "absent"
                                                       : entry.values.front();
      return value + " @" + std::string(request::to_string(entry.origin));
    }
  }
  return "nothing";
}

TEST(Origins, OfKeysThatCallsCarry) {
  const char* id = "s3:x-amz-server-side-encryption-aws-kms-key-id";
  const Json put = {{"operation", "s3:PutObject"}, {"resource", "bucket"}, {"key", "x"}};
  const Json volume = {{"operation", "ec2:CreateVolume"}};
  const auto with = [](Json request, const Json& more) {
    request.update(more);
    return request;
  };
  const Json kms = {{"x-amz-server-side-encryption", "aws:kms"}};
  const Json by_default = {{"accounts", {{kAccount, {{"ebs_encryption_by_default", true}}}}}};
  const Json database = {{"operation", "rds:CreateDBInstance"},
                         {"parameters", {{"DBInstanceIdentifier", "d"}}}};
  const Json grant = {{"operation", "kms:CreateGrant"},
                      {"resource", "key"},
                      {"parameters", {{"GranteePrincipal", "x"}, {"Operations", {"Decrypt"}}}}};
  const Row rows[] = {
      {"the bucket's default", put, "s3:PutObject", id, kKey + " @world"},
      {"the context restates it", with(put, {{"context", {{id, kKey}}}}), "s3:PutObject", id,
       kKey + " @context"},
      {"S3's own choice", with(put, {{"headers", kms}}), "s3:PutObject", id,
       "arn:aws:kms:us-east-1:111122223333:alias/aws/s3 @default"},
      {"a header", with(put, {{"headers", with(kms, {{std::string(id).substr(3), "alias/k"}})}}),
       "s3:PutObject", id, kKey + " @request"},
      {"a header is not sent", put, "s3:PutObject", "s3:x-amz-server-side-encryption",
       "absent @request"},
      {"a volume without a word", volume, "ec2:CreateVolume", "ec2:Encrypted", "false @default"},
      {"the account encrypts", volume, "ec2:CreateVolume", "ec2:Encrypted", "true @world",
       by_default},
      {"the snapshot is encrypted", with(volume, {{"parameters", {{"SnapshotId", "snap-1"}}}}),
       "ec2:CreateVolume", "ec2:Encrypted", "true @world"},
      {"the snapshot is not", with(volume, {{"parameters", {{"SnapshotId", "snap-2"}}}}),
       "ec2:CreateVolume", "ec2:Encrypted", "false @world"},
      {"nobody tells of the snapshot", with(volume, {{"parameters", {{"SnapshotId", "snap-3"}}}}),
       "ec2:CreateVolume", "ec2:Encrypted", "unknown @default"},
      {"a parameter", with(volume, {{"parameters", {{"Encrypted", true}}}}), "ec2:CreateVolume",
       "ec2:Encrypted", "true @request"},
      {"a database without a word", database, "rds:CreateDBInstance", "rds:StorageEncrypted",
       "false @default"},
      {"a direct grant", grant, "kms:CreateGrant", "kms:GrantIsForAWSResource", "false @default"},
      {"a function whose URL is told",
       {{"operation", "lambda:InvokeFunctionUrl"}, {"resource", "told"}},
       "lambda:InvokeFunctionUrl",
       "lambda:FunctionUrlAuthType",
       "AWS_IAM @world"},
      {"a function whose URL is not told",
       {{"operation", "lambda:InvokeFunctionUrl"}, {"resource", "silent"}},
       "lambda:InvokeFunctionUrl",
       "lambda:FunctionUrlAuthType",
       "AWS_IAM @default"},
      {"the second authorization",
       {{"operation", "lambda:InvokeFunctionUrl"}, {"resource", "told"}},
       "lambda:InvokeFunction",
       "lambda:InvokedViaFunctionUrl",
       "true @request"},
      {"a forward access session", put, "kms:GenerateDataKey", "aws:ViaAWSService",
       "true @request"},
      {"a direct call", put, "s3:PutObject", "aws:ViaAWSService", "false @default"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.about);
    Json changed = world();
    if (!row.with.is_null()) changed.merge_patch(row.with);
    Json request = row.request;
    request["principal"] = "app";
    const Answer answer = authorizations(changed, request);
    EXPECT_EQ(answer.error, "");
    EXPECT_EQ(found(answer, row.action, row.key), row.found);
  }
}

// A value that differs from what the world says is an error, and `force: true` lets it win; one
// that differs from a default is taken.
TEST(Origins, ContradictionsOfFacts) {
  struct Contradiction {
    const char* about;
    Json request;
    const char* key;
    Json value;
    bool refused;
  };
  const char* id = "s3:x-amz-server-side-encryption-aws-kms-key-id";
  const Json put = {{"operation", "s3:PutObject"}, {"resource", "bucket"}, {"key", "x"}};
  const Json sealed = {{"operation", "ec2:CreateVolume"},
                       {"parameters", {{"SnapshotId", "snap-1"}}}};
  const Json volume = {{"operation", "ec2:CreateVolume"}};
  const Json told = {{"action", "lambda:InvokeFunctionUrl"}, {"resource", "told"}};
  const Json call = {{"operation", "lambda:InvokeFunctionUrl"}, {"resource", "told"}};
  const Json silent = {{"operation", "lambda:InvokeFunctionUrl"}, {"resource", "silent"}};
  const Contradiction rows[] = {
      {"the bucket's default key", put, id, "arn:aws:kms:us-east-1:111122223333:key/x", true},
      {"the snapshot's encryption", sealed, "ec2:Encrypted", false, true},
      {"nothing told of the volume", volume, "ec2:Encrypted", true, false},
      {"the function's URL", told, "lambda:FunctionUrlAuthType", "NONE", true},
      {"the function's URL in a call", call, "lambda:FunctionUrlAuthType", "NONE", true},
      {"the function's URL is unknown",
       call,
       "lambda:FunctionUrlAuthType",
       {{"unknown", true}},
       true},
      {"no URL is told", silent, "lambda:FunctionUrlAuthType", "NONE", false},
  };
  for (const Contradiction& row : rows) {
    SCOPED_TRACE(row.about);
    Json request = row.request;
    request["principal"] = "app";
    request["context"] = {{row.key, row.value}};
    EXPECT_EQ(authorizations(world(), request).error.substr(0, 6), row.refused ? "PS3001" : "");
    request["force"] = true;
    const Answer forced = authorizations(world(), request);
    EXPECT_EQ(forced.error, "");
    ASSERT_FALSE(forced.requests.empty());
    const std::string said = found(forced, forced.requests.front().action, row.key);
    EXPECT_NE(said.find(" @context"), std::string::npos) << said;
  }
}

}  // namespace
}  // namespace policysim::operations
