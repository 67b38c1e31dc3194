// Reports of test runs: hostile text, limits of the sinks, and what is named where. Schemas are
// held against the same runs by tests/meta/test_reports.py.
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>

#include "report/github_command.hpp"
#include "report/test_grid.hpp"
#include "report/test_words.hpp"
#include "unit/report/sample_run.hpp"

namespace policysim::report {
namespace {

using gate::Status;
using gate::TestResult;
using Json = nlohmann::ordered_json;

std::string render(const char* format, const TestReport& report,
                   const TestRenderOptions& options = {}) {
  return find_test_format(format)->render(report, options);
}

TestReport only(const gate::TestRun& run) { return {&run, nullptr, nullptr, nullptr, nullptr}; }

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + part.size())) {
    ++count;
  }
  return count;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> out;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) out.push_back(line);
  return out;
}

bool starts_with(const std::string& text, const std::string& start) {
  return text.compare(0, start.size(), start) == 0;
}

TEST(TestFormats, AreFoundByName) {
  std::set<std::string_view> names;
  for (const TestFormat& format : test_formats()) {
    EXPECT_EQ(find_test_format(format.name), &format);
    EXPECT_FALSE(format.summary.empty());
    names.insert(format.name);
  }
  for (const char* name : {"text", "json", "ndjson", "junit", "sarif", "github", "gitlab",
                           "markdown", "tap", "html", "matrix"}) {
    EXPECT_EQ(names.count(name), 1U) << name;
  }
  EXPECT_EQ(find_test_format("junitt"), nullptr);
}

TEST(TestFormats, TakeRunsWithoutOtherPartsAndWithoutTests) {
  const gate::TestRun nothing;
  const SampleRun sample = make_sample_run(true);
  for (const TestFormat& format : test_formats()) {
    if (format.needs_coverage) continue;
    EXPECT_FALSE(format.render(only(nothing), {}).empty()) << format.name;
    EXPECT_FALSE(format.render(sample.tests(), {}).empty()) << format.name;
  }
}

// What reorders, hides or steers a terminal must not come through anywhere; JSON and workflow
// commands have escapes of their own for control characters.
TEST(HostileText, NeverComesThroughRaw) {
  const SampleRun sample = make_sample_run(true);
  for (const char* name :
       {"junit", "github", "gitlab", "sarif", "markdown", "tap", "html", "matrix"}) {
    const std::string out = render(name, sample.all());
    for (const char* raw : {"\x1b", "\r", "\x07", "\xFF", "\xE2\x80\xAE"}) {
      EXPECT_EQ(out.find(raw), out.npos) << name << ": " << static_cast<int>(raw[0]);
    }
  }
  for (const char* name : {"json", "ndjson"}) {
    const std::string out = render(name, sample.all());
    for (const char* raw : {"\x1b", "\r", "\x07", "\xFF"}) EXPECT_EQ(out.find(raw), out.npos);
  }
  for (const char* name : {"junit", "html"}) {
    const std::string out = render(name, sample.all());
    EXPECT_EQ(out.find("<script>alert"), out.npos) << name;
    EXPECT_EQ(out.find("]]>"), out.npos) << name;
    EXPECT_EQ(out.find("\xEF\xBF\xBE"), out.npos) << name;
  }
}

