// evaluate() allocates nothing: 10,000 mixed requests after one pass over them.
#include <gtest/gtest.h>

#include "unit/eval/allocations.hpp"
#include "unit/eval/support.hpp"

namespace policysim::eval_test {
namespace {

PolicySet mixed_policies() {
  return compile({
      {PolicyType::kIdentity, "id",
       R"({"Effect":"Allow","Action":["s3:Get*","s3:P*t"],"Resource":"arn:aws:s3:::b/${aws:username}/*"},
          {"Effect":"Allow","NotAction":"iam:*","Resource":"*","Condition":{
             "StringLike":{"aws:UserAgent":["*a*b*${aws:PrincipalTag/t, 'none'}*"]},
             "NumericLessThan":{"s3:max-keys":"100"},"DateGreaterThan":{"aws:CurrentTime":"2020-01-01"}}},
          {"Effect":"Deny","Action":"*","NotResource":"arn:aws:s3:::b/${aws:PrincipalTag/t}/?*",
           "Condition":{"ForAllValues:StringEqualsIgnoreCase":{"aws:TagKeys":["A","B"]},
             "IpAddress":{"aws:SourceIp":["10.0.0.0/8","2001:db8::/32"]},
             "ArnLike":{"aws:SourceArn":"arn:aws:*:*:${aws:PrincipalAccount}:x/*"}}})"},
      {PolicyType::kScp, "scp", kAllowAll, "root"},
      {PolicyType::kRcp, "rcp",
       R"({"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*","Condition":{
             "StringNotEquals":{"aws:PrincipalTag/t":"${aws:ResourceTag/t}"},
             "Null":{"aws:ResourceTag/t":"false"},"Bool":{"aws:SecureTransport":"false"}}})",
       "root"},
      {PolicyType::kResource, "bucket",
       R"({"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/app"},"Action":"s3:*",
           "Resource":"arn:aws:s3:::b/*","Condition":{"BinaryEquals":{"x:y":"AAECAw=="}}},
          {"Effect":"Deny","NotPrincipal":{"AWS":"111122223333"},"Action":"s3:DeleteObject",
           "Resource":"*"})",
       "arn:aws:s3:::b"},
  });
}

Request mixed_request(unsigned i, const std::string& large) {
  const char* const actions[] = {"s3:GetObject", "s3:PutObject", "s3:DeleteObject", "kms:Decrypt",
                                 "iam:GetRole"};
  Request::Builder builder;
  builder.principal(i % 2 == 0 ? kUser : kSession)
      .action(actions[i % 5])
      .resource(i % 7 == 0 ? "arn:aws:s3:::b/alice/" + std::string(i % 90, 'k')
                           : "arn:aws:kms:us-east-1:111122223333:key/1")
      .resource_account(i % 3 == 0 ? "444455556666" : "111122223333")
      .context("aws:username", "alice")
      .context("aws:CurrentTime", "2026-01-01T00:00:00Z");
  if (i % 2 == 0) builder.context("aws:PrincipalTag/t", i % 500 == 0 ? large : "v");
  if (i % 3 == 0) builder.context("aws:TagKeys", {"a", "B", "c"});
  if (i % 4 == 0) builder.context("aws:SourceIp", "10.1.2.3").context("s3:max-keys", "12.5");
  if (i % 5 == 0) builder.context("aws:SourceArn", "arn:aws:s3:eu-west-1:1:x/y:z");
  if (i % 6 == 0) builder.context("aws:UserAgent", i % 600 == 0 ? large : "xaxbv");
  if (i % 8 == 0) builder.context("aws:ResourceTag/t", "v").context("x:y", "AAECAw==");
  return builder.build().value();
}

TEST(Allocation, EvaluateAllocatesNothing) {
  if (!counting_works()) {
    SUCCEED() << "a sanitizer owns the heap of this build";
    return;
  }
  const std::string large(2'000'000, 'a');
  const PolicySet policies = mixed_policies();
  Evaluator evaluator(policies);
  std::vector<Request> requests;
  std::vector<BoundRequest> bound;
  for (unsigned i = 0; i < 10'000; ++i) {
    requests.push_back(mixed_request(i, large));
    bound.push_back(policies.bind(requests.back()));
  }
  std::vector<Decision> first(requests.size());
  unsigned outcomes[4] = {};
  for (std::size_t i = 0; i < requests.size(); ++i) {
    first[i] = evaluator.evaluate(requests[i]);
    ++outcomes[static_cast<std::size_t>(first[i].outcome)];
  }
  for (const Outcome outcome : {Outcome::kAllow, Outcome::kExplicitDeny, Outcome::kImplicitDeny}) {
    EXPECT_GT(outcomes[static_cast<std::size_t>(outcome)], 100U) << "the mix is too uniform";
  }
  const std::size_t before = allocations();
  std::size_t different = 0;
  for (std::size_t i = 0; i < requests.size(); ++i) {
    if (evaluator.evaluate(requests[i]) != first[i]) ++different;
    if (evaluator.evaluate(bound[i]) != first[i]) ++different;
  }
  EXPECT_EQ(allocations() - before, 0U);
  EXPECT_EQ(different, 0U);
}

}  // namespace
}  // namespace policysim::eval_test
