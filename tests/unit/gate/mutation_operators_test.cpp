// What the operators make of small statements, by hand.
#include "gate/mutation_operators.hpp"

#include <gtest/gtest.h>

#include <set>

#include "gate/mutation_diff.hpp"
#include "policysim/policy.hpp"

namespace policysim::gate {
namespace {

const Vocabulary kWords{{"Project", "Team"}, {}, {"111111111111", "222222222222"}};

PolicyDocument parsed(const std::string& text, PolicyType type) {
  auto out = PolicyDocument::parse(text, type);
  EXPECT_TRUE(out) << text;
  return *std::move(out);
}

std::set<std::string> edits(const PolicyDocument& document, std::uint32_t statement = 0) {
  std::set<std::string> out;
  for (const StatementEdit& edit : edits_of({document.ast(), statement, kWords})) {
    out.insert(std::string(edit.op) + ": " + edit.what);
  }
  return out;
}

using Words = std::set<std::string>;

TEST(MutationOperators, EveryOneOfAStatement) {
  const PolicyDocument document = parsed(R"({"Version": "2012-10-17", "Statement": [{
      "Effect": "Allow", "Principal": {"AWS": ["111111111111", "AIDAEXAMPLE"]},
      "Action": ["s3:Get*", "s3:PutObject"], "Resource": "arn:aws:s3:::${aws:PrincipalTag/Team}/*",
      "Condition": {"StringLike": {"aws:RequestTag/Team": "b?*"},
                    "ForAnyValue:StringNotEquals": {"aws:TagKeys": "x"}}},
     {"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*"}]})",
                                         PolicyType::kResource);
  EXPECT_EQ(
      edits(document),
      (Words{
          "drop-statement: the statement is dropped",
          "flip-effect: `Allow` becomes `Deny`",
          "drop-condition: `Condition` is dropped",
          "drop-operator: `StringLike` is dropped",
          "drop-operator: `ForAnyValue:StringNotEquals` is dropped",
          "drop-value: `111111111111` is dropped",
          "drop-value: `AIDAEXAMPLE` is dropped",
          "drop-value: `s3:Get*` is dropped",
          "drop-value: `s3:PutObject` is dropped",
          "negate-operator: `StringLike` becomes `StringNotLike`",
          "negate-operator: `ForAnyValue:StringNotEquals` becomes `ForAnyValue:StringEquals`",
          "if-exists: `StringLike` becomes `StringLikeIfExists`",
          "if-exists: `ForAnyValue:StringNotEquals` becomes `ForAnyValue:StringNotEqualsIfExists`",
          "set-operator: `ForAnyValue:StringNotEquals` becomes `ForAllValues:StringNotEquals`",
          "set-operator: `ForAnyValue:StringNotEquals` becomes `StringNotEquals`",
          "like-to-equals: `StringLike` becomes `StringEquals`",
          "widen-action: `s3:Get*` becomes `*`",
          "widen-action: `s3:PutObject` becomes `*`",
          "widen-action: `Action` becomes `*`",
          "widen-resource: `arn:aws:s3:::${aws:PrincipalTag/Team}/*` becomes `*`",
          "widen-principal: `Principal` becomes `*`",
          "narrow-wildcard: `s3:Get*` becomes `s3:Get`",
          "narrow-wildcard: `arn:aws:s3:::${aws:PrincipalTag/Team}/*` becomes "
          "`arn:aws:s3:::${aws:PrincipalTag/Team}/`",
          "narrow-wildcard: `b?*` becomes `b*`",
          "narrow-wildcard: `b?*` becomes `b?`",
          "negate-action: `Action` becomes `NotAction`",
          "negate-resource: `Resource` becomes `NotResource`",
          "swap-tag-key: `aws:RequestTag/Team` becomes `aws:RequestTag/Project`",
          "swap-tag-key: `arn:aws:s3:::${aws:PrincipalTag/Team}/*` becomes "
          "`arn:aws:s3:::${aws:PrincipalTag/Project}/*`",
          "drop-variable: `arn:aws:s3:::${aws:PrincipalTag/Team}/*` becomes `arn:aws:s3:::/*`",
          "drop-variable: `arn:aws:s3:::${aws:PrincipalTag/Team}/*` becomes `arn:aws:s3:::*/*`",
          "change-account: `111111111111` becomes `222222222222`"}));
}