TEST(TestJson, HoldsEverything) {
  const SampleRun sample = make_sample_run(true);
  const Json run = Json::parse(render("json", sample.all()));
  EXPECT_EQ(run["version"], 1);
  EXPECT_EQ(run["summary"]["total"], 10);
  EXPECT_EQ(run["summary"]["failed"], 3);
  ASSERT_EQ(run["results"].size(), 10U);
  const Json& cell = run["results"][0];
  EXPECT_EQ(cell["matrix"], "departments");
  EXPECT_EQ(cell["values"].dump(), R"({"who":"finance","action":"kms:Decrypt"})");
  EXPECT_EQ(cell["decision"], "allow");
  EXPECT_TRUE(cell["record"].is_null());
  const Json& denied = run["results"][4];
  EXPECT_TRUE(denied["matrix"].is_null());
  EXPECT_EQ(denied["mismatches"].size(), 2U);
  EXPECT_EQ(denied["wanted"][0]["parts"][2]["outcome"], "absent");
  EXPECT_EQ(denied["record"]["statement"], 1);
  EXPECT_EQ(run["results"][5]["record"]["error"]["code"], "PS1111");
  EXPECT_FALSE(run["coverage"].is_null());
  EXPECT_FALSE(run["mutation"].is_null());
  EXPECT_EQ(run["base"]["before"], "origin/main");
  const Json tests = Json::parse(render("json", sample.tests()));
  for (const char* part : {"coverage", "mutation", "golden", "base"}) {
    EXPECT_TRUE(tests[part].is_null()) << part;
  }
}

TEST(TestNdjson, IsTheSameALineEach) {
  const SampleRun sample = make_sample_run(true);
  const Json run = Json::parse(render("json", sample.all()));
  const std::vector<std::string> lines = lines_of(render("ndjson", sample.all()));
  ASSERT_EQ(lines.size(), 11U);
  for (std::size_t i = 0; i < 10; ++i) EXPECT_EQ(Json::parse(lines[i]), run["results"][i]);
  Json end = Json::parse(lines[10]);
  EXPECT_EQ(end["summary"], run["summary"]);
  EXPECT_EQ(end["golden"], run["golden"]);
}

TEST(TestGithub, EscapesAndCounts) {
  gate::TestRun run = make_case_run(1);
  run.results[0].id = "a%b\nc";
  run.results[0].location.file = "a,b:c.yaml";
  EXPECT_EQ(render("github", only(run)),
            "::error file=a%2Cb%3Ac.yaml,line=30,col=5,title=PS4004 test-failed::a%25b%0Ac: "
            "expected explicit_deny, is allow by identity `dept` `Use`\n"
            "::notice title=policysim test::0 passed, 1 failed\n");
}

