#include <gtest/gtest.h>

#include <string>

#include "policy/ast.hpp"
#include "policysim/policy.hpp"
#include "unit/policy/read_policy.hpp"

namespace policysim {
namespace {

constexpr const char* kPolicy =
    R"({"Version": "2012-10-17",
 "Statement": [{"Effect": "Allow", "Action": "bad", "Resource": "*"}]})";

TEST(PolicyDocument, KeepsTypeWarningsAndPlaces) {
  ParseOptions options;
  options.name = "policies/x.json";
  const auto policy = PolicyDocument::parse(kPolicy, PolicyType::kSession, options);
  ASSERT_TRUE(policy.has_value());
  EXPECT_EQ(policy->type(), PolicyType::kSession);
  ASSERT_EQ(policy->diagnostics().size(), 1U);
  EXPECT_EQ(policy->diagnostics()[0].rule, "PS1201");
  EXPECT_EQ(policy->locate(policy->diagnostics()[0].span), (Location{"policies/x.json", 2, 46}));
  EXPECT_EQ(policy->ast().statements.size(), 1U);
  EXPECT_TRUE(PolicyDocument::parse(policy->unparse(), PolicyType::kSession).has_value());
}

TEST(PolicyDocument, FailsWithAllFindingsAndTheFirstErrorsCode) {
  const auto policy = PolicyDocument::parse(
      R"({"Id": "x", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": null}, "X": 1})",
      PolicyType::kIdentity);
  ASSERT_FALSE(policy.has_value());
  EXPECT_EQ(policy.error().code, "PS1004");
  ASSERT_EQ(policy.error().diagnostics.size(), 4U);
  EXPECT_EQ(policy.error().diagnostics[0].rule, "PS1007");
  EXPECT_EQ(policy.error().diagnostics[1].rule, "PS1009");
  EXPECT_EQ(policy.error().diagnostics[3].rule, "PS1003");
}

TEST(PolicyDocument, IsReadLenientlyWhenAsked) {
  const std::string text =
      R"({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "123456789012",
          "Action": "a:b", "Resource": "*", "Condition": {"Like": {"a:b": "c"}}}})";
  EXPECT_FALSE(PolicyDocument::parse(text, PolicyType::kIdentity).has_value());
  ParseOptions options;
  options.lenient = true;
  const auto policy = PolicyDocument::parse(text, PolicyType::kIdentity, options);
  ASSERT_TRUE(policy.has_value());
  const policy::Statement& statement = policy->ast().statements[0];
  ASSERT_TRUE(statement.principal.has_value());
  EXPECT_FALSE(statement.principal->star);
  EXPECT_EQ(statement.principal->entries[0].kind, policy::PrincipalKind::kAws);
  EXPECT_FALSE(statement.condition[0].op.has_value());
}

class Unreadable : public testing::TestWithParam<std::string> {};

TEST_P(Unreadable, IsAnErrorOfTheReader) {
  const auto policy = PolicyDocument::parse(GetParam(), PolicyType::kIdentity);
  ASSERT_FALSE(policy.has_value());
  EXPECT_EQ(policy.error().code.substr(0, 3), "PS0") << policy.error().message;
  EXPECT_EQ(policy.error().diagnostics.size(), 1U);
}

INSTANTIATE_TEST_SUITE_P(Texts, Unreadable,
                         testing::Values("", " \n", "{", "{\"Version\": \"2012-10-17\",}",
                                         "{\"Version\" \"x\"}", "{} // no comment", "Version: [1",
                                         "a: b: c", std::string("{\0}", 3), "{\"Sid\": \"\xff\"}",
                                         "\x7f"
                                         "ELF\x02\x01\x01",
                                         std::string(3000, '['), "{\"Sid\": \"\\ud800\"}"));

TEST(PolicyDocument, TakesAByteOrderMark) {
  EXPECT_TRUE(PolicyDocument::parse("\xEF\xBB\xBF" + std::string(kPolicy), PolicyType::kIdentity)
                  .has_value());
}

TEST(GuessType, LooksForPrincipals) {
  const auto guess = [](const std::string& text) {
    text::SourceMap sources;
    return policy::guess_type(*text::read(sources, sources.add("x", text)));
  };
  EXPECT_EQ(guess(R"({"Statement": {"Effect": "Allow"}})"), PolicyType::kIdentity);
  EXPECT_EQ(guess(R"({"Statement": {"Principal": "*"}})"), PolicyType::kResource);
  EXPECT_EQ(guess(R"({"Statement": [{}, {"NotPrincipal": "*"}]})"), PolicyType::kResource);
  EXPECT_EQ(guess(R"({"Statement": "x"})"), PolicyType::kIdentity);
  EXPECT_EQ(guess("[]"), PolicyType::kIdentity);
}

}  // namespace
}  // namespace policysim
