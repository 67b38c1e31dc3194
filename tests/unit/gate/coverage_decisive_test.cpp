// When a statement is decisive.
#include <gtest/gtest.h>

#include "coverage_fixture.hpp"

namespace policysim::gate {
namespace {

constexpr const char* kGetAll = R"({Effect: Allow, Action: "s3:*", Resource: "*"})";
constexpr const char* kNoGet = R"({Effect: Deny, Action: "s3:Get*", Resource: "*"})";

std::string document(const std::string& name, const std::string& statements) {
  return "    " + name + ": {Version: \"2012-10-17\", Statement: [" + statements + "]}\n";
}

std::string decisive_in(const std::string& policies, const std::string& world,
                        const std::vector<const char*>& cases) {
  const auto fixture =
      load(fixture_text({"", policies.c_str(), world.c_str(), cases, ""}), "f.yaml");
  return fixture == nullptr ? std::string() : decisive(cover({fixture}).report);
}

TEST(Decisive, OfTwoThatSayTheSameNone) {
  EXPECT_EQ(decisive_in(document("p", std::string(kGetAll) + "," + kGetAll), kOneUser,
                        {"ann s3:GetObject a allow"}),
            "p #0 0\np #1 0\n");
  EXPECT_EQ(decisive_in(document("p", std::string(kGetAll) + "," + kNoGet + "," + kNoGet), kOneUser,
                        {"ann s3:GetObject a deny"}),
            "p #0 0\np #1 0\np #2 0\n");
}

TEST(Decisive, AnAllowAndTheDenyAgainstIt) {
  EXPECT_EQ(decisive_in(document("p", std::string(kGetAll) + "," + kNoGet), kOneUser,
                        {"ann s3:GetObject a deny", "ann s3:PutObject a allow"}),
            "p #0 1\np #1 1\n");
}

// Without an Allow its level blocks; of Denies at two levels none is needed, unless both are the
// same statement.
constexpr const char* kTwoLevels = R"(
  organization:
    id: o-1
    management_account: "999999999999"
    root: {id: r-1, scps: [root], ous: [{id: ou-1, scps: [ou], accounts: ["111122223333"]}]}
)";

TEST(Decisive, EveryLevelOfScpsMustAllow) {
  const std::string policies =
      document("p", kGetAll) + document("root", kGetAll) + document("ou", kGetAll);
  const std::string world = kOneUser + std::string(kTwoLevels);
  EXPECT_EQ(decisive_in(policies, world, {"ann s3:GetObject a allow"}),
            "p #0 1\nroot #0 1\nou #0 1\n");
}

TEST(Decisive, DeniesOfTwoLevels) {
  const std::string both = std::string(kGetAll) + "," + kNoGet;
  const std::string world = kOneUser + std::string(kTwoLevels);
  EXPECT_EQ(decisive_in(document("p", kGetAll) + document("root", both) + document("ou", both),
                        world, {"ann s3:GetObject a deny"}),
            "p #0 0\nroot #0 0\nroot #1 0\nou #0 0\nou #1 0\n");
  std::string same = world;
  for (const char* list : {"[root]", "[ou]"}) {
    same.replace(same.find(list), std::string(list).size(), "[both]");
  }
  EXPECT_EQ(decisive_in(document("p", kGetAll) + document("both", both), same,
                        {"ann s3:GetObject a deny"}),
            "p #0 0\nboth #0 0\nboth #1 1\n");
}

// Where identity and resource both allow, the decision is the identity's: without it the layer
// changes, without the resource's nothing does. A boundary without Allow makes the strong one
// count.
TEST(Decisive, StrengthsOfResourcePolicies) {
  const std::string policies =
      document("p", kGetAll) +
      document(
          "bucket",
          R"({Effect: Allow, Principal: {AWS: "arn:aws:iam::111122223333:user/ann"}, Action: "s3:*", Resource: "arn:aws:s3:::b/*"})") +
      document("nothing", R"({Effect: Allow, Action: "iam:*", Resource: "*"})");
  std::string world = kOneUser;
  world.insert(world.find("111122223333\"}") + 13, ", policy: bucket");
  EXPECT_EQ(decisive_in(policies, world, {"ann s3:GetObject a allow"}), "p #0 1\nbucket #0 0\n");
  world.insert(world.find(", policies: [p]"), ", boundary: nothing");
  EXPECT_EQ(decisive_in(policies, world, {"ann s3:GetObject a allow"}),
            "p #0 0\nbucket #0 1\nnothing #0 0\n");
}

// Block Public Access looks at the whole policy: a statement that makes it public shuts out others.
TEST(Decisive, AStatementThatMakesABucketPublic) {
  const std::string policies =
      document("all", kGetAll) +
      document(
          "p",
          R"({Effect: Allow, Principal: {AWS: "arn:aws:iam::444455556666:user/bob"}, Action: "s3:*", Resource: "arn:aws:s3:::b/*"}, {Effect: Allow, Principal: "*", Action: "s3:PutObject", Resource: "arn:aws:s3:::b/in/*"})");
  std::string world = kBucketOwner;
  world.insert(world.find(", policy: p"),
               ", s3: {block_public_access: {restrict_public_buckets: true}}");
  EXPECT_EQ(decisive_in(policies, world, {"bob s3:GetObject a explicit_deny"}),
            "all #0 0\np #0 0\np #1 0\n");
  // Only what matched is tried: the public statement is decisive where it is named.
  EXPECT_EQ(decisive_in(policies, world, {"bob s3:PutObject in/a explicit_deny"}),
            "all #0 0\np #0 0\np #1 1\n");
}

// What is open with a statement and without it is not decided by it, and what matches perhaps is
// not tried.
TEST(Decisive, OpenDecisions) {
  EXPECT_EQ(
      decisive_in(
          document(
              "p",
              std::string(kGetAll) +
                  R"(, {Effect: Deny, Action: "s3:*", Resource: "*", Condition: {StringEquals: {"aws:RequestTag/x": "1"}}})"),
          kOneUser,
          {"ann s3:GetObject a conditional , context: {\"aws:RequestTag/x\": {unknown: true}}"}),
      "p #0 0\np #1 0\n");
}

}  // namespace
}  // namespace policysim::gate
