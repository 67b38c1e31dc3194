// Only statements whose action matches are looked at, whatever else is attached.
#include <gtest/gtest.h>

#include "eval/evaluator_impl.hpp"
#include "eval/matching.hpp"
#include "unit/eval/support.hpp"

namespace policysim::eval_test {
namespace {

std::size_t visited(const PolicySet& policies, const Request& request) {
  eval::Scratch scratch(policies.program());
  eval::Binding binding;
  eval::bind(policies.program(), request.data(), binding);
  scratch.next_request();
  eval::Recorder recorder;
  recorder.keys_read.assign(policies.program().keys.size(), 0);
  eval::match_layers(binding, scratch, recorder);
  return recorder.visited;
}

struct Row {
  const char* action_element;
  std::size_t visits;  // for s3:GetObject
};

class Visits : public testing::TestWithParam<Row> {};

TEST_P(Visits, CountsMatchingStatements) {
  const std::string statement =
      std::string(R"({"Effect":"Allow",)") + GetParam().action_element + R"(,"Resource":"*"})";
  const PolicySet policies = compile({{PolicyType::kIdentity, "p", statement}});
  EXPECT_EQ(visited(policies, request(kUser, "s3:GetObject", "arn:aws:s3:::b/k")),
            GetParam().visits);
}

INSTANTIATE_TEST_SUITE_P(
    Actions, Visits,
    testing::Values(Row{R"("Action":"s3:GetObject")", 1}, Row{R"("Action":"S3:getobject")", 1},
                    Row{R"("Action":"*")", 1},
                    Row{R"("Action":["s3:*","s3:Get*","s3:GetObject"])", 1},
                    Row{R"("Action":"s3:G?tO*t")", 1}, Row{R"("Action":"s3:GetObjectAcl")", 0},
                    Row{R"("Action":"s3:GetObject*Acl")", 0}, Row{R"("Action":"s3:Put*")", 0},
                    Row{R"("Action":"ec2:*")", 0}, Row{R"("Action":"s3:")", 0},
                    Row{R"("Action":"*:GetObject")", 0}, Row{R"("Action":[])", 0},
                    Row{R"("NotAction":"s3:Get*")", 0}, Row{R"("NotAction":"s3:Put*")", 1},
                    Row{R"("NotAction":["iam:*","s3:GetObject"])", 0}));

TEST(StatementVisits, DoNotGrowWithWhatCannotApply) {
  std::vector<Policy> policies = {{PolicyType::kIdentity, "own",
                                   R"({"Effect":"Allow","Action":"s3:GetObject","Resource":"*"})",
                                   kUser}};
  std::string other_actions;
  for (int i = 0; i < 500; ++i) {
    if (i != 0) other_actions += ',';
    other_actions +=
        R"({"Effect":"Allow","Action":"s3:Verb)" + std::to_string(i) + R"(*","Resource":"*"})";
    policies.push_back({PolicyType::kIdentity, "elsewhere" + std::to_string(i), kAllowAll,
                        "arn:aws:iam::111122223333:user/u" + std::to_string(i)});
  }
  policies.push_back({PolicyType::kIdentity, "others", other_actions, kUser});
  EXPECT_EQ(visited(compile(policies), request(kUser, "s3:GetObject", "arn:aws:s3:::b/k")), 1U);
}

}  // namespace
}  // namespace policysim::eval_test
