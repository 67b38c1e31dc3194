#include "report/findings.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "text/reader.hpp"

namespace policysim::report {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kPolicy = R"({
  "Version": "2012-10-17",
  "Statement": [
    {"Sid": "First", "Effect": "Deny", "Action": "s3:*", "Resource": "*",
     "Condition": {"StringEquals": {"aws:PrincipalTag/é": "a*"}}},
    {"Sid": "", "Effect": "Permit", "Action": "s3:Get Object", "Resource": "*"}
  ]
})";

std::vector<FindingRecord> findings() {
  return check_policy_text("dir/a policy.json", kPolicy).findings;
}

TEST(Findings, HaveAPlaceAPolicyAndASid) {
  const auto records = findings();
  ASSERT_EQ(records.size(), 4U);
  EXPECT_EQ(records[0].rule, "PS1203");
  EXPECT_EQ(records[0].name, "wildcard-in-exact-operator");
  EXPECT_EQ(records[0].severity, Severity::kSecurityWarning);
  EXPECT_EQ(records[0].file, "dir/a policy.json");
  EXPECT_EQ(records[0].line, 5U);
  EXPECT_EQ(records[0].column, 59U);
  EXPECT_EQ(records[0].end_line, 5U);
  EXPECT_EQ(records[0].end_column, 63U);
  EXPECT_EQ(records[0].policy, "dir/a policy.json");
  EXPECT_EQ(records[0].sid, "First");
  EXPECT_EQ(records[1].rule, "PS1118");
  EXPECT_FALSE(records[1].sid.has_value());
}

TEST(Findings, AsTextShowTheExcerpt) {
  const std::string text = render_findings_text(findings());
  EXPECT_EQ(text.find("dir/a policy.json:5:59: security warning[PS1203]: "), 0U) << text;
  EXPECT_NE(text.find("help: did you mean `StringLike`?"), text.npos);
  EXPECT_NE(text.find("^^^^"), text.npos);
  EXPECT_EQ(render_findings_text({}), "");
}

TEST(Findings, AsJsonHaveTheMembersOfTheContract) {
  const Json document = Json::parse(render_findings_json(findings()));
  ASSERT_EQ(document.size(), 4U);
  const std::vector<std::string> members = {"rule",     "name",       "severity", "message",
                                            "help",     "file",       "line",     "column",
                                            "end_line", "end_column", "policy",   "sid"};
  for (const Json& finding : document) {
    std::vector<std::string> names;
    for (const auto& item : finding.items()) names.push_back(item.key());
    EXPECT_EQ(names, members);
  }
  EXPECT_EQ(document[0]["severity"], "security_warning");
  EXPECT_EQ(document[1]["severity"], "suggestion");
  EXPECT_EQ(document[2]["severity"], "error");
  EXPECT_EQ(document[3]["severity"], "warning");
  EXPECT_EQ(document[0]["line"], 5);
  EXPECT_TRUE(document[1]["sid"].is_null());
  EXPECT_TRUE(document[3]["help"].is_null());
  EXPECT_EQ(Json::parse(render_findings_json({})), Json::array());
}

TEST(Findings, AsNdjsonAreTheSameALineEach) {
  const Json document = Json::parse(render_findings_json(findings()));
  const std::string lines = render_findings_ndjson(findings());
  std::size_t begin = 0;
  for (const Json& finding : document) {
    const std::size_t end = lines.find('\n', begin);
    ASSERT_NE(end, lines.npos);
    EXPECT_EQ(Json::parse(lines.substr(begin, end - begin)), finding);
    begin = end + 1;
  }
  EXPECT_EQ(begin, lines.size());
}

