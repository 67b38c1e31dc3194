// Every row of requests.txt, and what rows cannot say.
#include "operations/request_builder.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "base/ascii.hpp"
#include "catalog/rules.hpp"
#include "text/reader.hpp"
#include "world/fixture.hpp"

namespace policysim::operations {
namespace {

using request::ContextEntry;
using request::ValueState;

struct Row {
  std::string name;
  std::string request;
  std::vector<std::string> lines;
};

std::vector<Row> read_rows() {
  std::ifstream file(PSIM_SOURCE_DIR "/tests/unit/operations/requests.txt");
  std::vector<Row> rows;
  for (std::string line; std::getline(file, line);) {
    if (line.rfind("=== ", 0) == 0) {
      rows.push_back({line.substr(4), {}, {}});
    } else if (!rows.empty() && rows.back().request.empty()) {
      rows.back().request = line;
    } else if (!rows.empty()) {
      rows.back().lines.push_back(line);
    }
  }
  return rows;
}

std::shared_ptr<const World> test_world() {
  const auto fixture = world::load_fixture(PSIM_SOURCE_DIR "/tests/unit/operations/world.yaml");
  if (!fixture) {
    ADD_FAILURE() << fixture.error().message;
    return nullptr;
  }
  return fixture->base;
}

text::Node yaml(const std::string& text) {
  text::SourceMap sources;
  auto node = text::read(sources, sources.add("request.yaml", text), text::Syntax::kYaml);
  if (!node) ADD_FAILURE() << text;
  return node ? *node : text::Node();
}

const ContextEntry* find(const request::Data& data, const std::string& key) {
  for (const ContextEntry& entry : data.context) {
    if (entry.key == key) return &entry;
  }
  return nullptr;
}

std::string shown(const ContextEntry& entry) {
  std::string out;
  for (const std::string& value : entry.values) out += (out.empty() ? "" : ", ") + value;
  if (entry.state == ValueState::kList) out = "[" + out + "]";
  return entry.key + " = " + out + " @" + std::string(request::to_string(entry.origin));
}

// As the evaluator will see it: entries of any case, then prefixes, then the mode.
ValueState state_of(const request::Data& data, const std::string& key) {
  const std::string folded = base::lower(key);
  for (const ContextEntry& entry : data.context) {
    if (base::lower(entry.key) == folded) return entry.state;
  }
  for (const std::string& prefix : data.unknown_prefixes) {
    if (folded.rfind(prefix, 0) == 0) return ValueState::kUnknown;
  }
  for (const std::string& prefix : data.complete_prefixes) {
    if (folded.rfind(prefix, 0) == 0) return ValueState::kAbsent;
  }
  return data.missing_unknown ? ValueState::kUnknown : ValueState::kAbsent;
}

bool has(const std::vector<Diagnostic>& findings, const std::string& line) {
  for (const Diagnostic& finding : findings) {
    EXPECT_NE(catalog::find_rule(finding.rule), nullptr) << finding.rule;
    if (line.compare(0, 6, finding.rule) == 0 &&
        finding.message.find(line.substr(7)) != std::string::npos) {
      return true;
    }
  }
  return false;
}

std::string all(const std::vector<Diagnostic>& findings) {
  std::string out;
  for (const Diagnostic& finding : findings) out += finding.rule + " " + finding.message + "\n";
  return out;
}

void check_key(const request::Data& data, const std::string& line) {
  if (line[0] == '!') {
    const std::string key = line.substr(1);
    const ContextEntry* entry = find(data, key);
    EXPECT_TRUE(entry == nullptr || entry->state == ValueState::kAbsent) << shown(*entry);
    if (entry == nullptr && data.missing_unknown) {
      EXPECT_EQ(state_of(data, key), ValueState::kAbsent) << line;
    }
  } else if (line[0] == '?') {
    EXPECT_EQ(state_of(data, line.substr(1)), ValueState::kUnknown) << line;
  } else {
    const ContextEntry* entry = find(data, line.substr(0, line.find(" = ")));
    ASSERT_NE(entry, nullptr) << line;
    EXPECT_EQ(shown(*entry), line);
  }
}

TEST(BuildRequests, DerivesEveryKey) {
  const auto world = test_world();
  const std::vector<Row> rows = read_rows();
  ASSERT_GE(rows.size(), 70U);
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    const auto built = build_requests(yaml(row.request), world.get());
    std::size_t warnings = 0;
    for (const std::string& line : row.lines) {
      if (line.rfind("error ", 0) == 0) {
        ASSERT_FALSE(built.has_value()) << line;
        EXPECT_TRUE(has(built.error().diagnostics, line.substr(6)))
            << all(built.error().diagnostics);
        continue;
      }
      ASSERT_TRUE(built.has_value()) << built.error().message;
      if (line.rfind("requests ", 0) == 0) {
        EXPECT_EQ(std::to_string(built->requests.size()), line.substr(9));
      } else if (line.rfind("warning ", 0) == 0) {
        ++warnings;
        EXPECT_TRUE(has(built->warnings, line.substr(8))) << all(built->warnings);
      } else {
        check_key(built->requests.at(0), line);
      }
    }
    if (!built) continue;
    EXPECT_EQ(built->warnings.size(), warnings) << all(built->warnings);
  }
}

request::Data build_one(const std::string& request, const BuildOptions& options = {}) {
  const auto world = test_world();
  const auto built = build_requests(yaml(request), world.get(), options);
  if (!built) {
    ADD_FAILURE() << built.error().message;
    return {};
  }
  return built->requests.at(0);
}

TEST(BuildRequests, KnowsTheParties) {
  const request::Data data =
      build_one("{principal: app, action: 's3:GetObject', resource: object}");
  EXPECT_EQ(data.caller.arn, "arn:aws:sts::222222222222:assumed-role/app/s1");
  EXPECT_EQ(data.caller.entry, "app");
  EXPECT_EQ(data.caller.canonical_id.substr(0, 4), "79a5");
  EXPECT_EQ(data.resource, "arn:aws:s3:::abac/a.txt");
  EXPECT_EQ(data.resource_facts.policy_target, "arn:aws:s3:::abac");
  EXPECT_EQ(data.resource_facts.account, "222222222222");
  EXPECT_EQ(data.resource_facts.partition, "aws");
}

TEST(BuildRequests, EndpointPoliciesBindDirectCallsOnly) {
  const std::string tail = ", action: 's3:GetObject', resource: object, vpc_endpoint: ";
  EXPECT_EQ(build_one("{principal: ann" + tail + "private}").endpoint, "private");
  EXPECT_EQ(build_one("{principal: ann" + tail + "gateway}").endpoint, "");  // it has no policy
  const request::Data forwarded = build_one("{principal: ann, via: s3" + tail + "private}");
  EXPECT_EQ(forwarded.endpoint, "");
  EXPECT_TRUE(forwarded.via_service);
}

TEST(BuildRequests, SettingsHaveAnOrder) {
  const std::string open = "{principal: ann, action: 's3:ListAllMyBuckets', resource: '*'";
  BuildOptions options;
  EXPECT_FALSE(build_one(open + "}", options).missing_unknown);
  options.configuration.missing_unknown = true;
  EXPECT_TRUE(build_one(open + "}", options).missing_unknown);
  options.flags.missing_unknown = false;
  EXPECT_FALSE(build_one(open + "}", options).missing_unknown);
  EXPECT_TRUE(build_one(open + ", missing: unknown}", options).missing_unknown);
  options.configuration.time = "2020-01-01T00:00:00Z";  // the world states one
  EXPECT_EQ(find(build_one(open + "}", options), "aws:EpochTime")->values[0], "1772323200");
  options.flags.time = "2020-01-01T00:00:00Z";
  EXPECT_EQ(find(build_one(open + "}", options), "aws:EpochTime")->values[0], "1577836800");
  options.force = true;
  build_one(open + ", context: {'aws:username': x}}", options);
  options.flags.certain = true;
  EXPECT_TRUE(build_one(open + "}", options).certain);
  EXPECT_FALSE(build_one(open + ", certain: false}", options).certain);
}

TEST(BuildRequests, SingleMeansOneAuthorization) {
  const auto world = test_world();
  BuildOptions options;
  options.single = true;
  const auto lists = build_requests(yaml("{principal: ann, action: ['a:b'], resource: '*'}"),
                                    world.get(), options);
  ASSERT_FALSE(lists.has_value());
  EXPECT_EQ(lists.error().code, "PS3009");
  const auto access_point =
      build_requests(yaml("{principal: ann, action: 's3:GetObject', resource: "
                          "'arn:aws:s3:eu-west-1:222222222222:accesspoint/ap/object/x'}"),
                     world.get(), options);
  EXPECT_TRUE(access_point.has_value());
}

TEST(BuildRequests, ReadsJsonText) {
  const auto world = test_world();
  const auto listed = build_requests(
      R"([{"principal": "ann", "action": "a:b", "resource": "*"},
          {"principal": "app", "action": "a:c", "resource": "*"}])",
      world.get());
  ASSERT_TRUE(listed.has_value());
  EXPECT_EQ(listed->requests.size(), 2U);
  const auto twice = build_requests(
      R"({"principal": "ann", "action": "a:b", "action": "a:c", "resource": "*"})", world.get());
  ASSERT_FALSE(twice.has_value());
  EXPECT_EQ(twice.error().code, "PS1002");
  EXPECT_FALSE(build_requests("{", world.get()).has_value());
}

