// Whole decisions of rules.yaml: every rule of the layers and of single services, so that none of
// their branches can go unnoticed (tools/dev/mutate_rules).
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "conformance/fixture_cases.hpp"

namespace policysim::conformance {
namespace {

class Rule : public testing::TestWithParam<FixtureCase> {};

TEST_P(Rule, Decides) {
  EXPECT_EQ(mistakes(GetParam()), "");
  const std::vector<std::string>& layers = GetParam().one->tags;
  if (!layers.empty()) {
    EXPECT_EQ(reason_layers(GetParam()), layers);
  }
}

INSTANTIATE_TEST_SUITE_P(Rules, Rule, testing::ValuesIn(fixture_cases("rules.yaml")), test_name);

// Part of a warning that the case's decision must have.
struct Warned {
  const char* id;
  const char* text;
};

TEST(Rules, DecisionsSayWhatTheyLeaveOut) {
  const std::vector<Warned> expected = {
      {"glue-has-grants-besides", "Lake Formation"},
      {"lattice-has-policies-besides", "VPC Lattice"},
      {"lattice-services-have-policies-besides", "VPC Lattice"},
      {"apis-have-authorizers-besides", "authorizer"},
      {"no-list-of-actions-across-accounts", "across accounts"},
      {"secrets-under-an-own-key-across-accounts", "across accounts"},
  };
  std::size_t seen = 0;
  for (const FixtureCase& one : fixture_cases("rules.yaml")) {
    for (const Warned& warned : expected) {
      if (one.one->id != warned.id) continue;
      std::string all;
      for (const std::string& text : decision_warnings(one)) all += text + "\n";
      EXPECT_NE(all.find(warned.text), std::string::npos) << warned.id << ": " << all;
      ++seen;
    }
  }
  EXPECT_EQ(seen, expected.size());
}

}  // namespace
}  // namespace policysim::conformance
