// What small policies' tests cover, stated by hand: every kind of item and outcome, what counts and
// what cannot occur.
#include <gtest/gtest.h>

#include "coverage_fixture.hpp"

namespace policysim::gate {
namespace {

class CoverageOf : public testing::TestWithParam<Row> {};

TEST_P(CoverageOf, Policies) {
  const auto fixture = load(fixture_text(GetParam()), "f.yaml");
  ASSERT_NE(fixture, nullptr);
  EXPECT_EQ(dump(cover({fixture}).report), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, CoverageOf,
    testing::Values(
        Row{"elements",
            R"(    p: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: "s3:Get*", Resource: "arn:aws:s3:::b/pub/*"}]})",
            kOneUser,
            {"ann s3:GetObject pub/a allow", "ann s3:GetObject own/a deny",
             "ann s3:PutObject pub/a deny", "ann s3:PutObject own/a deny"},
            "p #0: asked 2, matches 1, decides 1\n"
            "  Action: matched 2 unmatched 2\n"
            "  Resource: matched 1 unmatched 1\n"},
        Row{"what_covers_everything_cannot_fail",
            R"(    p: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: ["s3:GetObject", "*:*"], Resource: ["arn:aws:s3:::b", "*"]}]})",
            kOneUser,
            {"ann s3:GetObject a allow"},
            "p #0: asked 1, matches 1, decides 1\n"
            "  Action: matched 1\n"
            "  Resource: matched 1\n"},
        Row{"negated_elements",
            R"(    p:
      Version: "2012-10-17"
      Statement:
        - {Effect: Allow, NotAction: "iam:*", NotResource: "arn:aws:s3:::b/own/*"}
        - {Effect: Deny, NotAction: "*", NotResource: "*"})",
            kOneUser,
            {"ann s3:GetObject pub/a allow", "ann s3:GetObject own/a deny",
             "ann iam:GetUser arn:aws:iam::111122223333:user/ann deny"},
            "p #0: asked 2, matches 1, decides 1\n"
            "  NotAction: matched 2 unmatched 1\n"
            "  NotResource: matched 1 unmatched 1\n"
            "p #1: asked 0, matches 0, decides 0\n"
            "  NotAction: unmatched 3\n"
            "  NotResource: unmatched 0\n"},
        // The tag is absent for a caller without it; conditions are not asked about other
        // resources.
        Row{"conditions",
            R"(    p: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: "s3:*", Resource: "arn:aws:s3:::b/*", Condition: {StringEquals: {"aws:PrincipalTag/team": blue}, StringNotEquals: {"aws:RequestTag/x": y}}}]})",
            kOneUser,
            {"ann s3:GetObject a allow",
             "ann s3:GetObject a deny , context: {\"aws:RequestTag/x\": y}",
             "ann s3:GetObject a allow , context: {\"aws:RequestTag/x\": z}",
             "ann s3:GetObject a deny , context: {\"aws:PrincipalTag/team\": red}, force: true",
             "ann s3:GetObject a deny , context: {\"aws:PrincipalTag/team\": null}, force: true",
             "ann s3:ListBucket arn:aws:s3:::b deny"},
            "p #0: asked 6, matches 2, decides 2\n"
            "  Action: matched 6 unmatched 0\n"
            "  Resource: matched 5 unmatched 1\n"
            "  StringEquals aws:PrincipalTag/team: true 3 false 1 absent 1\n"
            "  StringNotEquals aws:RequestTag/x: true 1 false 1 absent 3\n"},
        // `Null` tells of absence itself. What every request has is never absent, and callers of
        // identity-based policies always have an ARN.
        Row{"conditions_that_cannot_turn_out_so",
            R"(    p:
      Version: "2012-10-17"
      Statement:
        - Effect: Allow
          Action: "*"
          Resource: "*"
          Condition:
            "Null": {"aws:RequestTag/x": "true", "aws:CurrentTime": "false"}
            DateGreaterThan: {"aws:CurrentTime": "2020-01-01T00:00:00Z"}
            ArnLike: {"aws:PrincipalArn": "arn:aws:iam::*:user/*"}
            StringLike: {"aws:PrincipalTag/team": ["blue", "*"]}
            StringEquals: {"aws:PrincipalTag/empty": []}
            "ForAllValues:Null": {"aws:TagKeys": "true"}
            "ForAllValues:StringNotLike": {"aws:TagKeys": "*"})",
            kOneUser,
            {"ann s3:GetObject a deny",
             "ann s3:GetObject a deny , context: {\"aws:RequestTag/x\": y, \"aws:TagKeys\": [x]}"},
            "p #0: asked 2, matches 0, decides 0\n"
            "  Action: matched 2\n"
            "  Resource: matched 2\n"
            "  Null aws:RequestTag/x: true 1 false 1\n"
            "  Null aws:CurrentTime: true 2\n"
            "  DateGreaterThan aws:CurrentTime: true 2 false 0\n"
            "  ArnLike aws:PrincipalArn: true 2 false 0\n"
            "  StringLike aws:PrincipalTag/team: true 2 absent 0\n"
            "  StringEquals aws:PrincipalTag/empty: false 2 absent 0\n"
            "  ForAllValues:Null aws:TagKeys: true 2\n"
            "  ForAllValues:StringNotLike aws:TagKeys: false 1 absent 1\n"},
        // Whatever is known of it: what occurs counts.
        Row{"what_occurs_can_occur",
            R"(    p: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: "*", Resource: "*", Condition: {Bool: {"aws:SecureTransport": "true"}}}]})",
            kOneUser,
            {"ann s3:GetObject a deny , context: {\"aws:SecureTransport\": null}"},
            "p #0: asked 1, matches 0, decides 0\n"
            "  Action: matched 1\n"
            "  Resource: matched 1\n"
            "  Bool aws:SecureTransport: true 0 false 0 absent 1\n"},
        // SCPs bind members of organizations alone; other policies bind others, too.
        Row{"keys_of_members",
            R"(    p: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: "*", Resource: "*", Condition: {StringLike: {"aws:PrincipalOrgID": "o-?"}}}]}
    scp: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: "*", Resource: "*", Condition: {StringLike: {"aws:PrincipalOrgID": "o-?"}}}]})",
            R"(
  organization: {id: o-1, management_account: "999999999999", root: {id: r-1, scps: [scp], accounts: ["111122223333"]}}
  principals: {ann: {arn: "arn:aws:iam::111122223333:user/ann", tags: {}, policies: [p]}}
  resources: {b: {arn: "arn:aws:s3:::b", account: "111122223333"}}
)",
            {"ann s3:GetObject a allow"},
            "p #0: asked 1, matches 1, decides 1\n"
            "  Action: matched 1\n"
            "  Resource: matched 1\n"
            "  StringLike aws:PrincipalOrgID: true 1 false 0 absent 0\n"
            "scp #0: asked 1, matches 1, decides 1\n"
            "  Action: matched 1\n"
            "  Resource: matched 1\n"
            "  StringLike aws:PrincipalOrgID: true 1 false 0\n"},
        Row{"unknown_values_count_nothing",
            R"(    p: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: "*", Resource: "*", Condition: {StringEquals: {"aws:RequestTag/x": "${aws:RequestTag/y}"}}}]})",
            kOneUser,
            {"ann s3:GetObject a conditional , context: {\"aws:RequestTag/x\": {unknown: true}}"},
            "p #0: asked 1, matches 0, decides 0\n"
            "  Action: matched 1\n"
            "  Resource: matched 1\n"
            "  StringEquals aws:RequestTag/x: true 0 false 0 absent 0\n"
            "  ${aws:RequestTag/y}: resolved 0 unresolved 1\n"},
        // An empty value is none; escapes are no variables; equal ones of one element count once.
        Row{"variables",
            R"(    p:
      Version: "2012-10-17"
      Statement:
        - Effect: Allow
          Action: "s3:*"
          Resource: ["arn:aws:s3:::b/${aws:PrincipalTag/team}/*", "arn:aws:s3:::b/x/${aws:PrincipalTag/team}"]
          Condition:
            StringNotLike:
              "aws:RequestTag/x": ["${aws:PrincipalTag/empty}${*}", "${aws:RequestTag/y, 'none'}", "${aws:CurrentTime}"]
            NumericEquals: {"s3:max-keys": "${aws:PrincipalTag/team}"})",
            kOneUser,
            {"ann s3:GetObject blue/a deny , context: {\"aws:RequestTag/y\": z}",
             "ann s3:GetObject red/a deny",
             "ann s3:GetObject blue/a deny , context: {\"aws:PrincipalTag/team\": null}, force: "
             "true"},
            "p #0: asked 3, matches 0, decides 0\n"
            "  Action: matched 3 unmatched 0\n"
            "  Resource: matched 1 unmatched 2\n"
            "  ${aws:PrincipalTag/team}: resolved 2 unresolved 1\n"
            "  StringNotLike aws:RequestTag/x: true 0 false 0 absent 1\n"
            "  ${aws:PrincipalTag/empty}: resolved 0 unresolved 1\n"
            "  ${aws:RequestTag/y, 'none'}: resolved 1 unresolved 0\n"
            "  ${aws:CurrentTime}: resolved 1\n"
            "  NumericEquals s3:max-keys: true 0 false 0 absent 1\n"},
        Row{"no_variables_in_version_2008",
            R"(    p: {Version: "2008-10-17", Statement: [{Effect: Allow, Action: "s3:*", Resource: "arn:aws:s3:::b/${aws:username}"}]})",
            kOneUser,
            {"ann s3:GetObject ann deny"},
            "p #0: asked 1, matches 0, decides 0\n"
            "  Action: matched 1 unmatched 0\n"
            "  Resource: matched 0 unmatched 1\n"},
        // A bucket's policy is asked for actions of S3 alone, so that s3:* cannot fail.
        Row{"principals",
            R"(    all: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: "*", Resource: "*"}]}
    p:
      Version: "2012-10-17"
      Statement:
        - {Effect: Allow, Principal: {AWS: "arn:aws:iam::444455556666:user/bob"}, Action: "s3:*", Resource: "arn:aws:s3:::b/*"}
        - {Effect: Deny, Principal: "*", Action: "s3:Put*", Resource: "arn:aws:s3:::b/*"}
        - {Effect: Allow, Principal: {Service: cloudtrail.amazonaws.com}, Action: "s3:PutObject", Resource: "arn:aws:s3:::b/*"})",
            kBucketOwner,
            {"bob s3:GetObject a allow", "ann s3:GetObject a deny", "bob s3:PutObject a deny",
             "trail s3:PutObject a deny"},
            "all #0: asked 2, matches 2, decides 1\n"
            "  Action: matched 2\n"
            "  Resource: matched 2\n"
            "p #0: asked 4, matches 2, decides 1\n"
            "  Action: matched 4\n"
            "  Principal: matched 2 unmatched 2\n"
            "  Resource: matched 4 unmatched 0\n"
            "p #1: asked 2, matches 2, decides 2\n"
            "  Action: matched 2 unmatched 2\n"
            "  Principal: matched 2\n"
            "  Resource: matched 2 unmatched 0\n"
            "p #2: asked 2, matches 1, decides 0\n"
            "  Action: matched 2 unmatched 2\n"
            "  Principal: matched 1 unmatched 1\n"
            "  Resource: matched 2 unmatched 0\n"}),
    [](const testing::TestParamInfo<Row>& row) { return row.param.name; });

}  // namespace
}  // namespace policysim::gate
