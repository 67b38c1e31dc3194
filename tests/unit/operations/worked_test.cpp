// Worked cases: the authorizations of API calls in order, with their keys.
#include <gtest/gtest.h>

#include <map>

#include "authorizations.hpp"
#include "operations/operation_table.hpp"
#include "origins.hpp"

namespace policysim::operations {
namespace {

void check(const std::string& name, const Json& request, const Answer& answer, const Json& expected,
           const std::vector<std::string>& patterns) {
  SCOPED_TRACE(name);
  EXPECT_EQ(answer.error, "");
  std::string found;
  for (const request::Data& data : answer.requests)
    found += data.action + " on " + data.resource + "\n";
  std::string wanted;
  for (const Json& one : expected) {
    wanted +=
        one.at("action").get<std::string>() + " on " + one.at("resource").get<std::string>() + "\n";
  }
  ASSERT_EQ(found, wanted);
  for (std::size_t i = 0; i < answer.requests.size(); ++i) {
    const Json context = expected[i].value("context", Json::object());
    EXPECT_EQ(differences(answer.requests[i], context, patterns), "") << answer.requests[i].action;
    EXPECT_EQ(wrong_origins(request, answer.requests[i]), "") << answer.requests[i].action;
  }
}

// The state of a case of worked.json as a world.
Json world_of(const Json& inventory, const Json& test) {
  const std::string account = inventory.at("account");
  Json world = {
      {"defaults", {{"region", inventory.at("region")}}},
      {"policies",
       {{"any",
         {{"Version", "2012-10-17"},
          {"Statement", Json::array({{{"Effect", "Allow"},
                                      {"Principal", "*"},
                                      {"Action", "*"},
                                      {"Resource", "*"}}})}}}}},
      {"principals",
       {{"app", {{"arn", "arn:aws:iam::111122223333:role/app"}, {"session", {{"name", "run"}}}}}}}};
  Json& resources = world["resources"];
  for (const auto& [name, key] : inventory.at("keys").items()) {
    const bool managed = key.value("manager", "") == "aws";
    Json entry = {{"arn", key.at("arn")},
                  {"tags", key.at("tags")},
                  {"kms", {{"aliases", key.at("aliases")}}}};
    if (managed) entry["kms"]["manager"] = "aws";
    if (!managed) entry["policy"] = "any";
    resources[name == "aws/s3" ? "managed" : name] = entry;
  }
  if (test.contains("bucket")) {
    const Json& bucket = inventory.at("buckets").at(test.at("bucket").get<std::string>());
    Json s3 = {{"abac", bucket.at("abac")}};
    if (!bucket.at("default_encryption").is_null())
      s3["default_encryption"] = bucket.at("default_encryption");
    resources["bucket"] = {{"arn", bucket.at("arn")},
                           {"account", account},
                           {"region", inventory.at("region")},
                           {"tags", bucket.at("tags")},
                           {"s3", s3}};
  }
  if (test.contains("object")) {
    resources["object"] = inventory.at("objects").at(test.at("object").get<std::string>());
  }
  resources["api"] = {{"arn", "arn:aws:lambda:us-east-1:111122223333:function:api"},
                      {"lambda", {{"function_url", "AWS_IAM"}}}};
  return world;
}

TEST(WorkedCases, OfTheSpecification) {
  const Json data = read_test_json("operations/worked.json");
  const auto patterns = data.at("compare").at("all_of").get<std::vector<std::string>>();
  std::vector<std::string> compared;
  for (const std::string& pattern : patterns) {
    if (pattern != "s3:x-amz-*") compared.push_back(pattern);
  }
  for (const char* key : {"s3:x-amz-server-side-*", "s3:x-amz-acl", "s3:x-amz-grant-*",
                          "s3:x-amz-copy-source", "s3:x-amz-metadata-directive"}) {
    compared.push_back(key);
  }
  std::size_t count = 0;
  for (const Json& test : data.at("cases")) {
    Json request = test.at("request");
    request["principal"] = data.at("inventory").at("caller");
    request["operation"] = test.at("operation");
    const std::string operation = test.at("operation");
    if (operation == "s3express:CreateSession") {
      request["resource"] = test.at("requests")[0].at("resource");
    } else if (operation.rfind("s3", 0) == 0) {
      request["resource"] =
          test.contains("bucket") ? Json("bucket") : Json("arn:aws:s3:::data-bucket");
      if (operation.find("Object") != std::string::npos && operation != "s3:ListObjectsV2") {
        request["key"] = "a.txt";
      }
    }
    check(test.at("id"), request, authorizations(world_of(data.at("inventory"), test), request),
          test.at("requests"), compared);
    ++count;
  }
  EXPECT_EQ(count, data.at("count"));
}

// At least two cases of each operation of the table.
TEST(WorkedCases, OfEveryOperation) {
  const Json data = read_test_json("operations/cases.json");
  const auto compared = data.at("compare").get<std::vector<std::string>>();
  std::map<std::string, int> seen;
  for (const Json& test : data.at("cases")) {
    Json world = data.at("world");
    if (test.contains("with")) world.merge_patch(test.at("with"));
    const Answer answer = authorizations(world, test.at("request"));
    ++seen[test.at("request").at("operation")];
    std::string rules;
    for (const std::string& warning : answer.warnings) rules += warning.substr(0, 6);
    EXPECT_EQ(rules, test.value("warning", "")) << test.at("id");
    if (test.contains("error")) {
      EXPECT_EQ(answer.error.substr(0, 6), test.at("error")) << test.at("id");
    } else {
      check(test.at("id").get<std::string>() + ": " + test.at("about").get<std::string>(),
            test.at("request"), answer, test.at("requests"), compared);
    }
  }
  for (const OperationRow& row : operation_rows()) {
    if (row.name == "s3:ListObjects" || row.name == "s3:HeadBucket" ||
        row.name == "s3:GetBucketTagging") {
      continue;  // spellings and twins of others
    }
    EXPECT_GE(seen[std::string(row.name)], 2) << row.name;
  }
}

}  // namespace
}  // namespace policysim::operations
