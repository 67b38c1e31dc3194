// Each row of findings.txt: a document, and every finding that it must have, with its place.
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "catalog/rules.hpp"
#include "policy/type_rules.hpp"
#include "unit/policy/read_policy.hpp"

namespace policysim::policy {
namespace {

struct Row {
  std::string name;
  PolicyType type = PolicyType::kIdentity;
  bool lenient = false;
  std::string document;
  std::string expected;  // "usable" or "unusable", then "rule line:column", a line each
};

void PrintTo(const Row& row, std::ostream* out) { *out << row.name; }

PolicyType find_type(const std::string& name) {
  for (int i = 0; i <= static_cast<int>(PolicyType::kEndpoint); ++i) {
    if (type_name(static_cast<PolicyType>(i)) == name) return static_cast<PolicyType>(i);
  }
  ADD_FAILURE() << "no policy type " << name;
  return PolicyType::kIdentity;
}

// "=== name", "type identity [lenient]", the document, "---", the expectation.
std::vector<Row> read_rows() {
  std::ifstream file(PSIM_SOURCE_DIR "/tests/unit/policy/findings.txt");
  std::vector<Row> rows;
  bool in_document = false;
  for (std::string line; std::getline(file, line);) {
    if (line.rfind("=== ", 0) == 0) {
      rows.emplace_back();
      rows.back().name = line.substr(4);
      in_document = true;
    } else if (rows.empty()) {
      continue;  // the head of the file
    } else if (line.rfind("type ", 0) == 0 && rows.back().document.empty()) {
      const std::size_t blank = line.find(' ', 5);
      rows.back().type = find_type(line.substr(5, blank == line.npos ? blank : blank - 5));
      rows.back().lenient = line.find(" lenient") != line.npos;
    } else if (line == "---") {
      in_document = false;
    } else {
      (in_document ? rows.back().document : rows.back().expected) += line + "\n";
    }
  }
  return rows;
}

std::string describe(const ReadPolicy& policy) {
  std::ostringstream out;
  out << (policy.parsed.usable ? "usable\n" : "unusable\n");
  for (const Diagnostic& finding : policy.parsed.findings) {
    const Location place = policy.sources.locate(finding.span);
    out << finding.rule << " " << place.line << ":" << place.column << "\n";
  }
  return out.str();
}

class FindingsTest : public testing::TestWithParam<Row> {};

TEST_P(FindingsTest, AreAllReportedInPlace) {
  const Row& row = GetParam();
  const auto policy = read_policy(row.document, row.type, row.lenient);
  ASSERT_TRUE(policy->read);
  EXPECT_EQ(describe(*policy), row.expected);
}

INSTANTIATE_TEST_SUITE_P(Policies, FindingsTest, testing::ValuesIn(read_rows()),
                         [](const testing::TestParamInfo<Row>& instance) {
                           return "Row" + std::to_string(instance.index);
                         });

TEST(FindingsTable, HasARowForEveryRuleOfPolicies) {
  std::set<std::string> seen = {"PS1010", "PS1012"};  // tested below
  for (const Row& row : read_rows()) {
    std::istringstream lines(row.expected);
    for (std::string line; std::getline(lines, line);) seen.insert(line.substr(0, 6));
  }
  for (const catalog::Rule& rule : catalog::rules()) {
    const std::string_view group = rule.id.substr(0, 4);
    if (group != "PS10" && group != "PS11" && group != "PS12") continue;
    EXPECT_TRUE(seen.count(std::string(rule.id)) == 1) << rule.id << " " << rule.name;
  }
}

TEST(FindingsTable, HasARowForEveryType) {
  std::set<PolicyType> seen;
  for (const Row& row : read_rows()) seen.insert(row.type);
  EXPECT_EQ(seen.size(), 9U);
}

TEST(Findings, SayWhatHelps) {
  const auto policy = read_policy(
      R"({"Version": "2012-10-17", "Statement": {"Effect": "allow", "Action": "s3:*", "Resorce": "*",
          "Condition": {"StringLikes": {"s3:prefix": "c"}}}})",
      PolicyType::kScp);
  ASSERT_EQ(policy->parsed.findings.size(), 3U);
  EXPECT_EQ(policy->parsed.findings[0].help, "did you mean `Allow`?");
  EXPECT_EQ(policy->parsed.findings[1].help, "did you mean `Resource`?");
  EXPECT_EQ(policy->parsed.findings[2].message, "unknown condition operator `StringLikes`");
  EXPECT_EQ(policy->parsed.findings[2].help, "did you mean `StringLike`?");
}

