// Coverage in every form, of a policy of six lines, and of hostile text.
#include <gtest/gtest.h>

#include "report/coverage_html.hpp"
#include "report/coverage_json.hpp"
#include "report/coverage_lines.hpp"
#include "report/coverage_paint.hpp"
#include "report/coverage_text.hpp"
#include "sample_run.hpp"

namespace policysim::report {
namespace {

using gate::CoverageReport;
using gate::ItemKind;

// Two statements: of the first one condition is never false; the second stands on one line, is
// never asked, and has a twin that is excluded.
CoverageReport sample() {
  gate::PolicyCoverage policy;
  policy.name = "guard";
  policy.file = "policies/guard.json";
  policy.source =
      "[\n"
      "  {\"Action\": \"s3:*\",\n"
      "   \"C\": {\"K1\": \"${v}\", \"é\": \"y\"}\n"
      "  },\n"
      "  {\"Action\": \"ec2:*\"},\n"
      "  {\"Action\": \"rds:*\"}\n"
      "]\n";
  gate::StatementCoverage first;
  first.sid = "First";
  first.range = {2, 3, 4, 4};
  first.evaluated = 5;
  first.matched = 3;
  first.decisive = 2;
  first.items = {
      {ItemKind::kAction, "Action", {2, 4, 2, 20}, {{"matched", 5}, {"unmatched", 1}}},
      {ItemKind::kCondition,
       "StringEquals K1",
       {3, 10, 3, 22},
       {{"true", 3}, {"false", 0}, {"absent", 2}}},
      {ItemKind::kVariable, "${v}", {3, 17, 3, 21}, {{"resolved", 5}, {"unresolved", 0}}},
      {ItemKind::kCondition, "StringEquals é", {3, 24, 3, 32}, {{"true", 5}}}};
  gate::StatementCoverage second;
  second.index = 1;
  second.deny = true;
  second.range = {5, 3, 5, 22};
  second.items = {{ItemKind::kAction, "Action", {5, 4, 5, 21}, {{"matched", 0}, {"unmatched", 6}}}};
  gate::StatementCoverage third = second;
  third.index = 2;
  third.range = {6, 3, 6, 22};
  third.items[0].range = {6, 4, 6, 21};
  third.excluded = "not yet in use";
  policy.statements = {first, second, third};
  policy.decided_allow = true;
  CoverageReport out;
  out.add(gate::ratios_of(policy));
  out.policies = {policy};
  return out;
}

TestReport with(const CoverageReport& coverage) {
  TestReport report;
  report.coverage = &coverage;
  return report;
}

TEST(CoverageReports, Ratios) {
  const CoverageReport report = sample();
  EXPECT_EQ(report.statements.hit, 1U);
  EXPECT_EQ(report.statements.total, 2U);
  EXPECT_EQ(report.conditions.hit, 3U);
  EXPECT_EQ(report.conditions.total, 4U);
  EXPECT_EQ(report.elements.hit, 3U);
  EXPECT_EQ(report.elements.total, 4U);
  EXPECT_EQ(report.effects.hit, 1U);
  EXPECT_EQ(report.effects.total, 2U);
}

TEST(CoverageReports, Lcov) {
  const CoverageReport report = sample();
  EXPECT_EQ(render_test_lcov(with(report), {}),
            "TN:\nSF:policies/guard.json\n"
            "BRDA:3,0,0,3\nBRDA:3,0,1,0\nBRDA:3,0,2,2\nBRDA:3,1,0,5\nBRF:4\nBRH:3\n"
            "DA:2,2\nDA:3,5\nDA:5,0\nLF:3\nLH:2\nend_of_record\n");
}

// What nobody asked has no counts at all; a file of two policies has one record.
TEST(CoverageReports, LcovOfWhatIsNeverAsked) {
  CoverageReport report = sample();
  for (gate::ItemOutcome& outcome : report.policies[0].statements[0].items[1].outcomes) {
    outcome.count = 0;
  }
  report.policies.push_back(report.policies[0]);
  report.policies[1].statements = {report.policies[0].statements[1]};
  report.policies[1].statements[0].range = {9, 1, 9, 2};
  report.policies[1].statements[0].items.clear();
  const std::string text = render_test_lcov(with(report), {});
  EXPECT_NE(text.find("BRDA:3,0,0,-\nBRDA:3,0,1,-\nBRDA:3,0,2,-\nBRDA:3,1,0,5\nBRF:4\nBRH:1\n"),
            text.npos);
  EXPECT_NE(text.find("DA:3,0\nDA:5,0\nDA:9,0\nLF:4\nLH:1\n"), text.npos);
  EXPECT_EQ(text.find("SF:"), text.rfind("SF:"));
}

TEST(CoverageReports, Cobertura) {
  const CoverageReport report = sample();
  const std::string text = render_test_cobertura(with(report), {});
  for (const char* part :
       {R"(<coverage line-rate="0.6666" branch-rate="0.7500" complexity="0" lines-covered="2")",
        R"(lines-valid="3" branches-covered="3" branches-valid="4" version="policysim )",
        R"(<package name="policies" line-rate="0.6666")",
        R"(<class name="guard.json" filename="policies/guard.json")",
        R"(<line number="2" hits="2" branch="false"/>)",
        R"x(<line number="3" hits="5" branch="true" condition-coverage="75% (3/4)">)x",
        R"(<condition number="0" type="jump" coverage="66%"/>)",
        R"(<condition number="1" type="jump" coverage="100%"/>)",
        R"(<line number="5" hits="0" branch="false"/>)"}) {
    EXPECT_NE(text.find(part), text.npos) << part << "\n" << text;
  }
  EXPECT_EQ(text.find("number=\"6\""), text.npos);  // excluded
}

TEST(CoverageReports, Text) {
  EXPECT_EQ(render_coverage_text(sample(), {}),
            "coverage\n"
            "  statements ✗ 1 of 2 (50 %)\n"
            "  conditions ✗ 3 of 4 (75 %)\n"
            "  elements   ✗ 3 of 4 (75 %)\n"
            "  variables  ✗ 1 of 2 (50 %)\n"
            "  effects    ✗ 1 of 2 (50 %)\n"
            "\n"
            "guard  statements 1 of 2 (50 %), conditions 3 of 4 (75 %)\n"
            "  ✗ policies/guard.json:3:10  `StringEquals K1` of `First` is never false\n"
            "  ✗ policies/guard.json:5:3  statement 1 is never asked\n"
            "  - policies/guard.json:6:3  statement 2 is excluded: not yet in use\n"
            "\n"
            "2 gaps of elements and variables; -v names them\n");
  TestRenderOptions verbose;
  verbose.verbosity = 1;
  verbose.unicode = false;
  const std::string text = render_coverage_text(sample(), verbose);
  EXPECT_NE(text.find("  x policies/guard.json:3:17  `${v}` of `First` is never unresolved\n"),
            text.npos);
  EXPECT_NE(text.find("  x policies/guard.json:5:4  `Action` of statement 1 is never matched\n"),
            text.npos);
  EXPECT_EQ(text.find("-v names them"), text.npos);
}

TEST(CoverageReports, Json) {
  std::string text;
  text::JsonWriter json(text);
  write_coverage(json, sample());
  EXPECT_EQ(text.rfind(R"({"ratios":{"statements":{"hit":1,"total":2},)", 0), 0U) << text;
  EXPECT_NE(
      text.find(R"({"kind":"condition","what":"StringEquals K1","line":3,"column":10,)"
                R"("end_line":3,"end_column":22,"outcomes":{"true":3,"false":0,"absent":2}})"),
      text.npos)
      << text;
  EXPECT_NE(text.find(R"("effect":"Deny","line":6,"column":3,"end_line":6,"end_column":22,)"
                      R"("evaluated":0,"matched":0,"decisive":0,"excluded":"not yet in use")"),
            text.npos)
      << text;
}

TEST(CoveragePaint, OfStatementsAndItems) {
  const CoverageReport report = sample();
  const std::vector<gate::StatementCoverage>& all = report.policies[0].statements;
  EXPECT_EQ(paint_of(all[0]), Paint::kPartly);
  EXPECT_EQ(paint_of(all[1]), Paint::kUncovered);
  EXPECT_EQ(paint_of(all[2]), Paint::kExcluded);
  EXPECT_EQ(paint_of(all[0].items[0]), Paint::kCovered);
  EXPECT_EQ(paint_of(all[0].items[1]), Paint::kPartly);
  gate::StatementCoverage whole = all[0];
  whole.items.resize(1);
  EXPECT_EQ(paint_of(whole), Paint::kCovered);
  whole.decisive = 0;
  EXPECT_EQ(paint_of(whole), Paint::kPartly);
}

// Parts within parts, counted in code points.
TEST(CoveragePaint, MarksParts) {
  const std::string rows = paint_source(sample().policies[0], 10'000);
  EXPECT_NE(
      rows.find("<tr class=\"cov-p\"><td>3</td><td>◐</td><td>3 × true, 0 × false, 2 × absent; "
                "5 × true</td><td><code>   &quot;C&quot;: {<span class=\"cov-m cov-p\" "
                "title=\"StringEquals K1: 3 × true, 0 × false, 2 × absent\">&quot;K1&quot;: &quot;"
                "<span class=\"cov-m cov-p\" title=\"${v}: 5 × resolved, 0 × unresolved\">${v}"
                "</span>&quot;</span>, <span class=\"cov-m cov-y\" title=\"StringEquals é: 5 × "
                "true\">&quot;é&quot;: &quot;y&quot;</span>}</code></td></tr>\n"),
      rows.npos)
      << rows;
  EXPECT_NE(rows.find("<td>5</td><td>✗</td><td>asked 0, matches 0, decides 0</td>"), rows.npos);
  EXPECT_NE(rows.find("<tr class=\"cov-x\"><td>6</td><td>–</td>"), rows.npos);
}

// A part that goes on is marked on each of its lines, outside of what begins where it goes on.
TEST(CoveragePaint, LinesThatContinue) {
  gate::PolicyCoverage policy = sample().policies[0];
  policy.source = "k:\n  ${v} y\n  x\n";
  policy.statements.resize(1);
  policy.statements[0].range = {1, 1, 3, 4};
  policy.statements[0].items = {
      {ItemKind::kVariable, "${v}", {2, 3, 2, 7}, {{"resolved", 1}, {"unresolved", 0}}},
      {ItemKind::kCondition, "C", {1, 1, 3, 4}, {{"true", 1}}}};
  const std::string rows = paint_source(policy, 10'000);
  EXPECT_NE(rows.find("<code>  <span class=\"cov-m cov-y\" title=\"C: 1 × true\"><span "
                      "class=\"cov-m cov-p\" title=\"${v}: 1 × resolved, 0 × unresolved\">${v}"
                      "</span> y</span></code>"),
            rows.npos)
      << rows;
  EXPECT_NE(rows.find("<code>  <span class=\"cov-m cov-y\" title=\"C: 1 × true\">x</span></code>"),
            rows.npos)
      << rows;
}

TEST(CoverageHtml, WithoutTheSourceWhereItIsTooLarge) {
  CoverageReport report = sample();
  report.policies[0].source.assign(3'000'000, '\n');
  report.policies[0].statements[0].range.end_line = 2'000'000;
  const std::string page = render_coverage_html_section(report);
  EXPECT_NE(page.find("The source is not shown"), page.npos);
  EXPECT_LT(page.size(), 100'000U);
}

TEST(CoverageHtml, HasEverything) {
  const std::string page = render_coverage_html_section(sample());
  for (const char* part : {"<section id=\"coverage\"", "href=\"#cov-0\"", "id=\"cov-0\" open",
                           "<code>StringEquals K1</code> of <code>First</code> is never false",
                           "is excluded: not yet in use", "prefers-color-scheme:dark"}) {
    EXPECT_NE(page.find(part), page.npos) << part;
  }
}

// Nothing that a policy says is markup, and ranges beyond the source do no harm.
TEST(CoverageReports, HostileText) {
  CoverageReport report = make_sample_run(true).coverage;
  report.policies[0].name = report.policies[0].file = hostile_text();
  report.policies[0].statements[0].items[0].range = {2, 900, 70'000, 3};
  report.policies[0].statements[0].range = {0, 0, 4'000'000'000U, 1};
  std::string json_text;
  text::JsonWriter json(json_text);
  write_coverage(json, report);
  for (const std::string& text :
       {render_coverage_html_section(report), render_test_cobertura(with(report), {}),
        render_test_lcov(with(report), {}), render_coverage_text(report, {}), json_text}) {
    EXPECT_EQ(text.find('\x1b'), text.npos);
    EXPECT_EQ(text.find('\x07'), text.npos);
    const bool keeps_all = text[0] == '{';  // JSON, which can hold it
    EXPECT_TRUE(keeps_all || text.find("\xE2\x80\xAE") == text.npos) << text;
  }
  for (const std::string& text :
       {render_coverage_html_section(report), render_test_cobertura(with(report), {})}) {
    EXPECT_EQ(text.find("<script"), text.npos);
    EXPECT_EQ(text.find("]]>"), text.npos);
  }
  const std::string lcov = render_test_lcov(with(report), {});
  EXPECT_EQ(lcov.find("\n# 1"), lcov.npos);
}

}  // namespace
}  // namespace policysim::report
