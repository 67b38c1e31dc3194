#include <gtest/gtest.h>

#include "policysim/request.hpp"
#include "request/request.hpp"

namespace policysim {
namespace {

Request::Builder session() {
  Request::Builder builder;
  builder.principal("arn:aws:sts::111122223333:assumed-role/app/s1")
      .action("s3:GetObject")
      .resource("arn:aws:s3:::bucket/key");
  return builder;
}

TEST(RequestBuilder, TakesTheContextAsGiven) {
  const auto request = session()
                           .context("aws:SourceIp", "10.0.0.1")
                           .context("aws:TagKeys", std::vector<std::string>{"a", "b"})
                           .context_unknown("aws:username")
                           .context_absent("aws:SourceVpc")
                           .build();
  ASSERT_TRUE(request);
  const auto& context = request->data().context;
  ASSERT_EQ(context.size(), 4U);  // nothing is derived
  EXPECT_EQ(context[0].state, request::ValueState::kScalar);
  EXPECT_EQ(context[1].state, request::ValueState::kList);
  EXPECT_EQ(context[1].values.size(), 2U);
  EXPECT_EQ(context[2].state, request::ValueState::kUnknown);
  EXPECT_EQ(context[3].state, request::ValueState::kAbsent);
  EXPECT_FALSE(request->data().missing_unknown);
}

TEST(RequestBuilder, LastValueOfAKeyCounts) {
  const auto request =
      session().context("k:a", "1").context("k:a", "2").context("k:A", "3").build();
  ASSERT_TRUE(request);
  ASSERT_EQ(request->data().context.size(), 2U);
  EXPECT_EQ(request->data().context[0].values[0], "2");
}

TEST(RequestBuilder, ContextFeedsTheCallersIdentities) {
  const auto request = session()
                           .context("aws:PrincipalArn", "arn:aws:iam::111122223333:role/team/app")
                           .context("AWS:UserId", "AROAEXAMPLE:s1")
                           .context("s3:CanonicalUserId", "79a5")
                           .build();
  ASSERT_TRUE(request);
  const request::Caller& caller = request->data().caller;
  EXPECT_EQ(caller.principal_arn, "arn:aws:iam::111122223333:role/team/app");
  EXPECT_EQ(caller.unique_id, "AROAEXAMPLE");
  EXPECT_EQ(caller.canonical_id, "79a5");
}

TEST(RequestBuilder, PathMakesServiceLinkedRoles) {
  const auto request =
      session()
          .context("aws:PrincipalArn",
                   "arn:aws:iam::111122223333:role/aws-service-role/ecs.amazonaws.com/app")
          .build();
  ASSERT_TRUE(request);
  EXPECT_EQ(request->data().caller.kind, request::CallerKind::kServiceLinkedRole);
}

TEST(RequestBuilder, OwnerIsStatedOrStandsInTheArnOrContext) {
  EXPECT_EQ(session().resource_account("1").build()->data().resource_facts.account, "1");
  EXPECT_EQ(session().context("aws:ResourceAccount", "2").build()->data().resource_facts.account,
            "2");
  EXPECT_EQ(session().build()->data().resource_facts.account, "111122223333");
  EXPECT_EQ(session()
                .resource("arn:aws:sqs:eu-west-1:444455556666:q")
                .build()
                ->data()
                .resource_facts.account,
            "444455556666");
}

TEST(RequestBuilder, KnowsWhosePolicyGoverns) {
  const auto request = session().build();
  EXPECT_EQ(request->data().resource_facts.policy_target, "arn:aws:s3:::bucket");
  EXPECT_EQ(request->data().resource_facts.partition, "aws");
}

TEST(RequestBuilder, RefusesWhatIsNoRequest) {
  EXPECT_EQ(Request::Builder().principal("nobody").action("a:b").resource("*").build().error().code,
            "PS3005");
  EXPECT_EQ(session().action("GetObject").build().error().code, "PS3009");
  EXPECT_EQ(session().resource("").build().error().code, "PS3004");
}

TEST(RequestBuilder, CopiesAreIndependent) {
  Request::Builder first = session();
  Request::Builder second = first;
  second.context("a:b", "c");
  EXPECT_TRUE(first.build()->data().context.empty());
  EXPECT_EQ(second.build()->data().context.size(), 1U);
}

}  // namespace
}  // namespace policysim