struct Words {
  const char* element;  // `"Action": …` and perhaps a condition
  const char* message;
  const char* help;
};

// What the service reference has against a name.
TEST(Findings, SayWhatIsKnownOfNames) {
  const std::string reference = "the service reference of 2026-09-26";
  const Words rows[] = {
      {R"("Action": "s4:GetObject")", " has no service with the prefix `s4`", "did you mean `s3`?"},
      {R"("Action": "kms:Decrpyt")", " has no action `kms:Decrpyt`", "did you mean `kms:Decrypt`?"},
      {R"("Action": "budgets:CreateBudget")",
       "`budgets:CreateBudget` is no more: AWS has given it up",
       "`budgets:ModifyBudget` took its place"},
      {R"("Action": "iot1click:*")", "`iot1click` is no more: AWS has given it up", ""},
      {R"("Action": "deepracer:ListTracks")",
       " lacks `deepracer:ListTracks`, which AWS's documentation names: the service is retired or "
       "special",
       ""},
      {R"("Action": "deepracer:*")",
       " lacks `deepracer:*`, which AWS's documentation names: the service is retired or special",
       ""},
      {R"("Action": "s3:Get*z")", "`s3:Get*z` matches no known action of `s3`", ""},
      {R"("Action": "s3:*", "Condition": {"Bool": {"aws:SecureTransprot": "true"}})",
       " has no condition key `aws:SecureTransprot`", "did you mean `aws:SecureTransport`?"},
      {R"("Action": "s3:GetObject", "Condition": {"StringLike": {"s3:prefix": "a"}})",
       "no action of the statement carries `s3:prefix`: the condition never holds",
       "it comes with `s3:ListBucket`, `s3:ListBucketVersions`"},
      {R"("Action": "s3:GetObject", "Condition": {"StringNotLike": {"s3:prefix": "a"}})",
       "no action of the statement carries `s3:prefix`: the condition always holds",
       "it comes with `s3:ListBucket`, `s3:ListBucketVersions`"},
      {R"("Action": "s3:GetObject", "Condition": {"ForAllValues:StringEquals": {"aws:TagKeys": "a"}})",
       "no action of the statement carries `aws:TagKeys`: the condition always holds", ""},
      {R"("Action": "s3:GetObject", "Condition": {"ForAnyValue:StringNotEquals": {"aws:TagKeys": "a"}})",
       "no action of the statement carries `aws:TagKeys`: the condition never holds", ""},
      {R"("Action": "ec2:StartInstances", "Condition": {"StringEquals": {"ec2:Encrypted": "true"}})",
       "no action of the statement carries `ec2:Encrypted`: the condition never holds",
       "it comes with `ec2:AttachVolume`, `ec2:CopyImage`, `ec2:CopySnapshot` and others"},
  };
  for (const Words& row : rows) {
    SCOPED_TRACE(row.element);
    const auto policy = read_policy(
        R"({"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Resource": "*", )" +
            std::string(row.element) + "}}",
        PolicyType::kIdentity);
    ASSERT_EQ(policy->parsed.findings.size(), 1U);
    const Diagnostic& finding = policy->parsed.findings.front();
    EXPECT_EQ(finding.message, (*row.message == ' ' ? reference : "") + row.message);
    EXPECT_EQ(finding.help, row.help);
    EXPECT_EQ(finding.severity, Severity::kWarning);
  }
}

