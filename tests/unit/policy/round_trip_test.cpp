#include <gtest/gtest.h>

#include <string>

#include "unit/policy/read_policy.hpp"

namespace policysim::policy {
namespace {

struct Row {
  const char* name;
  PolicyType type;
  const char* document;
};

void PrintTo(const Row& row, std::ostream* out) { *out << row.name; }

class RoundTrip : public testing::TestWithParam<Row> {};

TEST_P(RoundTrip, GivesAnEqualDocumentAndASettledText) {
  const Row& row = GetParam();
  const auto first = read_policy(row.document, row.type, true);
  ASSERT_TRUE(first->read);
  ASSERT_TRUE(first->parsed.usable);
  const std::string text = unparse(first->parsed.document);
  const auto second = read_policy(text, row.type, true);
  ASSERT_TRUE(second->read && second->parsed.usable) << text;
  EXPECT_EQ(first->parsed.document, second->parsed.document) << text;
  EXPECT_EQ(unparse(second->parsed.document), text);
}

INSTANTIATE_TEST_SUITE_P(
    Documents, RoundTrip,
    testing::Values(
        Row{"everything", PolicyType::kResource, R"({"Id": "x \"y\"", "Version": "2012-10-17",
          "Statement": [{"Sid": "a b", "Effect": "Deny", "NotPrincipal": {"AWS": ["*", "1"],
          "Service": "s3.amazonaws.com", "Federated": "x", "CanonicalUser": []},
          "NotAction": ["a:b"], "NotResource": "arn:aws:s3:::b/\u00e9\n",
          "Condition": {"ForAnyValue:StringLikeIfExists": {"a:b": ["c", 1, 2.50, true], "a:c": "d"},
          "Bool": {}}}, {"Effect": "Allow", "Principal": "*", "Action": "*"}]})"},
        Row{"scalars", PolicyType::kIdentity,
            R"({"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}})"},
        Row{"old version", PolicyType::kIdentity,
            R"({"Version": "2008-10-17", "Statement": [{"Effect": "Allow", "Action": [], "Resource": [],
          "Condition": {}}]})"},
        Row{"empty principal list", PolicyType::kResource,
            R"({"Statement": {"Effect": "Allow", "Principal": [], "Action": "*"}})"},
        Row{"empty principal map", PolicyType::kResource,
            R"({"Statement": {"Effect": "Allow", "Principal": {}, "Action": "*"}})"},
        Row{"bare principal", PolicyType::kResource,
            R"({"Statement": {"Effect": "Allow", "Principal": "123456789012", "Action": "*"}})"},
        Row{"empty Sid", PolicyType::kTrust,
            R"({"Statement": {"Sid": "", "Effect": "Allow", "Principal": "*", "Action": "*"}})"},
        Row{"unknown operator", PolicyType::kScp,
            R"({"Statement": {"Effect": "Deny", "Action": "*", "Condition": {"Like": {"a:b": "c"}}}})"},
        Row{"YAML", PolicyType::kResource,
            "Statement:\n  Effect: Allow\n  Principal: {AWS: 012345678901}\n  Action: yes\n"
            "  Resource: 1.50\n"}),
    [](const testing::TestParamInfo<Row>& instance) {
      return "Row" + std::to_string(instance.index);
    });

TEST(Unparse, WritesMembersInOneOrder) {
  const auto policy = read_policy(
      R"({"Statement": [{"Resource": "*", "Action": ["a:b"], "Effect": "Deny", "Sid": "x"}],
          "Version": "2012-10-17"})",
      PolicyType::kIdentity);
  EXPECT_EQ(unparse(policy->parsed.document), R"({
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "x",
      "Effect": "Deny",
      "Action": [
        "a:b"
      ],
      "Resource": "*"
    }
  ]
}
)");
}

TEST(Equality, SeesEveryPartOfADocumentButNoPlaces) {
  const char* base =
      R"({"Statement": [{"Effect": "Deny", "Principal": "*", "Action": "a:b", "Resource": "*"}]})";
  const auto document = read_policy(base, PolicyType::kResource)->parsed.document;
  const auto spaced = read_policy("  " + std::string(base), PolicyType::kResource);
  EXPECT_EQ(document, spaced->parsed.document);
  for (
      const char* other :
      {R"({"Statement": {"Effect": "Deny", "Principal": "*", "Action": "a:b", "Resource": "*"}})",
       R"({"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "a:b", "Resource": "*"}]})",
       R"({"Statement": [{"Effect": "Deny", "NotPrincipal": "*", "Action": "a:b", "Resource": "*"}]})",
       R"({"Statement": [{"Effect": "Deny", "Principal": "*", "Action": ["a:b"], "Resource": "*"}]})",
       R"({"Statement": [{"Effect": "Deny", "Principal": "*", "NotAction": "a:b", "Resource": "*"}]})",
       R"({"Statement": [{"Effect": "Deny", "Principal": "*", "Action": "a:b", "NotResource": "*"}]})",
       R"({"Statement": [{"Effect": "Deny", "Principal": "*", "Action": "a:b", "Resource": "*",
            "Condition": {}}]})",
       R"({"Id": "x", "Statement": [{"Effect": "Deny", "Principal": "*", "Action": "a:b",
            "Resource": "*"}]})"}) {
    EXPECT_FALSE(read_policy(other, PolicyType::kResource)->parsed.document == document) << other;
  }
}

}  // namespace
}  // namespace policysim::policy
