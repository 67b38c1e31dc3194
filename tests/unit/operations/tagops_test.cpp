// The scenarios of the tagging seed, from descriptions of the world and from calls: the row's
// authorization is among those of the call, with the row's keys and decision.
#include <gtest/gtest.h>

#include <algorithm>

#include "authorizations.hpp"
#include "decisions.hpp"

namespace policysim::operations {
namespace {

const std::vector<std::string> kCompared = {
    "aws:RequestTag/*",       "aws:TagKeys",      "aws:ResourceTag/*",
    "s3:BucketTag/*",         "s3:x-amz-server*", "s3:RequestObjectTag*",
    "s3:locationconstraint",  "ec2:Encrypted",    "rds:StorageEncrypted",
    "kms:EncryptionContext*", "kms:ViaService"};

bool starts(const std::string& text, const char* prefix) { return text.rfind(prefix, 0) == 0; }

// Members of a map whose keys have a prefix, without it.
Json under(const Json& context, const std::string& prefix) {
  Json out = Json::object();
  for (const auto& [key, value] : context.items()) {
    if (starts(key, prefix.c_str())) out[key.substr(prefix.size())] = value;
  }
  return out;
}

Json resource_of(const Json& row) {
  const std::string arn = row.at("resource").at("arn");
  Json out = {{"arn", arn}, {"tags", under(row.at("context"), "aws:ResourceTag/")}};
  const bool s3 = arn.find(":s3:::") != std::string::npos;
  if (s3) out = {{"arn", arn.substr(0, arn.find('/'))}, {"region", "us-east-1"}};
  if (s3 || arn.find("snapshot/") != std::string::npos)
    out["account"] = row.at("resource").at("account");
  if (arn.find("snapshot/") != std::string::npos) {
    out.erase("tags");
    out["encryption"] = {{"enabled", row.at("context").at("ec2:Encrypted") == "true"}};
  }
  if (!row.at("resource_policy").is_null()) out["policy"] = row.at("resource_policy");
  return out;
}

Json organization(const std::string& id, const Json& row, const Json& accounts) {
  Json scps = row.at("scps");
  scps.insert(scps.begin(), "FullAWSAccess");
  return {
      {"id", id},
      {"management_account", accounts[0]},
      {"root", {{"id", "r-1"}, {"scps", scps}, {"rcps", row.at("rcps")}, {"accounts", accounts}}}};
}

Json world_of(const Json& row, const Json& policies) {
  const Json& principal = row.at("principal");
  Json entry;
  if (principal.at("type") == "AWSService") {
    entry = {{"service", principal.at("arn")}};
  } else {
    entry = {{"arn", principal.at("principal_arn")}};
    if (!row.at("identity").empty()) entry["policies"] = row.at("identity");
    if (principal.at("type") == "AssumedRole") {
      entry["tags"] = principal.at("tags");
      entry["session"] = {{"name", "s"}};
    }
  }
  Json resources = {{"target", resource_of(row)}};
  const std::string arn = row.at("resource").at("arn");
  const bool exists = arn.find('*') == std::string::npos && !starts(row.at("action"), "rds:");
  if (!exists) resources = Json::object();
  return {{"policies", policies},
          {"organizations",
           {organization("o-yourorgid", row, {"100000000001", "123456789012", "210987654321"}),
            {{"id", "o-outsider"},
             {"management_account", "999988887777"},
             {"root", {{"id", "r-2"}, {"accounts", {"999988887777"}}}}}}},
          {"principals", {{"caller", entry}}},
          {"resources", resources}};
}

void add_volume(const Json& row, Json& request) {
  const Json& context = row.at("context");
  const std::string arn = row.at("resource").at("arn");
  Json volume = Json::object();
  if (arn.find("snapshot/") != std::string::npos) {
    volume = {{"SnapshotId", arn.substr(arn.rfind('/') + 1)}, {"Encrypted", true}};
  } else if (context.contains("ec2:Encrypted")) {
    volume["Encrypted"] = context.at("ec2:Encrypted");
  }
  if (row.at("action") == "ec2:CreateVolume") {
    request["parameters"] = volume;
    return;
  }
  request["parameters"] = {{"ImageId", "arn:aws:ec2:us-east-1:123456789012:image/ami-1"},
                           {"BlockDeviceMappings", Json::array({{{"Ebs", volume}}})}};
}

void add_database(const Json& row, Json& request) {
  const Json& context = row.at("context");
  Json parameters = Json::object();
  if (context.value("rds:StorageEncrypted", "") == "true") parameters["StorageEncrypted"] = true;
  if (context.contains("rds:DatabaseEngine"))
    parameters["Engine"] = context.at("rds:DatabaseEngine");
  request["resource"] = row.at("resource").at("arn");
  request["parameters"] = parameters;
}

void add_s3(const Json& row, Json& request) {
  const Json& context = row.at("context");
  const std::string arn = row.at("resource").at("arn");
  if (context.contains("s3:locationconstraint")) {
    request["parameters"] = {{"LocationConstraint", context.at("s3:locationconstraint")}};
  }
  request["resource"] = "target";
  const std::size_t slash = arn.find('/');
  if (slash != std::string::npos) request["key"] = arn.substr(slash + 1);
  Json headers = Json::object();
  const Json sent = under(context, "s3:x-amz-");
  for (const auto& [name, value] : sent.items()) {
    headers["x-amz-" + name] = value;
  }
  request["headers"] = headers;
  const Json tags = under(context, "s3:RequestObjectTag/");
  if (!tags.empty()) request["tags"] = tags;
}

void add_kms(const Json& row, Json& request) {
  const Json& context = row.at("context");
  if (row.at("action") == "kms:ReEncryptFrom") {
    request["operation"] = "kms:ReEncrypt";
    request["parameters"] = {{"DestinationKeyId", row.at("resource").at("arn")}};
  }
  const bool exists =
      row.at("resource").at("arn").get<std::string>().find('*') == std::string::npos;
  if (exists) {
    request["resource"] = "target";
  } else {
    request["operation"] = "kms:CreateKey";
  }
  const Json pairs = under(context, "kms:EncryptionContext:");
  if (!pairs.empty()) request["encryption_context"] = pairs;
  if (context.contains("kms:ViaService")) request["via"] = "s3";
}

Json request_of(const Json& row) {
  const Json& context = row.at("context");
  const std::string action = row.at("action");
  Json request = {{"principal", "caller"}, {"operation", action}};
  const Json tags = under(context, "aws:RequestTag/");
  if (!tags.empty()) request["tags"] = tags;
  if (tags.empty() && context.contains("aws:TagKeys"))
    request["tag_keys"] = context.at("aws:TagKeys");
  const bool plain = action == "kms:DescribeKey" || action == "kms:PutKeyPolicy" ||
                     action == "rds:RestoreDBInstanceFromDBSnapshot";
  if (starts(action, "kms:")) add_kms(row, request);
  if (starts(action, "ec2:")) add_volume(row, request);
  if (starts(action, "rds:")) add_database(row, request);
  if (starts(action, "s3:")) add_s3(row, request);
  for (const char* key : {"aws:SourceAccount", "aws:SourceOrgID"}) {
    if (context.contains(key)) request["context"][key] = context.at(key);
  }
  if (plain) {
    request["action"] = action;
    request.erase("operation");
    request.erase("parameters");
  }
  return request;
}

void check_row(const Json& row, const Json& policies) {
  const Json world = world_of(row, policies);
  const Answer answer = authorizations(world, request_of(row));
  ASSERT_EQ(answer.error, "");
  const auto at =
      std::find_if(answer.requests.begin(), answer.requests.end(), [&](const request::Data& data) {
        return data.action == row.at("action") && data.resource == row.at("resource").at("arn");
      });
  ASSERT_NE(at, answer.requests.end());
  // What happens if the key of a parameter that is left out is absent.
  const bool absent = row.at("id") == "E06";
  Options options;
  if (absent) options = {{"ec2.encrypted_context", "parameter"}};
  if (!absent) {
    EXPECT_EQ(differences(*at, row.at("context"), kCompared), "");
  }
  const Explanation found = decide(world, {*at}, options).front();
  const bool allowed = found.decision.outcome == Outcome::kAllow;
  EXPECT_EQ(allowed, row.at("expect") == "allow");
  EXPECT_NE(found.decision.outcome, Outcome::kConditional);
  const std::string by = row.at("decided_by");
  if (!allowed) {
    EXPECT_EQ(found.decision.outcome == Outcome::kImplicitDeny, by == "implicit");
  }
  for (const Json& statement : row.at("statements")) {
    const bool named =
        std::any_of(found.reasons.begin(), found.reasons.end(), [&](const Reason& reason) {
          return reason.policy == statement.at(1) && reason.sid.value_or("") == statement.at(2);
        });
    EXPECT_TRUE(named) << statement;
  }
}

TEST(TagOps, ScenariosFromWorlds) {
  const Json policies = read_test_json("conformance/tagops-policies.json").at("policies");
  const Json data = read_test_json("conformance/tagops-scenarios.json");
  std::size_t rows = 0;
  for (const Json& row : data.at("scenarios")) {
    SCOPED_TRACE(row.at("id").get<std::string>() + ": " + row.at("title").get<std::string>());
    check_row(row, policies);
    ++rows;
  }
  EXPECT_EQ(rows, data.at("counts").at("here").at("scenarios"));
}

}  // namespace
}  // namespace policysim::operations
