// The truth table of one account, both sides across accounts, and the order of reasons.
#include <gtest/gtest.h>

#include "unit/eval/support.hpp"

namespace policysim::eval_test {
namespace {

constexpr const char* kAllowEc2 = R"({"Effect":"Allow","Action":"ec2:*","Resource":"*"})";
constexpr const char* kBucket = "arn:aws:s3:::b";
constexpr const char* kKey = "arn:aws:kms:us-east-1:111122223333:key/1";

std::string grant(const std::string& principal, const std::string& condition = "") {
  return R"({"Effect":"Allow","Action":"*","Resource":"*","Principal":)" + principal + condition +
         "}";
}
std::string aws(const std::string& arn) { return R"({"AWS":")" + arn + R"("})"; }

const std::string kByArn =
    R"(,"Condition":{"ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::111122223333:role/app"}})";

// How the resource's policy names the session; which layers allow (+), do not (-), are absent (.):
// identity, boundary, session.
struct Row {
  const char* name;
  std::string statement;  // of the bucket's policy; empty: none
  const char* layers;
  Outcome outcome;
  Layer layer;
};

class SameAccount : public testing::TestWithParam<Row> {};

TEST_P(SameAccount, TruthTable) {
  const Row& row = GetParam();
  std::vector<Policy> policies;
  const PolicyType types[] = {PolicyType::kIdentity, PolicyType::kBoundary, PolicyType::kSession};
  for (int i = 0; i < 3; ++i) {
    if (row.layers[i] == '.') continue;
    policies.push_back({types[i], "p", row.layers[i] == '+' ? kAllowAll : kAllowEc2});
  }
  if (!row.statement.empty()) {
    policies.push_back({PolicyType::kResource, "bucket", row.statement, kBucket});
  }
  Evaluator evaluator(compile(policies));
  Request::Builder builder;
  builder.principal(kSession).action("s3:GetObject").resource("arn:aws:s3:::b/k");
  builder.resource_account("111122223333");
  builder.context("aws:PrincipalArn", "arn:aws:iam::111122223333:role/app");
  const Request request = builder.build().value();
  const Decision decision = evaluator.evaluate(request);
  EXPECT_EQ(decision.outcome, row.outcome);
  EXPECT_EQ(decision.layer, row.layer);
  EXPECT_EQ(evaluator.explain(request).decision, decision);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, SameAccount,
    testing::Values(
        Row{"none_i", "", "+..", Outcome::kAllow, Layer::kIdentity},
        Row{"none_b", "", "+-.", Outcome::kImplicitDeny, Layer::kBoundary},
        Row{"none_s", "", "++-", Outcome::kImplicitDeny, Layer::kSession},
        Row{"none_x", "", "-++", Outcome::kImplicitDeny, Layer::kIdentity},
        Row{"role", grant(aws("arn:aws:iam::111122223333:role/app")), "-..", Outcome::kAllow,
            Layer::kResource},
        Row{"role_s", grant(aws("arn:aws:iam::111122223333:role/app")), "-+-",
            Outcome::kImplicitDeny, Layer::kSession},
        Row{"role_b", grant(aws("arn:aws:iam::111122223333:role/app")), "--.",
            Outcome::kImplicitDeny, Layer::kBoundary},
        Row{"session", grant(aws(kSession)), "---", Outcome::kAllow, Layer::kResource},
        Row{"star_arn", grant("\"*\"", kByArn), "---", Outcome::kAllow, Layer::kResource},
        Row{"star", grant("\"*\""), "-..", Outcome::kAllow, Layer::kResource},
        Row{"star_limited", grant("\"*\""), "---", Outcome::kImplicitDeny, Layer::kBoundary},
        Row{"account", grant(aws("111122223333")), "-..", Outcome::kImplicitDeny, Layer::kIdentity},
        Row{"account_i", grant(aws("111122223333")), "+..", Outcome::kAllow, Layer::kIdentity}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(KeyPolicy, IsMandatoryAndDelegates) {
  const Request use = request(kSession, "kms:Decrypt", kKey);
  const auto decide = [&](const std::vector<Policy>& policies) {
    return Evaluator(compile(policies)).evaluate(use);
  };
  const Policy identity{PolicyType::kIdentity, "id", kAllowAll};
  const Policy delegates{PolicyType::kKey, "key", grant(aws("111122223333")), kKey};
  const Decision without = decide({identity});
  EXPECT_EQ(without.outcome, Outcome::kImplicitDeny);
  EXPECT_EQ(without.layer, Layer::kResource);
  EXPECT_EQ(decide({identity, delegates}).layer, Layer::kIdentity);
  EXPECT_EQ(decide({identity, delegates}).outcome, Outcome::kAllow);
  EXPECT_EQ(decide({delegates}).layer, Layer::kIdentity);
  EXPECT_EQ(decide({delegates}).outcome, Outcome::kImplicitDeny);
}

TEST(CrossAccount, NeedsBothSides) {
  const Request read = request(kSession, "s3:GetObject", "arn:aws:s3:::b/k", "444455556666");
  const auto decide = [&](const std::vector<Policy>& policies) {
    return Evaluator(compile(policies)).explain(read);
  };
  const Policy identity{PolicyType::kIdentity, "id", kAllowAll};
  const Policy bucket{PolicyType::kResource, "bucket", grant(aws(kSession)), kBucket};
  EXPECT_EQ(decide({identity, bucket}).decision.outcome, Outcome::kAllow);
  EXPECT_EQ(decide({identity, bucket}).decision.layer, Layer::kResource);
  EXPECT_EQ(decide({identity}).decision.layer, Layer::kResource);
  EXPECT_EQ(decide({bucket}).decision.layer, Layer::kIdentity);
  const Explanation neither = decide({});
  ASSERT_EQ(neither.reasons.size(), 2U);
  EXPECT_EQ(neither.reasons[0].layer, Layer::kIdentity);
  EXPECT_EQ(neither.reasons[1].layer, Layer::kResource);
}

TEST(Levels, AreJoinedByAndWithOrInside) {
  const Request read = request(kUser, "s3:GetObject", "arn:aws:s3:::b/k");
  const Policy identity{PolicyType::kIdentity, "id", kAllowAll};
  const Policy root{PolicyType::kScp, "full", kAllowAll, "root"};
  const Policy ou{PolicyType::kScp, "ec2", kAllowEc2, "ou"};
  const Policy ou_full{PolicyType::kScp, "full", kAllowAll, "ou"};
  const Explanation blocked = Evaluator(compile({identity, root, ou})).explain(read);
  EXPECT_EQ(blocked.decision.layer, Layer::kScp);
  ASSERT_EQ(blocked.reasons.size(), 1U);
  EXPECT_EQ(blocked.reasons[0].level, "ou");
  const Decision open = Evaluator(compile({identity, root, ou, ou_full})).evaluate(read);
  EXPECT_EQ(open.outcome, Outcome::kAllow);
}

TEST(ExplicitDeny, NamesTheFirstLayerAndAllStatements) {
  const std::string deny = R"({"Sid":"No","Effect":"Deny","Action":"*","Resource":"*")";
  Evaluator evaluator(compile({{PolicyType::kIdentity, "id", deny + "}"},
                               {PolicyType::kScp, "scp", deny + "}", "root"},
                               {PolicyType::kRcp, "rcp", deny + R"(,"Principal":"*"})", "root"}}));
  const Explanation found = evaluator.explain(request(kUser, "s3:GetObject", "arn:aws:s3:::b/k"));
  EXPECT_EQ(found.decision.layer, Layer::kRcp);
  ASSERT_EQ(found.reasons.size(), 3U);
  EXPECT_EQ(found.reasons[1].layer, Layer::kScp);
  EXPECT_EQ(found.reasons[2].policy, "id");
}

TEST(Unknown, KeysThatDecideAreNamed) {
  const std::string by_tag =
      R"({"Effect":"Allow","Action":"*","Resource":"*",
          "Condition":{"StringEquals":{"aws:ResourceTag/a":"1"}}})";
  const std::string unless =
      R"({"Effect":"Allow","Action":"*","Resource":"*",
          "Condition":{"StringNotEquals":{"aws:ResourceTag/a":"1"}}})";
  Request::Builder builder;
  builder.principal(kUser).action("s3:GetObject").resource("arn:aws:s3:::b/k");
  builder.context_unknown("aws:ResourceTag/a").context_unknown("aws:ResourceTag/b");
  const Request asked = builder.build().value();
  Evaluator one(compile({{PolicyType::kIdentity, "id", by_tag}}));
  EXPECT_EQ(one.evaluate(asked).outcome, Outcome::kConditional);
  EXPECT_EQ(one.explain(asked).missing, std::vector<std::string>{"aws:ResourceTag/a"});
  // Correlated statements: whatever the tag is, one of them allows.
  Evaluator both(compile({{PolicyType::kIdentity, "id", by_tag + "," + unless}}));
  EXPECT_EQ(both.evaluate(asked).outcome, Outcome::kAllow);
  EXPECT_EQ(both.explain(asked).decision.outcome, Outcome::kAllow);
}

TEST(Assumptions, NameTheOptionsThatWouldChangeTheDecision) {
  const std::string starred =
      R"({"Effect":"Allow","Action":"*","Resource":"*",
          "Condition":{"ArnLike":{"aws:SourceArn":"*"}}})";
  Request::Builder builder;
  builder.principal(kUser).action("s3:GetObject").resource("arn:aws:s3:::b/k");
  builder.context("aws:SourceArn", "arn:aws:s3:::b");
  const Request asked = builder.build().value();
  Evaluator evaluator(compile({{PolicyType::kIdentity, "id", starred}}));
  EXPECT_EQ(evaluator.explain(asked).assumptions, std::vector<std::string>{"arn.all_star=any_arn"});
  EvaluateOptions options;
  options.certain = true;
  Evaluator certain(compile({{PolicyType::kIdentity, "id", starred}}), options);
  EXPECT_EQ(certain.explain(asked).decision.outcome, Outcome::kConditional);
}

}  // namespace
}  // namespace policysim::eval_test