// Names cost time: of hostile documents not all is looked at.
TEST(Findings, OfHostileNamesEndInTime) {
  const std::string parts[] = {R"("ec2:*z*q*x*y", )", R"("ec2:DescribeInstanzes", )",
                               R"("ec2:)" + std::string(300, '*') + R"(", )"};
  for (const std::string& part : parts) {
    std::string actions;
    for (int i = 0; i < 20'000; ++i) actions += part;
    const auto policy = read_policy(
        R"({"Version": "2012-10-17", "Statement": {"Resource": "*", "Effect": "Allow", "Action": [)" +
            actions + R"("s3:GetObject"], "Condition": {"Bool": {"s3:prefix": "true"}}}})",
        PolicyType::kIdentity);
    EXPECT_TRUE(policy->parsed.usable);
    EXPECT_LT(policy->parsed.findings.size(), 2'000U);
  }
}

TEST(Findings, OfManyAreCutButErrorsCount) {
  std::string actions;
  for (int i = 0; i < 3000; ++i) actions += "\"bad\", ";
  const auto policy =
      read_policy(R"({"Version": "2012-10-17", "Statement": {"Resource": "*",
      "Action": [)" + actions +
                      R"("a:b"], "Effect": "Allow", "Condition": {"Bool": {"a:b": null}}}})",
                  PolicyType::kIdentity);
  EXPECT_FALSE(policy->parsed.usable);
  EXPECT_LT(policy->parsed.findings.size(), 2000U);
  const auto last = std::find_if(policy->parsed.findings.begin(), policy->parsed.findings.end(),
                                 [](const Diagnostic& d) { return d.rule == "PS1012"; });
  ASSERT_NE(last, policy->parsed.findings.end());
}

// Whether a policy of one statement whose Sid has `length` characters is too large.
bool is_too_large(PolicyType type, std::size_t length, const std::string& blanks = "",
                  const std::string& action = "a:b") {
  const std::string principal =
      rules_of(type).principal == Presence::kForbidden ? "" : R"("Principal":"*",)";
  const auto policy =
      read_policy(R"({"Version":"2012-10-17","Statement":{)" + blanks + R"("Sid":")" +
                      std::string(length, 'x') + R"(","Effect":"Deny",)" + principal +
                      R"("Action":")" + action + R"(","Resource":"*"}})",
                  type);
  for (const Diagnostic& finding : policy->parsed.findings) {
    if (finding.rule == "PS1010") return true;
  }
  return false;
}

struct SizeRow {
  PolicyType type;
  std::size_t limit;
  bool counts_blanks;
  const char* action;
};

class SizeTest : public testing::TestWithParam<SizeRow> {};

TEST_P(SizeTest, WarnsAboveTheLimitOnly) {
  const SizeRow& row = GetParam();
  const bool named = rules_of(row.type).principal != Presence::kForbidden;
  const std::string frame =
      std::string(R"({"Version":"2012-10-17","Statement":{"Sid":"","Effect":"Deny",)") +
      (named ? R"("Principal":"*",)" : "") + R"("Action":"","Resource":"*"}})";
  const std::size_t room = row.limit - frame.size() - std::string(row.action).size();
  EXPECT_FALSE(is_too_large(row.type, room, "", row.action));
  EXPECT_TRUE(is_too_large(row.type, room + 1, "", row.action));
  EXPECT_EQ(is_too_large(row.type, room, " ", row.action), row.counts_blanks);
}

INSTANTIATE_TEST_SUITE_P(Types, SizeTest,
                         testing::Values(SizeRow{PolicyType::kIdentity, 6144, false, "a:b"},
                                         SizeRow{PolicyType::kBoundary, 6144, false, "a:b"},
                                         SizeRow{PolicyType::kSession, 2048, false, "a:b"},
                                         SizeRow{PolicyType::kTrust, 2048, false, "a:b"},
                                         SizeRow{PolicyType::kScp, 10240, true, "a:b"},
                                         SizeRow{PolicyType::kRcp, 5120, true, "a:b"},
                                         SizeRow{PolicyType::kEndpoint, 20480, true, "a:b"},
                                         SizeRow{PolicyType::kKey, 32768, true, "a:b"},
                                         SizeRow{PolicyType::kResource, 20480, true, "s3:b"}));

TEST(Size, CountsCharactersOfScpsNotBytes) {
  std::string sid;
  for (int i = 0; i < 9000; ++i) sid += "é";
  const auto policy = read_policy(R"({"Version":"2012-10-17","Statement":{"Sid":")" + sid +
                                      R"(","Effect":"Deny","Action":"a:b","Resource":"*"}})",
                                  PolicyType::kScp);
  for (const Diagnostic& finding : policy->parsed.findings) EXPECT_NE(finding.rule, "PS1010");
}

TEST(Size, OfOtherResourcePoliciesIsTheServicesBusiness) {
  EXPECT_FALSE(is_too_large(PolicyType::kResource, 100'000, "", "sqs:b"));
}

}  // namespace
}  // namespace policysim::policy
