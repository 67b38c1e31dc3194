// Decisions on file: written, read back, compared; and files that somebody else wrote.
#include "gate/golden.hpp"

#include <gtest/gtest.h>

#include "gate/runner.hpp"
#include "text/source.hpp"
#include "unit/gate/suite_fixture.hpp"

namespace policysim::gate {
namespace {

constexpr const char* kCases = R"(
cases:
  - {id: reads, request: {principal: ann, action: "s3:GetObject", resource: "arn:aws:s3:::reports/a"}, expect: allow}
  - {id: secret, request: {principal: ann, action: "s3:GetObject", resource: "arn:aws:s3:::reports/secret/a"}, expect: deny}
  - {id: writes, request: {principal: ann, action: "s3:PutObject", resource: "arn:aws:s3:::reports/a"}, expect: deny}
  - {id: nobody, request: {principal: bob, action: "s3:PutObject", resource: "arn:aws:s3:::reports/a"}, expect: {error: PS3002}}
  - {id: later, skip: why, request: {principal: ann, action: "s3:PutObject", resource: "*"}, expect: deny}
)";

TestRun run(const std::string& cases) {
  std::vector<SuiteFinding> findings;
  const Suite suite = select_tests({small_fixture(cases)}, {}, false, findings);
  RunOptions options;
  options.hash_requests = true;
  return run_tests(suite, {}, options);
}

std::vector<GoldenEntry> read(const std::string& text) {
  text::SourceMap sources;
  auto entries = read_golden(sources, sources.add("golden", text));
  if (entries) return *std::move(entries);
  ADD_FAILURE() << entries.error().message;
  return {};
}

// "widened reads: the request changed; …"
std::string words(const ChangeReport& report) {
  std::string out;
  for (const DecisionChange& change : report.changes) {
    out += (out.empty() ? "" : "; ") + std::string(to_string(change.direction)) + " " + change.id;
    if (!change.note.empty()) out += ": " + change.note;
  }
  return out;
}

TEST(Golden, IsWrittenLineByLine) {
  const TestRun result = run(kCases);
  std::string text = write_golden(result);
  for (std::size_t at; (at = text.find("\"request\":\"")) != std::string::npos;) {
    EXPECT_EQ(text.find_first_not_of("0123456789abcdef", at + 11), at + 27) << text;
    text.erase(at, 29);
  }
  EXPECT_EQ(text,
            R"({"id":"reads","decision":"allow","layer":"identity","policy":"read","sid":"Read"}
{"id":"secret","decision":"explicit_deny","layer":"identity","policy":"read","sid":"NoSecrets"}
{"id":"writes","decision":"implicit_deny","layer":"identity","policy":null,"sid":null}
{"id":"nobody",)" +
                text.substr(text.find("\"nobody\"") + 9));
  EXPECT_NE(text.find("\"error\":\"PS"), std::string::npos) << text;
}

TEST(Golden, MeetsTheRunThatWroteIt) {
  const TestRun result = run(kCases);
  const std::string text = write_golden(result);
  const ChangeReport report = compare_golden("golden", read(text), result, {});
  EXPECT_EQ(words(report), "");
  EXPECT_EQ(report.compared, 4U);
  EXPECT_EQ(write_golden(run(kCases)), text);
}

TEST(Golden, TellsAChangedRequestFromAChangedDecision) {
  const std::vector<GoldenEntry> golden = read(write_golden(run(kCases)));
  std::string cases = kCases;
  // Another object, the same decision.
  cases.replace(cases.find("reports/a\"}, expect: allow"), 9, "reports/b");
  EXPECT_EQ(words(compare_golden("g", golden, run(cases), {})), "other reads: the request changed");
  // Another object, another decision.
  cases = kCases;
  cases.replace(cases.find("reports/secret/a"), 16, "reports/public/a");
  EXPECT_EQ(words(compare_golden("g", golden, run(cases), {})),
            "widened secret: the request changed");
  // Another policy, and other tests.
  std::vector<GoldenEntry> other = golden;
  other[0].decision.sid = "Old";
  other[1].id = "gone";
  EXPECT_EQ(words(compare_golden("g", other, run(kCases), {})),
            "other reads; added secret; removed gone");
}

TEST(Golden, MissesNothingInAPartOfTheTests) {
  const std::vector<GoldenEntry> golden = read(write_golden(run(kCases)));
  std::string cases = kCases;
  cases.erase(cases.find("  - {id: writes"));
  EXPECT_EQ(words(compare_golden("g", golden, run(cases), {"writes", "nobody"})), "");
  EXPECT_EQ(words(compare_golden("g", golden, run(cases), {})), "removed writes; removed nobody");
  // What is no longer there is told by a part, too.
  EXPECT_EQ(words(compare_golden("g", golden, run(cases), {"nobody"})), "removed writes");
}

// A test that is skipped now has no decision any more.
TEST(Golden, NoticesASkippedTest) {
  const std::vector<GoldenEntry> golden = read(write_golden(run(kCases)));
  std::string cases = kCases;
  cases.replace(cases.find("{id: reads,"), 11, "{id: reads, skip: no,");
  EXPECT_EQ(words(compare_golden("g", golden, run(cases), {})), "removed reads");
}

TEST(Golden, RequestsDifferByWhatIsAsked) {
  const auto hash = [](const std::string& request) {
    return run("\ncases:\n  - {id: a, request: {principal: ann, " + request + "}, expect: deny}\n")
        .results.front()
        .request;
  };
  const std::vector<std::string> requests = {
      R"(action: "s3:GetObject", resource: "arn:aws:s3:::reports/a")",
      R"(action: "s3:GetObject", resource: "arn:aws:s3:::reports/b")",
      R"(action: "s3:PutObject", resource: "arn:aws:s3:::reports/a")",
      R"(action: ["s3:GetObject", "s3:PutObject"], resource: "arn:aws:s3:::reports/a")",
      R"(action: "s3:GetObject", resource: "arn:aws:s3:::reports/a", source_ip: 10.0.0.1)",
      R"(action: "s3:GetObject", resource: "arn:aws:s3:::reports/a", context: {"x:y": a})",
      R"(action: "s3:GetObject", resource: "arn:aws:s3:::reports/a", context: {"x:y": [a]})",
      R"(action: "s3:GetObject", resource: "arn:aws:s3:::reports/a", context: {"x:y": null})",
      R"(action: "s3:GetObject", resource: "arn:aws:s3:::reports/a", missing: unknown)",
  };
  std::vector<std::uint64_t> hashes;
  for (const std::string& request : requests) {
    hashes.push_back(hash(request));
    EXPECT_NE(hashes.back(), 0U) << request;
    EXPECT_EQ(hashes.back(), hash(request)) << request;
    for (std::size_t i = 0; i + 1 < hashes.size(); ++i) {
      EXPECT_NE(hashes[i], hashes.back()) << requests[i] << "\n" << request;
    }
  }
}

struct Bad {
  const char* text;
  const char* finding;  // place, rule and message
};

TEST(Golden, FilesOfStrangersAreRefusedInPlace) {
  constexpr Bad kBad[] = {
      {"{\"id\":\"a\",\"decision\":\"allow\"}\n\n[]\n",
       "g:3:1 PS4040 a line of a golden file is an object"},
      {"<<<<<<< HEAD\n", "g:1:1 PS0101"},
      {"\n{\"id\":\"a\",\"decision\":\"maybe\"}",
       "g:2:1 PS4040 a line has a `decision` or an `error`"},
      {"{\"id\":\"a\"}", "g:1:1 PS4040 a line has a `decision` or an `error`"},
      {"{\"id\":\"a\",\"decision\":\"allow\",\"error\":\"x\"}", "g:1:1 PS4040 a line has"},
      {"{\"decision\":\"allow\"}", "g:1:1 PS4040 `id` is missing"},
      {"{\"id\":\"a\",\"decision\":\"allow\",\"more\":1}",
       "g:1:30 PS4040 a golden file has no member `more`"},
      {"{\"id\":7,\"decision\":\"allow\"}", "g:1:7 PS4040 `id` is a text or null"},
      {"{\"id\":\"a\",\"id\":\"b\",\"decision\":\"allow\"}", "g:1:11 PS1002"},
      {"{\"id\":\"a\",\"decision\":\"allow\"}\n{\"id\":\"a\",\"decision\":\"allow\"}",
       "g:2:7 PS4040 `a` stands here twice"},
      {"{\"id\":\"a\",\"request\":\"xyz\",\"decision\":\"allow\"}",
       "g:1:21 PS4040 `request` is no hash"},
      {"{\"id\":\"a\",\"sid\":[[[[[[[[[[1]]]]]]]]]]}", "PS0013"},
  };
  for (const Bad& bad : kBad) {
    SCOPED_TRACE(bad.text);
    text::SourceMap sources;
    sources.add("other", "x");
    const auto entries = read_golden(sources, sources.add("g", bad.text));
    ASSERT_FALSE(entries);
    const Diagnostic& finding = entries.error().diagnostics.front();
    const Location place = sources.locate(finding.span);
    const std::string words = place.file + ":" + std::to_string(place.line) + ":" +
                              std::to_string(place.column) + " " + finding.rule + " " +
                              finding.message;
    EXPECT_NE(words.find(bad.finding), std::string::npos) << words;
  }
}

TEST(Golden, ManyWrongLinesAreNotAllTold) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "x\n";
  text::SourceMap sources;
  const auto entries = read_golden(sources, sources.add("g", text));
  ASSERT_FALSE(entries);
  EXPECT_LE(entries.error().diagnostics.size(), 30U);
}

}  // namespace
}  // namespace policysim::gate