// An RCP denies everybody something of a service.
TEST(MutationOperators, NothingThatTheTypeRefuses) {
  const PolicyDocument document = parsed(R"({"Version": "2012-10-17", "Statement": [{
      "Effect": "Deny", "Principal": "*", "Action": "s3:GetObject", "Resource": "*"}]})",
                                         PolicyType::kRcp);
  EXPECT_EQ(edits(document), (Words{"negate-resource: `Resource` becomes `NotResource`"}));
}

TEST(MutationOperators, VariablesAreTextInOldPolicies) {
  const PolicyDocument document = parsed(R"({"Statement": [{
      "Effect": "Deny", "Action": "*", "Resource": "*",
      "Condition": {"ArnLike": {"aws:PrincipalArn": "${aws:username}"}}}]})",
                                         PolicyType::kIdentity);
  for (const std::string& edit : edits(document)) {
    EXPECT_EQ(edit.rfind("drop-variable", 0), std::string::npos) << edit;
    EXPECT_EQ(edit.rfind("like-to-equals", 0), std::string::npos) << edit;
  }
}

// Two operators of one name cannot stand in a file.
TEST(MutationOperators, NegationJoinsTheOtherBlock) {
  const PolicyDocument document = parsed(R"({"Version": "2012-10-17", "Statement": [{
      "Effect": "Deny", "Action": "*", "Resource": "*",
      "Condition": {"StringEquals": {"a:b": "x"}, "StringNotEquals": {"a:c": "y"}}}]})",
                                         PolicyType::kIdentity);
  for (const StatementEdit& edit : edits_of({document.ast(), 0, kWords})) {
    if (edit.what != "`StringNotEquals` becomes `StringEquals`") continue;
    ASSERT_EQ(edit.becomes->condition.size(), 1U);
    EXPECT_EQ(edit.becomes->condition[0].conditions.size(), 2U);
    return;
  }
  FAIL() << "no such edit";
}

// What strangers write must not fill memory.
TEST(MutationOperators, HugeStatementsGetFewEdits) {
  std::string actions = "\"s3:*\"";
  for (int i = 0; i < 20'000; ++i) actions += ", \"s3:Get" + std::to_string(i) + "*\"";
  const PolicyDocument document =
      parsed(R"({"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": [)" + actions +
                 R"(], "Resource": "*"}]})",
             PolicyType::kIdentity);
  EXPECT_EQ(edits(document), (Words{"flip-effect: `Deny` becomes `Allow`",
                                    "negate-action: `Action` becomes `NotAction`",
                                    "negate-resource: `Resource` becomes `NotResource`"}));
}

// --- the text that changes ---

std::string diff_of(const PolicyDocument& document, const std::string& what) {
  for (std::uint32_t s = 0; s < document.ast().statements.size(); ++s) {
    for (const StatementEdit& edit : edits_of({document.ast(), s, kWords})) {
      if (edit.what == what) return statement_diff(document, edit);
    }
  }
  return "no such edit";
}

constexpr const char* kPolicy = R"({
  "Version": "2012-10-17",
  "Statement": [
    {"Effect": "Deny", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "*"},
    {
      "Effect": "Deny",
      "Action": "s3:*",
      "Resource": "*",
      "Condition": {
        "StringEquals": {"a:b": "x"},
        "Bool": {"a:c": "true"}
      }
    }
  ]
}
)";

