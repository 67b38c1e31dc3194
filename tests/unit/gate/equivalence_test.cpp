// Proofs by hand: pairs that are alike, and pairs that look so.
#include "gate/equivalence.hpp"

#include <gtest/gtest.h>

#include "policysim/policy.hpp"

namespace policysim::gate {
namespace {

struct Pair {
  const char* name;
  const char* before;  // members of the statement
  const char* after;
  bool alike;
};

void PrintTo(const Pair& pair, std::ostream* out) { *out << pair.name; }

const char* const kRest = R"("Effect": "Deny", )";
const char* const kAll = R"("Action": "*", "Resource": "*", "Condition": )";

PolicyDocument document(const std::string& members) {
  auto out = PolicyDocument::parse(
      R"({"Version": "2012-10-17", "Statement": [{)" + (kRest + members) + "}]}",
      PolicyType::kIdentity);
  EXPECT_TRUE(out) << members;
  return *std::move(out);
}

bool proved(const std::string& before, const std::string& after) {
  const PolicyDocument one = document(before), two = document(after);
  return prove_equivalent(one.ast(), one.ast().statements[0], two.ast().statements[0]).has_value();
}

// Conditions alone.
const Pair kConditions[] = {
    {"a negated operator holds for an absent key", R"({"StringNotLike": {"a:b": "x*"}})",
     R"({"StringNotLikeIfExists": {"a:b": "x*"}})", true},
    {"a positive one does not", R"({"StringLike": {"a:b": "x*"}})",
     R"({"StringLikeIfExists": {"a:b": "x*"}})", false},
    {"unless the key has to be there", R"({"Null": {"a:b": "false"}, "StringLike": {"a:b": "x*"}})",
     R"({"Null": {"a:b": "false"}, "StringLikeIfExists": {"a:b": "x*"}})", true},
    {"Null false beside a positive operator says nothing",
     R"({"Null": {"a:b": "false"}, "StringEquals": {"a:b": "x"}})",
     R"({"StringEquals": {"a:b": "x"}})", true},
    {"beside a negated one it does",
     R"({"Null": {"a:b": "false"}, "StringNotEquals": {"a:b": "x"}})",
     R"({"StringNotEquals": {"a:b": "x"}})", false},
    {"a pattern without wildcards is a text", R"({"StringLike": {"a:b": "x"}})",
     R"({"StringEquals": {"a:b": "x"}})", true},
    {"a pattern is none", R"({"StringLike": {"a:b": "x*"}})", R"({"StringEquals": {"a:b": "x*"}})",
     false},
    {"an escaped wildcard is a text", R"({"StringLike": {"a:b": "x${*}"}})",
     R"({"StringEquals": {"a:b": "x${*}"}})", true},
    {"a value that a wildcard covers", R"({"StringLike": {"a:b": ["x*", "xyz"]}})",
     R"({"StringLike": {"a:b": "x*"}})", true},
    {"a pattern that another covers", R"({"StringLike": {"a:b": ["x*", "x?z*"]}})",
     R"({"StringLike": {"a:b": "x*"}})", true},
    {"a pattern that another covers in part", R"({"StringLike": {"a:b": ["x*", "?y*"]}})",
     R"({"StringLike": {"a:b": "x*"}})", false},
    {"ForAnyValue and ForAllValues", R"({"ForAnyValue:StringEquals": {"a:b": "x"}})",
     R"({"ForAllValues:StringEquals": {"a:b": "x"}})", false},
    {"ForAnyValue and none: a list is read both ways",
     R"({"ForAnyValue:StringEquals": {"a:b": "x"}})", R"({"StringEquals": {"a:b": "x"}})", false},
    {"ForAllValues holds for an absent key", R"({"ForAllValues:StringEquals": {"a:b": "x"}})",
     R"({"ForAllValues:StringEqualsIfExists": {"a:b": "x"}})", true},
    {"both values of Null", R"({"Null": {"a:b": ["true", "false"]}, "Bool": {"a:b": "true"}})",
     R"({"Bool": {"a:b": "true"}})", true},
    {"Bool twice", R"({"Bool": {"a:b": ["true", "TRUE"]}})", R"({"Bool": {"a:b": "true"}})", true},
    {"Bool for an absent key", R"({"Bool": {"a:b": "true"}})",
     R"({"BoolIfExists": {"a:b": "true"}})", false},
    {"numbers are not told apart by their texts", R"({"NumericLessThan": {"a:b": ["5", "5.0"]}})",
     R"({"NumericLessThan": {"a:b": "5"}})", false},
    {"a negated number holds for an absent key", R"({"NumericNotEquals": {"a:b": "5"}})",
     R"({"NumericNotEqualsIfExists": {"a:b": "5"}})", true},
    {"another key", R"({"StringEquals": {"a:b": "x"}})", R"({"StringEquals": {"a:c": "x"}})",
     false},
    {"a contradiction stays one", R"({"Null": {"a:b": "true"}, "StringEquals": {"a:b": "x"}})",
     R"({"Null": {"a:b": "true"}, "StringEquals": {"a:b": "y"}})", true},
    {"a variable is a text of its own", R"({"StringEquals": {"a:b": "${a:c}"}})",
     R"({"StringEquals": {"a:b": ""}})", false},
};

class Conditions : public testing::TestWithParam<Pair> {};

TEST_P(Conditions, AreAlikeOrNot) {
  const Pair& pair = GetParam();
  EXPECT_EQ(proved(std::string(kAll) + pair.before, std::string(kAll) + pair.after), pair.alike);
}

INSTANTIATE_TEST_SUITE_P(Equivalence, Conditions, testing::ValuesIn(kConditions));

// Elements.
const Pair kElements[] = {
    {"an action that a wildcard covers",
     R"("Action": ["s3:Get*", "s3:GetObject"], "Resource": "*")",
     R"("Action": "s3:get*", "Resource": "*")", true},
    {"an action that none covers", R"("Action": ["s3:Get*", "s3:PutObject"], "Resource": "*")",
     R"("Action": "s3:Get*", "Resource": "*")", false},
    {"NotAction", R"("NotAction": ["s3:Get*", "s3:GetObject"], "Resource": "*")",
     R"("NotAction": "s3:Get*", "Resource": "*")", true},
    {"Action and NotAction", R"("Action": "s3:Get*", "Resource": "*")",
     R"("NotAction": "s3:Get*", "Resource": "*")", false},
    {"a resource beside all", R"("Action": "*", "Resource": ["*", "arn:aws:s3:::x"])",
     R"("Action": "*", "Resource": "*")", true},
    {"all buckets are not all", R"("Action": "*", "Resource": "arn:aws:s3:::*")",
     R"("Action": "*", "Resource": "*")", false},
    {"NotResource with a variable", R"("Action": "*", "NotResource": ["*", "arn:aws:s3:::${a:b}"])",
     R"("Action": "*", "NotResource": "*")", false},
};

class Elements : public testing::TestWithParam<Pair> {};

TEST_P(Elements, AreAlikeOrNot) {
  EXPECT_EQ(proved(GetParam().before, GetParam().after), GetParam().alike);
}

INSTANTIATE_TEST_SUITE_P(Equivalence, Elements, testing::ValuesIn(kElements));

TEST(Equivalence, OtherEffectsAreNotAlike) {
  const PolicyDocument one = document(R"("Action": "*", "Resource": "*")");
  policy::Statement other = one.ast().statements[0];
  other.effect = policy::Effect::kAllow;
  EXPECT_FALSE(prove_equivalent(one.ast(), one.ast().statements[0], other));
}

TEST(Equivalence, ManyPatternsAreNotDecided) {
  std::string list;
  for (char c = 'a'; c <= 'z'; ++c) list += std::string(c == 'a' ? "\"*" : ", \"*") + c + "*\"";
  EXPECT_FALSE(proved(kAll + (R"({"StringLike": {"a:b": [)" + list + "]}}"),
                      kAll + (R"({"StringLike": {"a:b": ["*zz*", )" + list + "]}}")));
}

}  // namespace
}  // namespace policysim::gate