TEST(FromJson, DerivesWhatArnsSay) {
  const auto request = Request::from_json(
      R"({"id": "r1", "principal": "arn:aws:iam::111122223333:role/team/app", "action": "kms:Decrypt",
          "resource": "arn:aws:kms:us-east-1:444455556666:key/1", "context": {"aws:TagKeys": "a"}})");
  ASSERT_TRUE(request.has_value()) << request.error().message;
  const request::Data& data = request->data();
  EXPECT_EQ(data.id, "r1");
  EXPECT_EQ(data.resource_facts.account, "444455556666");
  EXPECT_EQ(data.caller.entry, "arn:aws:iam::111122223333:role/team/app");
  EXPECT_EQ(find(data, "aws:PrincipalArn")->values[0], "arn:aws:iam::111122223333:role/team/app");
  EXPECT_EQ(find(data, "aws:RequestedRegion")->values[0], "us-east-1");
  EXPECT_EQ(find(data, "aws:TagKeys")->state, ValueState::kList);
  EXPECT_EQ(find(data, "aws:CurrentTime")->values[0], "2026-01-01T00:00:00Z");
}

TEST(FromJson, RefusesWhatItCannotKnow) {
  const char* rows[][2] = {
      {R"({"principal": "anonymous", "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k"})",
       "PS3006"},
      {R"({"principal": "finance", "action": "a:b", "resource": "*"})", "PS3005"},
      {R"({"principal": "anonymous", "action": "a:b", "resource": "*", "x": 1})", "PS3002"},
      {R"({"principal": "anonymous", "operation": "s3:PutObject", "resource": "*"})", "PS3002"},
      {R"({"principal": 1, "action": null, "resource": "*"})", "PS3003"},
      {R"([])", "PS3003"},
      {R"({"principal": "anonymous", "action": "a:b", "resource": "*", "time": "now"})", "PS3009"},
      {"not json", "PS0101"},
  };
  for (const auto& row : rows) {
    const auto request = Request::from_json(row[0]);
    ASSERT_FALSE(request.has_value()) << row[0];
    EXPECT_EQ(request.error().code, row[1]) << row[0];
  }
}