TEST(Sarif, HasTheShapeThatCodeScanningWants) {
  const Json document = Json::parse(render_findings_sarif(findings()));
  EXPECT_EQ(document["$schema"], "https://json.schemastore.org/sarif-2.1.0.json");
  EXPECT_EQ(document["version"], "2.1.0");
  ASSERT_EQ(document["runs"].size(), 1U);
  const Json& run = document["runs"][0];
  EXPECT_EQ(run["columnKind"], "unicodeCodePoints");
  const Json& driver = run["tool"]["driver"];
  EXPECT_EQ(driver["name"], "policysim");
  EXPECT_TRUE(driver["semanticVersion"].is_string());
  const std::set<std::string> levels = {"error", "warning", "note"};
  for (const Json& rule : driver["rules"]) {
    EXPECT_EQ(rule["id"].get<std::string>().substr(0, 2), "PS");
    EXPECT_TRUE(rule["name"].is_string());
    for (const char* member : {"shortDescription", "fullDescription", "help"}) {
      EXPECT_FALSE(rule[member]["text"].get<std::string>().empty()) << member;
    }
    EXPECT_EQ(levels.count(rule["defaultConfiguration"]["level"]), 1U);
    EXPECT_FALSE(rule["properties"]["tags"].empty());
    EXPECT_GT(std::stod(rule["properties"]["security-severity"].get<std::string>()), 0.0);
  }
  ASSERT_EQ(run["results"].size(), 4U);
  for (const Json& result : run["results"]) {
    EXPECT_EQ(driver["rules"][result["ruleIndex"].get<std::size_t>()]["id"], result["ruleId"]);
    EXPECT_EQ(levels.count(result["level"]), 1U);
    EXPECT_FALSE(result["message"]["text"].get<std::string>().empty());
    ASSERT_EQ(result["locations"].size(), 1U);
    const Json& place = result["locations"][0]["physicalLocation"];
    EXPECT_EQ(place["artifactLocation"]["uri"], "dir/a%20policy.json");
    const Json& region = place["region"];
    EXPECT_GE(region["startLine"], 1);
    EXPECT_GE(region["startColumn"], 1);
    EXPECT_GE(region["endLine"], region["startLine"]);
    EXPECT_GT(region["endColumn"], region["startColumn"]);
    EXPECT_EQ(result["partialFingerprints"]["policysim/v1"].get<std::string>().size(), 16U);
  }
}

TEST(Sarif, LevelsFollowSeverities) {
  const Json results = Json::parse(render_findings_sarif(findings()))["runs"][0]["results"];
  EXPECT_EQ(results[0]["level"], "error");  // security warning
  EXPECT_EQ(results[1]["level"], "note");
  EXPECT_EQ(results[2]["level"], "error");
  EXPECT_EQ(results[3]["level"], "warning");
}

std::string fingerprint(const FindingRecord& finding) {
  return Json::parse(render_findings_sarif(
      {finding}))["runs"][0]["results"][0]["partialFingerprints"]["policysim/v1"];
}

TEST(Sarif, FingerprintsFollowPolicySidAndRuleButNotTheLine) {
  const FindingRecord finding = findings()[0];
  FindingRecord moved = finding;
  moved.line += 7;
  moved.message = "other words";
  EXPECT_EQ(fingerprint(moved), fingerprint(finding));
  for (const auto& change :
       {+[](FindingRecord& f) { f.policy = "other"; }, +[](FindingRecord& f) { f.sid = "Second"; },
        +[](FindingRecord& f) { f.sid.reset(); }, +[](FindingRecord& f) { f.rule = "PS1204"; }}) {
    FindingRecord other = finding;
    change(other);
    EXPECT_NE(fingerprint(other), fingerprint(finding));
  }
}

