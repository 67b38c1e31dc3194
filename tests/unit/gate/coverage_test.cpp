// One set of items for worlds, targets and fixtures; ratios, exclusions.
#include <gtest/gtest.h>

#include "coverage_fixture.hpp"

namespace policysim::gate {
namespace {

const std::string kMatrix = R"(policysim: 1
name: f
world:
  policies:
    p: {Version: "2012-10-17", Statement: [{Sid: Own, Effect: Allow, Action: "s3:*", Resource: "*", Condition: {StringEquals: {"aws:PrincipalTag/team": blue}}}, {Effect: Deny, Action: "s3:DeleteObject", Resource: "*"}]}
    q: {Version: "2012-10-17", Statement: {Effect: Allow, Action: "ec2:*", Resource: "*"}}
  principals:
    ann: {arn: "arn:aws:iam::111122223333:user/ann", tags: {team: blue}, policies: [p]}
    bob: {arn: "arn:aws:iam::111122223333:user/bob", tags: {team: red}, policies: [p, q]}
  resources: {b: {arn: "arn:aws:s3:::b", account: "111122223333"}}
matrices:
  - id: m
    dimensions:
      who: [ann, bob]
      color: {blue: {with: {principals: {bob: {tags: {team: blue}}}}}, red: {with: {principals: {ann: {tags: {team: red}}}}}}
    request: {principal: "${{ who }}", action: ["s3:GetObject", "s3:PutObject"], resource: "arn:aws:s3:::b/k"}
    expect: [{when: {color: blue}, then: allow}, {then: deny}]
)";

// Two principals in two patched worlds, two authorizations each: one set of items.
TEST(Coverage, OneSetOfItemsForWorldsAndTargets) {
  const auto fixture = load(kMatrix, "f.yaml");
  ASSERT_NE(fixture, nullptr);
  const std::string once = dump(cover({fixture}).report);
  EXPECT_EQ(once,
            "p #0: asked 8, matches 4, decides 4\n"
            "  Action: matched 8 unmatched 0\n"
            "  Resource: matched 8\n"
            "  StringEquals aws:PrincipalTag/team: true 4 false 4 absent 0\n"
            "p #1: asked 0, matches 0, decides 0\n"
            "  Action: matched 0 unmatched 8\n"
            "  Resource: matched 0\n"
            "q #0: asked 0, matches 0, decides 0\n"
            "  Action: matched 0 unmatched 4\n"
            "  Resource: matched 0\n");
  EXPECT_EQ(dump(cover({fixture}, 4).report), once);
}

// The number of a source differs from load to load, its file does not.
TEST(Coverage, OneSetOfItemsForFixturesWithTheSamePolicies) {
  const std::string path = PSIM_SOURCE_DIR "/policies/test-allow-all.json";
  const auto text = [&](const std::string& name, const std::string& before) {
    return "policysim: 1\nname: " + name + "\nworld:\n  policies: {" + before + "p: " + path +
           "}\n" + kOneUser +
           "cases:\n  - {id: one, request: {principal: ann, action: \"s3:GetObject\", resource: "
           "\"arn:aws:s3:::b/k\"}, expect: allow}\n";
  };
  const auto first = load(text("first", ""), "first.yaml");
  const auto second = load(
      text("second", "other: " PSIM_SOURCE_DIR "/policies/test-allow-kms.json, "), "second.yaml");
  const CoverageReport report = cover({first, second}).report;
  ASSERT_EQ(report.policies.size(), 1U);
  EXPECT_EQ(report.policies[0].name, "p");
  EXPECT_EQ(report.policies[0].statements[0].decisive, 2U);
  EXPECT_EQ(report.policies[0].statements[0].range.line, 4U);
  EXPECT_NE(report.policies[0].source.find("BroadTestGrant"), std::string::npos);
}

TEST(Coverage, Ratios) {
  const CoverageReport report = cover({load(kMatrix, "f.yaml")}).report;
  const auto text = [](const Ratio& ratio) {
    return std::to_string(ratio.hit) + "/" + std::to_string(ratio.total);
  };
  EXPECT_EQ(text(report.statements), "1/3");
  EXPECT_EQ(text(report.conditions), "2/3");
  EXPECT_EQ(text(report.elements), "4/9");
  EXPECT_EQ(text(report.variables), "0/0");
  EXPECT_EQ(text(report.effects), "1/3");  // p allows and denies, q allows
  EXPECT_FALSE(report.policies[0].statements[0].deny);
  EXPECT_TRUE(report.policies[0].statements[1].deny);
  EXPECT_TRUE(report.policies[0].decided_allow);
  EXPECT_FALSE(report.policies[0].decided_deny);
  const CoverageItem& condition = report.policies[0].statements[0].items[2];
  EXPECT_EQ(condition.kind, ItemKind::kCondition);
  EXPECT_EQ(condition.range.line, 5U);
  const std::string line = kMatrix.substr(kMatrix.find("    p:"));
  EXPECT_EQ(
      line.substr(condition.range.column - 1, condition.range.end_column - condition.range.column),
      R"("aws:PrincipalTag/team": blue)");
}

// Skipping tests does not take their policies out of what is to be covered.
TEST(Coverage, OfSkippedTests) {
  std::string skipped = kMatrix;
  skipped.insert(skipped.find("    dimensions:"), "    skip: later\n");
  const CoverageReport report = cover({load(skipped, "f.yaml")}).report;
  EXPECT_EQ(report.statements.hit, 0U);
  EXPECT_EQ(report.statements.total, 3U);
}

TEST(Coverage, Exclusions) {
  const std::string exclude = R"(coverage:
  exclude:
    - {policy: p, sid: "#1", because: nobody deletes}
    - {policy: p, sid: Own, because: tried elsewhere}
    - {policy: p, sid: Gone, because: was once}
    - {policy: other, sid: Own, because: no such policy}
)";
  const Covered covered = cover({load(kMatrix + exclude, "f.yaml")});
  const std::vector<StatementCoverage>& p = covered.report.policies[0].statements;
  EXPECT_EQ(p[0].excluded, "tried elsewhere");
  EXPECT_EQ(p[1].excluded, "nobody deletes");
  EXPECT_EQ(covered.report.policies[1].statements[0].excluded, "");
  EXPECT_EQ(covered.report.statements.total, 1U);
  EXPECT_EQ(covered.report.conditions.total, 0U);
  EXPECT_EQ(covered.report.effects.total, 1U);
  ASSERT_EQ(covered.findings.size(), 2U);
  EXPECT_EQ(covered.findings[0].finding.rule, "PS4020");
  EXPECT_NE(covered.findings[0].finding.message.find("`Gone`"), std::string::npos);
  EXPECT_NE(covered.findings[1].finding.message.find("`other`"), std::string::npos);
}

