// The seeds' matrices of bucket encryption: from the description of a bucket and a call to every
// key of the row's authorization, and to its decision.
#include <gtest/gtest.h>

#include <set>

#include "authorizations.hpp"
#include "decisions.hpp"

namespace policysim::operations {
namespace {

const std::vector<std::string> kCompared = {
    "aws:RequestTag/*",    "aws:TagKeys",        "aws:ResourceTag/*",
    "s3:BucketTag/*",      "s3:x-amz-server-*",  "s3:x-amz-acl",
    "s3:x-amz-grant-*",    "s3:x-amz-storage-*", "s3:x-amz-metadata-directive",
    "s3:RequestObjectTag*"};

Json statement(const char* effect) {
  return {{"Sid", "Full"}, {"Effect", effect}, {"Action", "*"}, {"Resource", "*"}};
}

Json policies() {
  Json open = statement("Allow");
  open["Principal"] = "*";
  return {
      {"allow-all", {{"Version", "2012-10-17"}, {"Statement", Json::array({statement("Allow")})}}},
      {"key", {{"Version", "2012-10-17"}, {"Statement", Json::array({open})}}},
      {"rcp", read_test_json("conformance/rcp-require-bucket-kms.json")},
      {"scp", read_test_json("conformance/scp-protect-bucket-tag.json")}};
}

Json key(const Json& fixture, const std::string& id, const std::string& account) {
  Json aliases = Json::array();
  const bool own = account == fixture.at("bucket_account");
  for (const auto& [alias, target] : fixture.at("aliases").items()) {
    if (own && target == id) aliases.push_back(alias);
  }
  Json out = {{"arn", "arn:aws:kms:us-east-1:" + account + ":key/" + id},
              {"kms", {{"aliases", aliases}}}};
  if (own && id == fixture.at("aws_managed_s3_key_id")) {
    out["kms"]["manager"] = "aws";
  } else {
    out["policy"] = "key";
  }
  return out;
}

Json bucket_of(const Json& bucket) {
  Json s3 = {{"abac", bucket.at("abac")}};
  const Json& encryption = bucket.at("default_encryption");
  if (!encryption.is_null()) {
    s3["default_encryption"] = {{"algorithm", encryption.at("SSEAlgorithm")}};
    if (encryption.contains("KMSMasterKeyID")) {
      s3["default_encryption"]["key"] = encryption.at("KMSMasterKeyID");
    }
    s3["default_encryption"]["bucket_key"] = encryption.value("BucketKeyEnabled", false);
  }
  return {{"arn", "arn:aws:s3:::" + bucket.at("name").get<std::string>()},
          {"account", bucket.at("account")},
          {"region", bucket.at("region")},
          {"tags", bucket.at("tags")},
          {"s3", s3}};
}

Json world_of(const Json& fixture, const Json& bucket, bool scp) {
  Json resources = {{"bucket", bucket_of(bucket)}};
  for (const char* id : {"single_region_key_id", "multi_region_key_id", "wrong_single",
                         "wrong_multi", "aws_managed_s3_key_id"}) {
    for (const char* account : {"bucket_account", "other_account"}) {
      const std::string number = fixture.at(account);
      resources[std::string(id) + "-" + number] = key(fixture, fixture.at(id), number);
    }
  }
  resources["src"] = {{"arn", "arn:aws:s3:::src"},
                      {"account", bucket.at("account")},
                      {"region", bucket.at("region")},
                      {"tags", Json::object()},
                      {"s3", {{"abac", false}}}};
  Json scps = Json::array({"FullAWSAccess"});
  if (scp) scps.push_back("scp");
  Json principals;
  for (const char* name : {"rcp-tester", "scp-tester"}) {
    principals[name] = {{"arn", std::string("arn:aws:iam::111122223333:role/") + name},
                        {"session", {{"name", "run"}}},
                        {"policies", {"allow-all"}}};
  }
  return {{"policies", policies()},
          {"organization",
           {{"id", fixture.at("org")},
            {"management_account", "999999999999"},
            {"root",
             {{"id", "r-1"},
              {"scps", scps},
              {"rcps", {"rcp"}},
              {"accounts",
               {"999999999999", fixture.at("bucket_account"), fixture.at("other_account")}}}}}},
          {"principals", principals},
          {"resources", resources}};
}

Json request_of(const Json& step) {
  const Json& sent = step.at("request");
  const std::string operation = step.at("operation");
  Json out = {{"principal", step.at("authorization").at("principal")},
              {"operation", "s3:" + operation},
              {"resource", "bucket"}};
  if (sent.is_string()) {
    out["parameters"] = {{"status", sent}};
    return out;
  }
  for (const auto& [name, value] : sent.items()) {
    if (name == "abac_status") {
      out["parameters"] = {{"status", value}};
    } else {
      out[name] = value;
    }
  }
  const bool object =
      step.at("authorization").at("resource").get<std::string>().find('/') != std::string::npos;
  if (object) out["key"] = "test.txt";
  return out;
}

// The row's authorization is as stated, and the others of the call are allowed.
void check_step(const Json& fixture, const Json& step, const Json& bucket, bool scp) {
  const Json world = world_of(fixture, bucket, scp);
  const Answer answer = authorizations(world, request_of(step));
  ASSERT_EQ(answer.error, "");
  const Json& row = step.at("authorization");
  const auto explanations = decide(world, answer.requests);
  bool found = false;
  for (std::size_t i = 0; i < answer.requests.size(); ++i) {
    const request::Data& data = answer.requests[i];
    const Explanation& explanation = explanations[i];
    if (data.action != row.at("action") || data.resource != row.at("resource")) {
      EXPECT_EQ(explanation.decision.outcome, Outcome::kAllow) << data.action;
      continue;
    }
    found = true;
    EXPECT_EQ(differences(data, row.at("context"), kCompared), "");
    if (step.at("expect") == "allow") {
      EXPECT_EQ(explanation.decision.outcome, Outcome::kAllow);
      continue;
    }
    EXPECT_EQ(explanation.decision.outcome, Outcome::kExplicitDeny);
    EXPECT_EQ(explanation.decision.layer,
              step.at("deny_layer") == "scp" ? Layer::kScp : Layer::kRcp);
    std::set<std::string> named;
    for (const Reason& reason : explanation.reasons) named.insert(reason.sid.value_or(""));
    const auto stated = step.at("deny_statements").get<std::set<std::string>>();
    EXPECT_EQ(named, stated);
  }
  EXPECT_TRUE(found);
}

TEST(Matrices, BucketEncryptionRcp) {
  const Json matrix = read_test_json("conformance/s3-encryption-rcp-matrix.json");
  std::size_t rows = 0;
  for (const Json& test : matrix.at("tests")) {
    SCOPED_TRACE(test.at("test").dump() + test.at("variant").dump());
    check_step(matrix.at("fixture"), test, test.at("bucket"), false);
    ++rows;
  }
  EXPECT_EQ(rows, matrix.at("counts").at("here").at("total"));
}

TEST(Matrices, BucketTagScp) {
  const Json fixture = read_test_json("conformance/s3-encryption-rcp-matrix.json").at("fixture");
  const Json matrix = read_test_json("conformance/s3-encryption-scp-matrix.json");
  std::size_t steps = 0;
  for (const Json& test : matrix.at("tests")) {
    for (const Json& step : test.at("steps")) {
      SCOPED_TRACE(test.at("test").dump() + test.at("scp").dump() + step.dump());
      check_step(fixture, step, step.at("bucket"), test.at("scp") == "on");
      ++steps;
    }
  }
  EXPECT_EQ(steps, 39U);
}

}  // namespace
}  // namespace policysim::operations