TEST(TestGithub, ShowsWhatAStepShowsAndSaysWhatIsLeftOut) {
  const SampleRun sample = make_sample_run(true);
  const gate::TestRun run = make_case_run(30'000);
  TestReport report = sample.all();
  report.run = &run;
  const std::vector<std::string> lines = lines_of(render("github", report));
  std::size_t errors = 0, warnings = 0, notices = 0;
  for (const std::string& line : lines) {
    errors += starts_with(line, "::error ") ? 1U : 0U;
    warnings += starts_with(line, "::warning ") ? 1U : 0U;
    notices += starts_with(line, "::notice ") ? 1U : 0U;
  }
  EXPECT_EQ(errors + warnings + notices, lines.size());
  EXPECT_EQ(errors, kMostAnnotations);
  EXPECT_LE(warnings, kMostAnnotations);
  EXPECT_EQ(notices, 1U);
  // 30,000 failures and three changes against the golden file are errors.
  EXPECT_NE(lines.back().find("not shown: 29993 errors"), std::string::npos) << lines.back();
}

// A run may fail although its tests pass: whoever reads a report sees why.
TEST(TestReport, SaysWhatFailsBesideTests) {
  const gate::TestRun run = make_matrix_run(4, 0);
  TestReport report = only(run);
  EXPECT_EQ(render("markdown", report).rfind("## ✅ policysim: 4 tests passed\n", 0), 0U);
  EXPECT_NE(render("html", report).find("<header class=\"good\">"), std::string::npos);
  report.failures = {"conditions: 2 of 3 (66 %), <b>"};
  EXPECT_EQ(render("markdown", report).rfind("## ❌ policysim: 4 tests passed\n\n- ❌ cond", 0), 0U)
      << render("markdown", report);
  const std::string page = render("html", report);
  EXPECT_NE(page.find("<header class=\"bad\">"), std::string::npos);
  EXPECT_NE(page.find("conditions: 2 of 3 (66 %), &lt;b&gt;"), std::string::npos);
  EXPECT_EQ(lines_of(render("github", report)).front(),
            "::error title=policysim test::conditions: 2 of 3 (66 %25), <b>");
}

TEST(TestReport, AnInterruptedRunIsNotGood) {
  gate::TestRun run = make_matrix_run(4, 0);
  run.interrupted = true;
  EXPECT_EQ(render("markdown", only(run)).rfind("## ❌", 0), 0U);
  EXPECT_NE(render("html", only(run)).find("<header class=\"bad\">"), std::string::npos);
}

TEST(TestGithub, TellsLikeFailuresOnceAndErrorsFirst) {
  const gate::TestRun cells = make_matrix_run(400, 1);
  EXPECT_EQ(lines_of(render("github", only(cells))).size(), 2U);
  const SampleRun sample = make_sample_run(false);
  const std::vector<std::string> lines = lines_of(render("github", sample.all()));
  EXPECT_NE(lines[0].find("PS4010 test-errored"), std::string::npos);
  EXPECT_NE(lines[1].find("2 tests: expected allow"), std::string::npos);
}

Json sarif_results(const TestReport& report) {
  return Json::parse(render("sarif", report))["runs"][0]["results"];
}

TEST(TestSarif, HasARuleForEachPart) {
  const SampleRun sample = make_sample_run(true);
  std::set<std::string> rules;
  for (const Json& result : sarif_results(sample.all())) {
    rules.insert(result["ruleId"].get<std::string>());
    EXPECT_EQ(result["locations"].size(), 1U);
    EXPECT_EQ(result["message"]["text"].get<std::string>().find("]("), std::string::npos);
  }
  EXPECT_EQ(rules,
            (std::set<std::string>{"PS4004", "PS4010", "PS4011", "PS4012", "PS4013", "PS4014"}));
}

TEST(TestSarif, FingerprintsFollowNamesButNoLines) {
  const auto print_of = [](const gate::TestRun& run) {
    return sarif_results(only(run))[0]["partialFingerprints"]["policysim/v1"].get<std::string>();
  };
  const gate::TestRun run = make_case_run(1);
  gate::TestRun moved = run, renamed = run;
  moved.results[0].location = {"elsewhere.yaml", 77, 1};
  moved.results[0].mismatches[0].actual = "implicit_deny";
  renamed.results[0].id = "another";
  EXPECT_EQ(print_of(moved), print_of(run));
  EXPECT_NE(print_of(renamed), print_of(run));
}

TEST(TestSarif, KeepsTheGravestOfTooMany) {
  const SampleRun sample = make_sample_run(false);
  const gate::TestRun run = make_case_run(30'000);
  TestReport report = sample.all();
  report.run = &run;
  const Json sarif = Json::parse(render("sarif", report))["runs"][0];
  EXPECT_EQ(sarif["results"].size(), 25'000U);
  EXPECT_GT(sarif["properties"]["omittedResults"], 5'000);
  for (const Json& result : sarif["results"]) ASSERT_EQ(result["level"], "error");
}

TEST(TestGitlab, FindingsAreUniqueAndPlaced) {
  const SampleRun sample = make_sample_run(true);
  gate::MutationReport mutation = sample.mutation;
  mutation.mutants.push_back(mutation.mutants[0]);  // the same change in another copy of the policy
  TestReport report = sample.all();
  report.mutation = &mutation;
  const Json findings = Json::parse(render("gitlab", report));
  std::set<std::string> prints;
  for (const Json& finding : findings) prints.insert(finding["fingerprint"].get<std::string>());
  EXPECT_EQ(prints.size(), findings.size());
  EXPECT_EQ(findings[0]["check_name"], "test-errored");
  EXPECT_EQ(findings[0]["severity"], "critical");
  EXPECT_EQ(findings[0]["location"]["path"], "fixtures/kms.yaml");
  EXPECT_EQ(findings[0]["location"]["lines"]["begin"], 30);
}

TEST(TestJunit, NamesCasesByFixtureAndMatrix) {
  const SampleRun sample = make_sample_run(false);
  const std::string out = render("junit", sample.all());
  EXPECT_NE(out.find("<testsuite name=\"kms\" tests=\"10\" failures=\"3\" errors=\"1\" "
                     "skipped=\"4\" time=\"0\">"),
            out.npos);
  EXPECT_NE(out.find("<testcase classname=\"kms.departments\" "
                     "name=\"departments[who=finance,action=kms:Decrypt]\" time=\"0\" "
                     "file=\"fixtures/kms.yaml\" line=\"12\"/>"),
            out.npos);
  EXPECT_NE(out.find("<skipped message=\"todo: needs the key&#39;s tags"), out.npos);
  EXPECT_NE(out.find("<skipped message=\"not run\"/>"), out.npos);
  EXPECT_NE(out.find("<property name=\"mutation.score\" value=\"10 of 11 (90 %)\"/>"), out.npos);
}

// A Sid or a name with line ends cannot pass for a line of the report.
TEST(TestJunit, LinesAreOurs) {
  const std::string hostile = render("junit", make_sample_run(true).all());
  const std::string plain = render("junit", make_sample_run(false).all());
  EXPECT_EQ(count_of(hostile, "\n"), count_of(plain, "\n"));
  EXPECT_EQ(hostile.find("\n::error"), hostile.npos);
}

TEST(TestJunit, FoldsPassedCellsWhereAsked) {
  const gate::TestRun run = make_matrix_run(100, 10);
  EXPECT_EQ(count_of(render("junit", only(run)), "<testcase "), 100U);
  TestRenderOptions fold;
  fold.fold_passed = true;
  const std::string out = render("junit", only(run), fold);
  EXPECT_EQ(count_of(out, "<testcase "), 11U);
  EXPECT_EQ(count_of(out, "<failure "), 10U);
  EXPECT_NE(out.find("name=\"departments[passed]\""), out.npos);
  EXPECT_NE(out.find("90 tests:"), out.npos);
}

TEST(TestJunit, FoldsByItselfWhatWouldBeTooLarge) {
  const std::string passed = render("junit", only(make_matrix_run(250'000, 10'000)));
  EXPECT_EQ(count_of(passed, "<testcase "), 26U);
  EXPECT_EQ(count_of(passed, "<failure "), 25U);
  // As many failures: a case for each way in which the tests of a matrix turned out.
  const std::string failed = render("junit", only(make_matrix_run(250'000, 2)));
  EXPECT_EQ(count_of(failed, "<testcase "), 2U);
  EXPECT_NE(failed.find("125000 tests: departments[failed]"), failed.npos);
  EXPECT_LT(failed.size(), 30'000'000U);
  // Few objects, but large ones.
  gate::TestRun large = make_case_run(10'000);
  for (TestResult& result : large.results) result.because = std::string(10'000, '&');
  EXPECT_LT(render("junit", only(large)).size(), 30'000'000U);
}

TEST(TestJunit, EqualNamesAreToldApart) {
  gate::TestRun run = make_case_run(3);
  for (TestResult& result : run.results) result.own_id = "same";
  const std::string out = render("junit", only(run));
  for (const char* name : {"name=\"same\"", "name=\"same #2\"", "name=\"same #3\""}) {
    EXPECT_EQ(count_of(out, name), 1U) << name;
  }
}

TEST(TestTap, HasVersionPlanAndDirectives) {
  const SampleRun sample = make_sample_run(false);
  const std::vector<std::string> lines = lines_of(render("tap", sample.tests()));
  EXPECT_EQ(lines[0], "TAP version 14");
  EXPECT_EQ(lines[1], "1..10");
  EXPECT_EQ(lines[2], "ok 1 - kms.departments[who=finance,action=kms:Decrypt]");
  const std::string out = render("tap", sample.tests());
  EXPECT_NE(out.find("\nok 7 - kms.later # SKIP RefuseForeignKeys\n"), out.npos);
  EXPECT_NE(out.find("\nok 8 - kms.passing-todo # TODO needs"), out.npos);
  EXPECT_NE(out.find("\nnot ok 9 - kms.failing-todo # TODO needs"), out.npos);
  EXPECT_NE(out.find("\nok 10 - kms.stopped # SKIP not run\n"), out.npos);
  EXPECT_EQ(out.find("Bail out!"), out.npos);
  gate::TestRun stopped = sample.run;
  stopped.interrupted = true;
  EXPECT_NE(render("tap", only(stopped)).find("\nBail out! interrupted\n"), out.npos);
}

TEST(TestMarkdown, IsNotGreenWhereAccessWidened) {
  gate::TestRun run = make_matrix_run(2, 0);
  TestReport report = only(run);
  EXPECT_EQ(render("markdown", report).find("## ✅"), 0U);
  gate::ChangeReport base;
  report.base = &base;
  EXPECT_EQ(render("markdown", report).find("## ✅"), 0U);
  base.changes.push_back(
      {"a", gate::Direction::kWidened, gate::DecisionSide{}, gate::DecisionSide{}, {}});
  EXPECT_EQ(render("markdown", report).find("## ⚠️"), 0U);
  report.base = nullptr;
  run.interrupted = true;
  EXPECT_EQ(render("markdown", report).find("## ❌"), 0U);
}

TEST(TestMarkdown, EveryRowOfATableHasItsColumns) {
  const SampleRun sample = make_sample_run(true);
  const std::string out = render("markdown", sample.all());
  std::size_t columns = 0;
  for (const std::string& line : lines_of(out)) {
    if (line.empty() || line[0] != '|') {
      columns = 0;
      continue;
    }
    const auto bars = static_cast<std::size_t>(std::count(line.begin(), line.end(), '|'));
    if (columns != 0) {
      EXPECT_EQ(bars, columns) << line;
    }
    columns = bars;
  }
  EXPECT_EQ(count_of(out, "<details"), count_of(out, "</details>"));
  for (const char* raw : {"<script", "@all", "](http", "\n::error"}) {
    std::string outside;  // of blocks of code, where nothing means anything
    bool inside = false;
    for (const std::string& line : lines_of(out)) {
      if (starts_with(line, "```")) inside = !inside;
      if (!inside) outside += line + "\n";
    }
    EXPECT_EQ(outside.find(raw), outside.npos) << raw;
  }
}

TEST(TestMarkdown, NoTextClosesABlockOfCode) {
  SampleRun sample = make_sample_run(false);
  sample.mutation.mutants[0].diff = "-a\n````\n<b>\n";
  const std::string out = render("markdown", sample.all());
  EXPECT_NE(out.find("`````diff\n-a\n````\n<b>\n`````\n"), out.npos);
}

TEST(TestMarkdown, LeavesOutWholeRowsOfWhatIsTooLarge) {
  for (const gate::TestRun& run : {make_case_run(30'000), make_matrix_run(60'000, 3)}) {
    const std::string out = render("markdown", only(run));
    EXPECT_LT(out.size(), std::size_t{1} << 20U);
    EXPECT_GT(out.size(), 900'000U);
    EXPECT_EQ(count_of(out, "<details"), count_of(out, "</details>"));
    const std::vector<std::string> lines = lines_of(out);
    EXPECT_NE(lines.back().find("left out"), std::string::npos) << lines.back();
    for (const std::string& line : lines) {
      if (!line.empty() && line[0] == '|') {
        EXPECT_EQ(line.back(), '|') << line;
      }
    }
  }
}

TEST(TestHtml, NamesEveryMismatch) {
  const gate::TestRun run = make_case_run(3'000);
  const std::string out = render("html", only(run));
  for (const TestResult& result : run.results) {
    ASSERT_NE(out.find("<code>" + result.id + "</code>"), out.npos) << result.id;
  }
}

TEST(TestHtml, StaysSmallWithManyCells) {
  for (const std::size_t every : {0U, 1U, 7U}) {
    EXPECT_LT(render("html", only(make_matrix_run(10'000, every))).size(), 2'000'000U) << every;
  }
  const std::string huge = render("html", only(make_matrix_run(60'000, 30'000)));
  EXPECT_NE(huge.find("2998 rows without a mismatch left out"), huge.npos);
}

constexpr const char* kMatrix = R"(departments  (kms, 2 failed)

  who                 kms:Decrypt  kms:Encrypt
  finance             ✓ I          ?
  RefuseForeignKeys  [i S]        [i S]

cases

  [✗ I] kms.denied
  [!]   kms.broken
   -    kms.later
   ✗ R  kms.passing-todo
   ✓ P  kms.failing-todo

)";

TEST(TestMatrix, IsATable) {
  const SampleRun sample = make_sample_run(false);
  const std::string out = render("matrix", sample.tests());
  EXPECT_EQ(out.substr(0, std::string(kMatrix).size()), kMatrix);
  TestRenderOptions ascii;
  ascii.unicode = false;
  const std::string plain = render("matrix", sample.tests(), ascii);
  EXPECT_NE(plain.find("  finance             + I          ?\n"), plain.npos) << plain;
  for (const char c : plain) EXPECT_GE(c, 0);
}

TEST(TestMatrix, NumbersColumnsThatAreTooWide) {
  const std::string out = render("matrix", only(make_matrix_run(40, 0)));
  EXPECT_NE(out.find("  who           1     2     3 "), out.npos) << out;
  EXPECT_NE(out.find("  columns: action\n  1   kms:Action0\n  2   kms:Action1\n"), out.npos);
}

gate::TestRun grid_run(const std::vector<std::vector<std::string>>& cells,
                       std::vector<std::string> dimensions) {
  gate::TestRun run;
  run.matrices = {{"f", "m", std::move(dimensions)}};
  for (const std::vector<std::string>& values : cells) {
    TestResult result;
    result.fixture = "f";
    result.group = "m";
    result.values = values;
    result.status = Status::kPassed;
    run.results.push_back(result);
  }
  return run;
}

TEST(Grid, KeepsTheOrderOfValuesWhereCellsAreExcluded) {
  const gate::TestRun run =
      grid_run({{"r", "b"}, {"r", "d"}, {"s", "a"}, {"s", "b"}, {"s", "c"}, {"s", "d"}, {"t", "e"}},
               {"row", "column"});
  const std::vector<Grid> grids = make_grids(run);
  ASSERT_EQ(grids.size(), 1U);
  EXPECT_EQ(grids[0].columns, (std::vector<std::string_view>{"a", "b", "c", "d", "e"}));
  ASSERT_EQ(grids[0].rows.size(), 3U);
  EXPECT_EQ(grids[0].at(0, 0), nullptr);
  EXPECT_EQ(grids[0].at(0, 1), &run.results[0]);
  EXPECT_EQ(grids[0].at(2, 4), &run.results[6]);
}

TEST(Grid, OfOneDimensionHasARowForEachValue) {
  const gate::TestRun run = grid_run({{"a"}, {"b"}}, {"who"});
  const std::vector<Grid> grids = make_grids(run);
  EXPECT_EQ(grids[0].rows.size(), 2U);
  EXPECT_EQ(grids[0].columns.size(), 1U);
  EXPECT_EQ(grids[0].at(1, 0), &run.results[1]);
}

TEST(Words, RatiosAreRoundedDown) {
  EXPECT_EQ(ratio_words({199, 200}), "199 of 200 (99 %)");
  EXPECT_EQ(ratio_words({200, 200}), "200 of 200 (100 %)");
  EXPECT_EQ(ratio_words({0, 0}), "none");
}

TEST(Words, GapsAreThoseOfStatementsThatCount) {
  const SampleRun sample = make_sample_run(false);
  const std::vector<Uncovered> gaps = list_uncovered(sample.coverage);
  ASSERT_EQ(gaps.size(), 2U);
  EXPECT_EQ(gaps[0].words, "`RefuseForeignKeys` never matches");
  EXPECT_EQ(gaps[1].words,
            "`Bool RefuseForeignKeys` of `RefuseForeignKeys` is never false, never absent");
}

}  // namespace
}  // namespace policysim::report
