// What other engines get wrong, each as a test of its own. docs/semantics/peers.md is the table.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "conformance/fixture_cases.hpp"
#include "conformance/vectors.hpp"
#include "policysim/evaluator.hpp"

namespace policysim::conformance {
namespace {

class Decision : public testing::TestWithParam<FixtureCase> {};

TEST_P(Decision, Is) { EXPECT_EQ(mistakes(GetParam()), ""); }

INSTANTIATE_TEST_SUITE_P(Peers, Decision, testing::ValuesIn(fixture_cases("peers-decisions.yaml")),
                         test_name);

class Statement : public testing::TestWithParam<FixtureCase> {};

TEST_P(Statement, Matches) { EXPECT_EQ(mistakes(GetParam()), ""); }

INSTANTIATE_TEST_SUITE_P(Peers, Statement,
                         testing::ValuesIn(fixture_cases("peers-statements.yaml")), test_name);

// Vectors of vectors-language.json that a peer answers otherwise.
const Vector& vector_of(const std::string& id) {
  for (const Vector& v : vectors()) {
    if (v.id == id) return v;
  }
  throw std::runtime_error("no vector " + id);
}

class VectorOf : public testing::TestWithParam<std::string> {};

TEST_P(VectorOf, Matches) {
  const Vector& v = vector_of(GetParam());
  PolicySet::Builder builder;
  builder.add(parse(v.document, v.type), {v.type, v.id, ""});
  auto set = std::move(builder).compile();
  ASSERT_TRUE(set);
  EXPECT_EQ(Evaluator(*set).match({0}, product_request(v)), v.expected) << v.about;
}

std::vector<std::string> peer_vectors() {
  std::istringstream ids(read_data("peers-vectors.txt"));
  return {std::istream_iterator<std::string>(ids), std::istream_iterator<std::string>()};
}

std::string vector_name(const testing::TestParamInfo<std::string>& info) {
  std::string out = info.param;
  std::replace(out.begin(), out.end(), '-', '_');
  return out;
}

INSTANTIATE_TEST_SUITE_P(Peers, VectorOf, testing::ValuesIn(peer_vectors()), vector_name);

// yams writes the first request's value into the policy that all requests share.
TEST(PeersShared, SubstitutionLeavesThePolicyAsItIs) {
  PolicySet::Builder builder;
  builder.add(parse(R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*",)"
                    R"("Resource":"arn:aws:s3:::home/${aws:username}/*"}})",
                    PolicyType::kIdentity),
              {PolicyType::kIdentity, "home", ""});
  auto set = std::move(builder).compile();
  ASSERT_TRUE(set);
  Evaluator evaluator(*set);
  for (const std::string name : {"ann", "bob", "ann"}) {
    const auto request = Request::Builder()
                             .principal("arn:aws:iam::111122223333:user/" + name)
                             .action("s3:GetObject")
                             .resource("arn:aws:s3:::home/" + name + "/k")
                             .resource_account("111122223333")
                             .context("aws:username", name)
                             .build();
    ASSERT_TRUE(request);
    EXPECT_EQ(evaluator.evaluate(*request).outcome, Outcome::kAllow) << name;
  }
}

}  // namespace
}  // namespace policysim::conformance