TEST(MutationDiff, EditsInPlace) {
  const PolicyDocument document = parsed(kPolicy, PolicyType::kIdentity);
  EXPECT_EQ(diff_of(document, "`s3:PutObject` is dropped"),
            "--- <policy>\n+++ <policy>\n@@ -2,5 +2,5 @@\n"
            "   \"Version\": \"2012-10-17\",\n"
            "   \"Statement\": [\n"
            "-    {\"Effect\": \"Deny\", \"Action\": [\"s3:GetObject\", \"s3:PutObject\"], "
            "\"Resource\": \"*\"},\n"
            "+    {\"Effect\": \"Deny\", \"Action\": [\"s3:GetObject\"], \"Resource\": \"*\"},\n"
            "     {\n"
            "       \"Effect\": \"Deny\",");
  EXPECT_EQ(diff_of(document, "`StringEquals` is dropped"),
            "--- <policy>\n+++ <policy>\n@@ -8,5 +8,4 @@\n"
            "       \"Resource\": \"*\",\n"
            "       \"Condition\": {\n"
            "-        \"StringEquals\": {\"a:b\": \"x\"},\n"
            "         \"Bool\": {\"a:c\": \"true\"}\n"
            "       }");
  EXPECT_EQ(diff_of(document, "`Bool` becomes `BoolIfExists`"),
            "--- <policy>\n+++ <policy>\n@@ -9,5 +9,5 @@\n"
            "       \"Condition\": {\n"
            "         \"StringEquals\": {\"a:b\": \"x\"},\n"
            "-        \"Bool\": {\"a:c\": \"true\"}\n"
            "+        \"BoolIfExists\": {\"a:c\": \"true\"}\n"
            "       }\n"
            "     }");
}

TEST(MutationDiff, LastMembersTakeTheCommaBeforeThem) {
  const PolicyDocument document = parsed(kPolicy, PolicyType::kIdentity);
  const std::string diff = diff_of(document, "`Condition` is dropped");
  EXPECT_NE(diff.find("-      \"Resource\": \"*\",\n"), std::string::npos) << diff;
  EXPECT_NE(diff.find("+      \"Resource\": \"*\"\n"), std::string::npos) << diff;
}

// YAML, in which words need no quotes.
TEST(MutationDiff, EditsYaml) {
  const PolicyDocument document = parsed(
      "Version: '2012-10-17'\nStatement:\n  - Effect: Allow\n    Action:\n      - s3:GetObject\n"
      "      - s3:PutObject\n    Resource: '*'\n",
      PolicyType::kIdentity);
  EXPECT_EQ(diff_of(document, "`Allow` becomes `Deny`"),
            "--- <policy>\n+++ <policy>\n@@ -1,5 +1,5 @@\n Version: '2012-10-17'\n Statement:\n"
            "-  - Effect: Allow\n+  - Effect: Deny\n     Action:\n       - s3:GetObject");
  EXPECT_EQ(diff_of(document, "`s3:GetObject` is dropped"),
            "--- <policy>\n+++ <policy>\n@@ -3,5 +3,4 @@\n   - Effect: Allow\n     Action:\n"
            "-      - s3:GetObject\n       - s3:PutObject\n     Resource: '*'");
}

// What cannot be edited in place is written anew.
TEST(MutationDiff, WritesTheStatementAnew) {
  const PolicyDocument document = parsed(R"({"Version": "2012-10-17", "Statement": [
  {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition":
    {"StringEquals": {"a:b": "x"}, "StringNotEquals": {"a:c": "y"}}}
]})",
                                         PolicyType::kIdentity);
  EXPECT_NE(
      diff_of(document, "`StringNotEquals` becomes `StringEquals`")
          .find("+      \"StringEquals\": {\n+        \"a:b\": \"x\",\n+        \"a:c\": \"y\"\n"),
      std::string::npos);
}

TEST(MutationDiff, CutsLongLines) {
  std::string filler(5000, 'a');
  const PolicyDocument document =
      parsed(R"({"Version": "2012-10-17", "Statement": [{"Sid": ")" + filler +
                 R"(", "Effect": "Deny", "Action": "s3:GetObject", "Resource": "*"}]})",
             PolicyType::kIdentity);
  const std::string diff = diff_of(document, "`Deny` becomes `Allow`");
  EXPECT_LT(diff.size(), 700U);
  EXPECT_NE(diff.find("\"Effect\": \"Allow\""), std::string::npos) << diff;
}

}  // namespace
}  // namespace policysim::gate