TEST(Sarif, KeepsTheGravestOfTooMany) {
  FindingRecord warning = findings()[3];
  warning.message.clear();
  std::vector<FindingRecord> many(25'000, warning);
  many.push_back(findings()[2]);
  const std::string sarif = render_findings_sarif(many);
  std::size_t results = 0;
  for (std::size_t at = sarif.find("\"ruleId\""); at != sarif.npos;
       at = sarif.find("\"ruleId\"", at + 1)) {
    ++results;
  }
  EXPECT_EQ(results, 25'000U);
  const std::size_t first = sarif.find("\"ruleId\": \"PS1102\"");
  EXPECT_LT(first, sarif.find("\"ruleId\": \"PS1204\""));
  EXPECT_NE(sarif.find("\"omittedResults\": 1"), sarif.npos);
}

TEST(GitHub, WritesAnnotationsAndASummary) {
  FindingRecord finding;
  finding.rule = "PS1001";
  finding.name = "wrong-type";
  finding.file = "a,b:c.json";
  finding.line = finding.end_line = 3;
  finding.column = 4;
  finding.end_column = 9;
  finding.message = "100%\r\n::error::x";
  finding.help = "quote, it";
  EXPECT_EQ(render_findings_github({finding}),
            "::error file=a%2Cb%3Ac.json,line=3,endLine=3,col=4,endColumn=9,"
            "title=PS1001 wrong-type::100%25%0D%0A::error::x%0Aquote, it\n"
            "::notice title=policysim::1 error, 0 warnings, 0 suggestions\n");
  EXPECT_EQ(render_findings_github({}),
            "::notice title=policysim::0 errors, 0 warnings, 0 suggestions\n");
}

TEST(GitHub, PrintsTheGravestFirstAndLeavesRoomForTheSummary) {
  std::vector<FindingRecord> many(12, findings()[1]);
  many.push_back(findings()[2]);
  const std::string out = render_findings_github(many);
  EXPECT_EQ(out.find("::error "), 0U);
  EXPECT_NE(out.find("12 suggestions (3 not shown)"), out.npos);
  std::size_t notices = 0;
  for (std::size_t at = out.find("::notice "); at != out.npos; at = out.find("::notice ", at + 1)) {
    ++notices;
  }
  EXPECT_EQ(notices, 10U);
}

TEST(FindingFormats, AreFoundByName) {
  for (const FindingFormat& format : finding_formats()) {
    EXPECT_EQ(find_finding_format(format.name), &format);
    EXPECT_FALSE(format.summary.empty());
    EXPECT_EQ(format.machine, format.name != "text");
  }
  EXPECT_EQ(find_finding_format("sarf"), nullptr);
  EXPECT_EQ(finding_formats().size(), 5U);
}

TEST(CheckPolicy, GuessesTheTypeUnlessItIsSaid) {
  const std::string text =
      R"({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*",
          "Action": "s3:*", "Resource": "*"}})";
  EXPECT_TRUE(check_policy_text("-", text).findings.empty());
  CheckOptions options;
  options.type = PolicyType::kIdentity;
  ASSERT_EQ(check_policy_text("-", text, options).findings.size(), 1U);
  EXPECT_EQ(check_policy_text("-", text, options).findings[0].severity, Severity::kError);
  options.lenient = true;
  EXPECT_EQ(check_policy_text("-", text, options).findings[0].severity, Severity::kWarning);
}

TEST(CheckPolicy, UnwrapsWhatAwsPrints) {
  const CheckedPolicy checked = check_policy_text(
      "-", R"({"Policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Deny\"}}"})");
  EXPECT_TRUE(checked.readable);
  ASSERT_FALSE(checked.findings.empty());
  EXPECT_EQ(checked.findings[0].rule, "PS1103");
  EXPECT_EQ(checked.findings[0].line, 1U);
  EXPECT_EQ(checked.findings[0].column, 58U);
}

TEST(CheckPolicy, SaysWhyAFileCannotBeRead) {
  const CheckedPolicy missing = check_policy_file("no/such/policy.json");
  EXPECT_FALSE(missing.readable);
  ASSERT_EQ(missing.findings.size(), 1U);
  EXPECT_EQ(missing.findings[0].rule, "PS0001");
  EXPECT_EQ(missing.findings[0].file, "no/such/policy.json");
  const Json finding = Json::parse(render_findings_ndjson(missing.findings));
  EXPECT_TRUE(finding["line"].is_null());
  const Json place = Json::parse(render_findings_sarif(
      missing.findings))["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
  EXPECT_FALSE(place.contains("region"));
  EXPECT_EQ(render_findings_github(missing.findings)
                .find("::error file=no/such/policy.json,title=PS0001 file-not-found::"),
            0U);
  const CheckedPolicy broken = check_policy_text("x", "{\n \"Version\" 1}");
  EXPECT_FALSE(broken.readable);
  ASSERT_EQ(broken.findings.size(), 1U);
  EXPECT_EQ(broken.findings[0].line, 2U);
  EXPECT_FALSE(check_policy_file(PSIM_SOURCE_DIR).readable);
}

TEST(CheckPolicy, NamesFilesRelativeToTheWorkingDirectory) {
  const std::filesystem::path here = std::filesystem::current_path();
  EXPECT_EQ(text::relative_path("a/./b/../c.json"), "a/c.json");
  EXPECT_EQ(text::relative_path((here / "a/c.json").string()), "a/c.json");
  EXPECT_EQ(text::relative_path("../c.json"), "../c.json");
  const std::filesystem::path file =
      std::filesystem::temp_directory_path() / "policysim-findings-test.json";
  std::ofstream(file) << R"({"Version": "2012-10-17"})";
  const CheckedPolicy checked = check_policy_file(file.string());
  std::filesystem::remove(file);
  ASSERT_EQ(checked.findings.size(), 1U);
  EXPECT_EQ(checked.findings[0].rule, "PS1005");
  EXPECT_EQ(checked.findings[0].policy, file.string());
  EXPECT_EQ(checked.findings[0].file, text::relative_path(file.string()));
}

}  // namespace
}  // namespace policysim::report