// An exclusion is of its fixture's names; no world of a fixture, no finding.
TEST(Coverage, ExclusionsOfAnotherFixture) {
  std::string other = kMatrix + "coverage: {exclude: [{policy: p, sid: Own, because: there}]}\n";
  other.replace(other.find("name: f"), 7, "name: g");
  const Covered covered = cover({load(kMatrix, "f.yaml"), load(other, "g.yaml")});
  EXPECT_EQ(covered.report.policies[0].statements[0].excluded, "");
  EXPECT_EQ(covered.report.policies[2].statements[0].excluded, "there");
  EXPECT_TRUE(covered.findings.empty());
}

// A request that has no decision covers nothing.
TEST(Coverage, PoliciesThatCannotBeUsed) {
  const auto fixture = load(
      fixture_text(
          {"",
           R"(    p: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: "s3:*", Resource: "*"}]}
    broken: {Version: "2012-10-17", Statement: [{Effect: Alow, Action: "*", Resource: "*"}]})",
           R"(
  principals:
    ann: {arn: "arn:aws:iam::111122223333:user/ann", tags: {}, policies: [p, broken]}
    bob: {arn: "arn:aws:iam::111122223333:user/bob", tags: {}, policies: [p]}
  resources: {b: {arn: "arn:aws:s3:::b", account: "111122223333"}}
)",
           {"bob s3:GetObject a allow"},
           ""}) +
          "  - {id: broken, request: {principal: ann, action: \"s3:GetObject\", resource: "
          "\"arn:aws:s3:::b/k\"}, expect: {error: PS1102}}\n",
      "f.yaml");
  ASSERT_NE(fixture, nullptr);
  const CoverageReport report = cover({fixture}).report;
  EXPECT_EQ(decisive(report), "p #0 1\n");
  EXPECT_EQ(report.policies[0].statements[0].evaluated, 1U);
}

}  // namespace
}  // namespace policysim::gate
