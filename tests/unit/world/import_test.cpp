// tests/data/import/account-authorization-details.json: forty entities in AWS's documented format.
#include <gtest/gtest.h>

#include <string>

#include "unit/world/fixture_helpers.hpp"

namespace policysim::world {
namespace {

using request::CallerKind;

const std::string kFile = PSIM_SOURCE_DIR "/tests/data/import/account-authorization-details.json";

std::string importing(const std::string& rest, const std::string& prefix = "prod/") {
  return "world:\n  import: [{path: \"" + kFile + "\", prefix: \"" + prefix + "\"}]\n" + rest;
}

TEST(Import, BringsPrincipalsGroupsAndPolicies) {
  const Fixture fixture = load_good(importing(""));
  ASSERT_NE(fixture.base, nullptr);
  const Data& data = fixture.base->data();
  EXPECT_EQ(data.principals.size(), 28U);
  EXPECT_EQ(data.groups.size(), 5U);  // and one that a user is in and the output lacks

  const Principal* charlie = data.principal("prod/user/charlie");
  ASSERT_NE(charlie, nullptr);
  EXPECT_EQ(charlie->caller.kind, CallerKind::kUser);
  EXPECT_EQ(charlie->caller.arn, "arn:aws:iam::123456789012:user/team/charlie");
  EXPECT_EQ(charlie->caller.unique_id, "AIDACHARLIE000000000");
  EXPECT_EQ(charlie->groups, (Names{"prod/Dev", "prod/Finance"}));
  EXPECT_EQ(*charlie->tags, (Tags{{"Department", "Finance"}, {"Cost Center", "a/b=c+d@e"}}));
  EXPECT_EQ(data.group("prod/Dev")->policies, Names{"prod/group/Dev/assets"});
  EXPECT_EQ(data.principal("prod/user/bob")->policies, Names{"prod/user/bob/DenyBillingAndIAM"});
  EXPECT_TRUE(
      data.principal("prod/user/bob")->tags.has_value());  // the output says that it has none

  const Principal* role = data.principal("prod/role/finance");
  ASSERT_NE(role, nullptr);
  EXPECT_EQ(role->caller.principal_arn, "arn:aws:iam::123456789012:role/team/finance");
  EXPECT_EQ(role->trust, "prod/role/finance");
  EXPECT_EQ(role->policies, Names{"prod/keys-by-department"});
  EXPECT_EQ(data.policy("prod/keys-by-department")->arn,
            "arn:aws:iam::123456789012:policy/team/keys-by-department");
  EXPECT_EQ(data.principal("prod/role/limited")->boundary, "prod/limit");
  EXPECT_EQ(data.principal("prod/role/AWSServiceRoleForSupport")->caller.kind,
            CallerKind::kServiceLinkedRole);
}

TEST(Import, TakesTheDefaultVersion) {
  const Fixture fixture = load_good(importing(""));
  const Policy* limit = fixture.base->data().policy("prod/limit");
  ASSERT_NE(limit, nullptr);
  const text::Node& action = *limit->document->find("Statement")->items.at(0).find("Action");
  ASSERT_EQ(action.items.size(), 2U);
  EXPECT_EQ(action.items[0].text, "s3:*");
}

TEST(Import, SpansLieInTheOutput) {
  const Fixture fixture = load_good(importing(""));
  const Policy* policy = fixture.base->data().policy("prod/keys-by-department");
  const text::Node& statement = policy->document->find("Statement")->items.at(1);
  const SourceSpan& span = statement.find("Sid")->span;
  const std::string_view text = (*fixture.sources)[span.source].text();
  EXPECT_EQ(text.substr(span.begin, span.end - span.begin), "%22RefuseForeignKeys%22");
}

TEST(Import, WhatIsOnlyNamedIsUnknown) {
  const Fixture fixture = load_good(importing(""));
  const Data& data = fixture.base->data();
  for (const char* name : {"dora", "emil", "gustav", "heidi"}) {
    EXPECT_TRUE(data.principal(std::string("prod/user/") + name)->unknown_policy) << name;
  }
  for (const char* name : {"alice", "frida", "worker-0"}) {
    EXPECT_FALSE(data.principal(std::string("prod/user/") + name)->unknown_policy) << name;
  }
  EXPECT_EQ(data.principal("prod/user/emil")->policies, Names{"prod/aws/ReadOnlyAccess"});
  EXPECT_EQ(data.principal("prod/user/frida")->policies, Names{"prod/ReadOnlyAccess"});
  EXPECT_TRUE(data.policy("prod/not-in-the-output")->unknown);
  EXPECT_EQ(data.policy("prod/SecurityAudit")->arn, "arn:aws:iam::aws:policy/SecurityAudit");
}

TEST(Import, PoliciesOfTheFixtureAreKnown) {
  const Fixture fixture = load_good(importing(R"(
  policies:
    SecurityAudit: &any {Version: "2012-10-17", Statement: [{Effect: Allow, Action: "*", Resource: "*"}]}
    mine: {document: *any, arn: "arn:aws:iam::123456789012:policy/not-in-the-output"}
    prod/aws/ReadOnlyAccess: *any
)"));
  const Data& data = fixture.base->data();
  for (const char* name : {"dora", "emil", "gustav"}) {
    EXPECT_FALSE(data.principal(std::string("prod/user/") + name)->unknown_policy) << name;
  }
  EXPECT_TRUE(data.principal("prod/user/heidi")->unknown_policy);
}

TEST(Import, ClashesFollowOverride) {
  const Error error = load_bad(
      importing("  principals: {user/dora: {arn: \"arn:aws:iam::123456789012:user/dora\"}}\n", ""));
  EXPECT_EQ(error.code, "PS2103");
  const Fixture fixture = load_good(importing(R"(
  principals: {user/dora: {override: true, arn: "arn:aws:iam::123456789012:user/else"}}
)",
                                              ""));
  EXPECT_EQ(fixture.base->data().principal("user/dora")->caller.arn,
            "arn:aws:iam::123456789012:user/else");
}

TEST(Import, NamesWorkInFixtures) {
  const Fixture fixture = load_good(importing(R"(
matrices:
  - id: m
    dimensions: {who: [prod/user/charlie, prod/role/finance]}
    request: {principal: "${{ who }}", action: "kms:Decrypt", resource: "*"}
    expect: [{when: {who.tags.Department: Finance}, then: allow}]
)"));
  EXPECT_NE(fixture.base, nullptr);
}

TEST(Import, RefusesWhatItCannotUse) {
  const auto code = [](const std::string& path) {
    return load_bad("world: {import: [\"" + path + "\"]}").code;
  };
  EXPECT_EQ(code(PSIM_SOURCE_DIR "/policies/test-allow-all.json"), "PS2125");
  EXPECT_EQ(code("no-such-file.json"), "PS0001");
  EXPECT_EQ(load_bad("world: {import: {path: x}}").code, "PS2003");
  EXPECT_EQ(load_bad("world: {import: [{paht: x}]}").code, "PS2005");
  // Nobody knows what it says, so it cannot be a guardrail.
  const Error error = load_bad(importing(R"(
  organization: {id: o-exampleorg1, management_account: "999999999999", root: {id: r-ab12, scps: [FullAWSAccess, prod/SecurityAudit]}}
)"));
  EXPECT_EQ(error.code, "PS2102");
}

}  // namespace
}  // namespace policysim::world
