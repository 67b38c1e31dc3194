// Rules that no fixture reaches: callers of whom only the wire is known, and answers of services
// that are asked directly.
#include <gtest/gtest.h>

#include "policysim/evaluator.hpp"
#include "request/request.hpp"
#include "services/public_policy.hpp"
#include "services/rules.hpp"

namespace policysim::conformance {
namespace {

using request::CallerKind;

constexpr const char* kAllowSts =
    R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sts:*","Resource":"*"}})";

// A session whose role's path nobody knows.
request::Data session(const std::string& action, const std::string& resource) {
  request::Data out;
  out.caller.kind = CallerKind::kRoleSession;
  out.caller.arn = "arn:aws:sts::111122223333:assumed-role/app/s1";
  out.caller.entry = "arn:aws:iam::111122223333:role/app";
  out.caller.account = "111122223333";
  out.caller.partition = "aws";
  out.action = action;
  out.resource = resource;
  out.resource_facts.account = "111122223333";
  out.resource_facts.partition = resource == "*" ? "" : "aws";
  out.resource_facts.policy_target = resource;
  return out;
}

Explanation decide(const request::Data& data) {
  PolicySet::Builder builder;
  auto policy = PolicyDocument::parse(kAllowSts, PolicyType::kIdentity);
  builder.add(std::move(policy).value(), {PolicyType::kIdentity, "p", ""});
  CompileOptions options;
  options.semantics = {{"sts.implicit_self_trust", "on"}};
  auto set = std::move(builder).compile(options);
  return Evaluator(std::move(set).value())
      .explain(Request(std::make_shared<const request::Data>(data)));
}

std::vector<Layer> layers(const Explanation& explanation) {
  std::vector<Layer> out;
  for (const Reason& reason : explanation.reasons) out.push_back(reason.layer);
  return out;
}

TEST(SelfTrust, IsByNameWhereThePathIsUnknown) {
  EXPECT_EQ(
      decide(session("sts:AssumeRole", "arn:aws:iam::111122223333:role/team/app")).decision.outcome,
      Outcome::kAllow);
  EXPECT_EQ(
      layers(decide(session("sts:AssumeRole", "arn:aws:iam::111122223333:role/team/application"))),
      std::vector{Layer::kResource});
}

TEST(SelfTrust, IsByPathWhereItIsKnown) {
  request::Data data = session("sts:AssumeRole", "arn:aws:iam::111122223333:role/app");
  data.caller.principal_arn = "arn:aws:iam::111122223333:role/team/app";
  EXPECT_EQ(layers(decide(data)), std::vector{Layer::kResource});
}

TEST(SelfTrust, IsOfAssumeRoleAndWithinThePartition) {
  EXPECT_EQ(layers(decide(session("sts:TagSession", "arn:aws:iam::111122223333:role/app"))),
            std::vector{Layer::kResource});
  request::Data abroad = session("sts:AssumeRole", "arn:aws-cn:iam::111122223333:role/app");
  abroad.resource_facts.partition = "aws-cn";
  EXPECT_EQ(layers(decide(abroad)), (std::vector{Layer::kResource, Layer::kService}));
  EXPECT_EQ(decide(session("sts:AssumeRole", "*")).decision.outcome, Outcome::kAllow)
      << "no role at all: identity policies decide";
}

TEST(SelfTrust, IsNotOfServiceLinkedRoles) {
  const std::string role =
      "arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX";
  request::Data data = session("sts:AssumeRole", role);
  data.caller.kind = CallerKind::kServiceLinkedRole;
  data.caller.entry = data.caller.principal_arn = role;
  EXPECT_EQ(layers(decide(data)), std::vector{Layer::kResource});
}

TEST(RootSession, WithoutTaskPolicyLacksBothSidesAbroad) {
  request::Data data = session("sqs:SendMessage", "arn:aws:sqs:us-east-1:444455556666:q");
  data.caller.kind = CallerKind::kRootSession;
  data.caller.arn = data.caller.entry = data.caller.principal_arn =
      "arn:aws:iam::111122223333:root";
  data.resource_facts.account = "444455556666";
  EXPECT_EQ(layers(decide(data)), (std::vector{Layer::kResource, Layer::kSession}));
}

// A policy of all repositories has no say in signing in to the registry.
TEST(Registry, SigningInIsOfIdentityPoliciesAlone) {
  const auto outcome = [](const std::string& action, const std::string& resource) {
    PolicySet::Builder builder;
    builder.add(PolicyDocument::parse(R"({"Version":"2012-10-17","Statement":)"
                                      R"({"Effect":"Allow","Action":"ecr:*","Resource":"*"}})",
                                      PolicyType::kIdentity)
                    .value(),
                {PolicyType::kIdentity, "p", ""});
    builder.add(PolicyDocument::parse(R"({"Version":"2012-10-17","Statement":{"Effect":"Deny",)"
                                      R"("Principal":"*","Action":"ecr:*","Resource":"*"}})",
                                      PolicyType::kResource)
                    .value(),
                {PolicyType::kResource, "repositories", ""});
    request::Data data = session(action, resource);
    Evaluator evaluator(std::move(builder).compile().value());
    return evaluator.evaluate(Request(std::make_shared<const request::Data>(data))).outcome;
  };
  EXPECT_EQ(outcome("ecr:GetAuthorizationToken", "*"), Outcome::kAllow);
  EXPECT_EQ(outcome("ecr:BatchGetImage", "arn:aws:ecr:us-east-1:111122223333:repository/r"),
            Outcome::kExplicitDeny);
}

TEST(PolicyTarget, OfAccessPointsIsThatOfS3Alone) {
  EXPECT_EQ(services::policy_target("arn:aws:s3:us-east-1:111122223333:accesspoint/a/object/k"),
            "arn:aws:s3:us-east-1:111122223333:accesspoint/a");
  const std::string lambda = "arn:aws:s3-object-lambda:us-east-1:111122223333:accesspoint/a/b";
  EXPECT_EQ(services::policy_target(lambda), lambda);
}

bool is_public(const std::string& statement) {
  ParseOptions lenient;
  lenient.lenient = true;
  auto document = PolicyDocument::parse(
      R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*",)" +
          statement + "}}",
      PolicyType::kResource, lenient);
  return services::test_public(std::move(document).value().ast(), {}, false).is_public;
}

TEST(PublicPolicy, IsForEverybodyOfAws) {
  EXPECT_TRUE(is_public(R"("Principal":{"AWS":"*"})"));
  EXPECT_FALSE(is_public(R"("Principal":{"CanonicalUser":"*"})"));
}

TEST(PublicPolicy, AnUnknownOperatorRestrictsNothing) {
  EXPECT_TRUE(
      is_public(R"("Principal":"*","Condition":{"StringMatches":{"aws:SourceVpce":"vpce-1"}})"));
}

}  // namespace
}  // namespace policysim::conformance