TEST(FromJson, ContextTellsThePathOfARole) {
  const auto request = Request::from_json(
      R"({"principal": "arn:aws:sts::111122223333:assumed-role/app/s", "action": "a:b", "resource": "*",
          "context": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/team/app"}})");
  ASSERT_TRUE(request.has_value()) << request.error().message;
  EXPECT_EQ(request->data().caller.principal_arn, "arn:aws:iam::111122223333:role/team/app");
  EXPECT_FALSE(Request::from_json(
                   R"({"principal": "arn:aws:sts::111122223333:assumed-role/app/s", "action": "a:b",
          "resource": "*", "context": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/other"}})")
                   .has_value());
}

TEST(RequestBuilderClass, UsesItsWorld) {
  const RequestBuilder builder(test_world());
  const auto requests = builder.build(
      R"({"principal": "ann", "action": ["s3:GetObject", "s3:PutObject"], "resource": "object"})");
  ASSERT_TRUE(requests.has_value());
  ASSERT_EQ(requests->size(), 2U);
  EXPECT_EQ((*requests)[1].data().action, "s3:PutObject");
  EXPECT_FALSE(
      builder.build(R"({"principal": "zoe", "action": "a:b", "resource": "*"})").has_value());
}

}  // namespace
}  // namespace policysim::operations
