// The statement that was expected to decide, part by part.
#include "gate/statement_trace.hpp"

#include <gtest/gtest.h>

#include "gate/runner.hpp"
#include "unit/world/fixture_helpers.hpp"

namespace policysim::gate {
namespace {

constexpr const char* kWorld = R"(
world:
  policies:
    allow: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: "*", Resource: "*"}]}
    guard:
      Version: "2012-10-17"
      Statement:
        - Sid: Team
          Effect: Deny
          NotAction: "iam:*"
          Resource: ["arn:aws:s3:::b/${aws:PrincipalTag/team}/*", "arn:aws:s3:::b/${aws:PrincipalTag/none}"]
          Condition:
            StringNotEquals: {"aws:RequestTag/team": ["${aws:PrincipalTag/team}", "x-${aws:PrincipalTag/none, 'any'}"]}
            "Null": {"aws:RequestTag/team": "false"}
            "ForAnyValue:StringEquals": {"aws:TagKeys": [a, b]}
        - {Effect: Deny, Action: "s3:Delete*", Resource: "*"}
    bucket: {Version: "2012-10-17", Statement: [{Sid: Team, Effect: Deny, Principal: {AWS: "arn:aws:iam::111122223333:user/bob"}, Action: "s3:*", Resource: "*"}]}
  principals:
    ann: {arn: "arn:aws:iam::111122223333:user/ann", tags: {team: blue}, policies: [allow, guard]}
    bob: {arn: "arn:aws:iam::111122223333:user/bob", tags: {}, policies: [allow]}
  resources: {b: {arn: "arn:aws:s3:::b", account: "111122223333", policy: bucket}}
cases:
)";

std::vector<StatementTrace> wanted(const std::string& members, const std::string& expect) {
  const auto fixture = std::make_shared<const world::Fixture>(
      world::load_good("name: f" + std::string(kWorld) + "  - {id: one, " + members +
                       ", expect: " + expect + "}\n"));
  std::vector<SuiteFinding> findings;
  const Suite suite = select_tests({fixture}, {}, false, findings);
  TestRun run = run_tests(suite, Settings{}, RunOptions{});
  return std::move(run.results.at(0).wanted);
}

std::string dump(const std::vector<StatementTrace>& traces) {
  constexpr const char* kOutcomes[] = {"false", "true", "absent", "unknown"};
  std::string out;
  for (const StatementTrace& trace : traces) {
    out += trace.policy + " #" + std::to_string(trace.index) + (trace.deny ? " deny" : " allow") +
           (trace.consulted ? "" : ", elsewhere") + (trace.matched ? ", matches" : "") + "\n";
    for (const PartTrace& part : trace.parts) {
      out += "  " + part.what + " " + kOutcomes[static_cast<int>(part.outcome)] +
             (part.holds ? " holds" : "") + ": " + part.wanted + " | " + part.actual + "\n";
    }
  }
  return out;
}

constexpr const char* kByTeam = "{decision: explicit_deny, by: {policy: guard, sid: Team}}";

TEST(StatementTrace, PartByPart) {
  const std::vector<StatementTrace> traces =
      wanted(R"(request: {principal: ann, action: "s3:GetObject", resource: "arn:aws:s3:::b/blue/k",
                 context: {"aws:RequestTag/team": blue, "aws:TagKeys": [c, d]}})",
             kByTeam);
  EXPECT_EQ(dump(traces),
            "guard #0 deny\n"
            "  NotAction true holds: iam:* | s3:GetObject\n"
            "  Resource true holds: arn:aws:s3:::b/${aws:PrincipalTag/team}/* = "
            "arn:aws:s3:::b/blue/*, arn:aws:s3:::b/${aws:PrincipalTag/none} (without a value) | "
            "arn:aws:s3:::b/blue/k\n"
            "  StringNotEquals aws:RequestTag/team false: ${aws:PrincipalTag/team} = blue, "
            "x-${aws:PrincipalTag/none, 'any'} = x-any | blue\n"
            "  Null aws:RequestTag/team true holds: false | blue\n"
            "  ForAnyValue:StringEquals aws:TagKeys false: a, b | [c, d]\n");
  EXPECT_EQ(traces.at(0).sid, "Team");
  EXPECT_EQ(traces[0].location.line + 2, traces[0].parts.at(0).location.line);
}

TEST(StatementTrace, AbsentAndUnknownValues) {
  EXPECT_EQ(dump(wanted(R"(request: {principal: ann, action: "iam:GetUser",
                 resource: "arn:aws:iam::111122223333:user/ann",
                 context: {"aws:TagKeys": {unknown: true}}})",
                        kByTeam)),
            "guard #0 deny\n"
            "  NotAction false: iam:* | iam:GetUser\n"
            "  Resource false: arn:aws:s3:::b/${aws:PrincipalTag/team}/* = arn:aws:s3:::b/blue/*, "
            "arn:aws:s3:::b/${aws:PrincipalTag/none} (without a value) | "
            "arn:aws:iam::111122223333:user/ann\n"
            "  StringNotEquals aws:RequestTag/team absent holds: ${aws:PrincipalTag/team} = blue, "
            "x-${aws:PrincipalTag/none, 'any'} = x-any | \n"
            "  Null aws:RequestTag/team absent: false | \n"
            "  ForAnyValue:StringEquals aws:TagKeys unknown: a, b | unknown\n");
}

// By its index, where the decision is right and its reason is not; a statement that matches but
// does not decide says so.
TEST(StatementTrace, AnotherReason) {
  EXPECT_EQ(dump(wanted(R"(request: {principal: bob, action: "s3:GetObject",
                 resource: "arn:aws:s3:::b/k"})",
                        "{decision: explicit_deny, by: {sid: \"#1\"}}")),
            "guard #1 deny, elsewhere\n"
            "  Action false: s3:Delete* | s3:GetObject\n"
            "  Resource true holds: * | arn:aws:s3:::b/k\n");
  EXPECT_EQ(dump(wanted(R"(request: {principal: bob, action: "s3:GetObject",
                 resource: "arn:aws:s3:::b/k"})",
                        "{decision: allow, by: {layer: resource, sid: Team}}")),
            "bucket #0 deny, matches\n"
            "  Action true holds: s3:* | s3:GetObject\n"
            "  Principal true holds: AWS arn:aws:iam::111122223333:user/bob | "
            "arn:aws:iam::111122223333:user/bob\n"
            "  Resource true holds: * | arn:aws:s3:::b/k\n");
}

// Of several authorizations the one that comes closest.
TEST(StatementTrace, OfSeveralAuthorizationsTheClosest) {
  const auto traces = wanted(R"(request: {principal: ann, action: ["iam:GetUser", "s3:PutObject"],
                 resource: "arn:aws:s3:::b/blue/k"})",
                             kByTeam);
  ASSERT_EQ(traces.size(), 1U);
  EXPECT_EQ(traces[0].parts.at(0).actual, "s3:PutObject");
}

TEST(StatementTrace, NothingToTrace) {
  const std::string request =
      R"(request: {principal: ann, action: "s3:GetObject", resource: "arn:aws:s3:::b/k"})";
  EXPECT_TRUE(wanted(request, "deny").empty());
  EXPECT_TRUE(wanted(request, "{decision: explicit_deny, by: {layer: scp}}").empty());
  EXPECT_TRUE(wanted(request, "{decision: allow, by: {policy: allow}}").empty());  // it passes
}

}  // namespace
}  // namespace policysim::gate
