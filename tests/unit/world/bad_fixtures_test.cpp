// Every row of bad_fixtures.txt: what is wrong, where, and in which words.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "catalog/rules.hpp"
#include "world/fixture.hpp"

namespace policysim::world {
namespace {

struct Row {
  std::string name;
  std::string text;
  std::vector<std::string> findings;  // "RULE line:column words"
};

std::vector<Row> read_rows() {
  std::ifstream file(PSIM_SOURCE_DIR "/tests/unit/world/bad_fixtures.txt");
  std::vector<Row> rows;
  for (std::string line; std::getline(file, line);) {
    if (line.rfind("=== ", 0) == 0) {
      rows.push_back({line.substr(4), "policysim: 1\n", {}});
    } else if (line.rfind("--> ", 0) == 0) {
      rows.back().findings.push_back(line.substr(4));
    } else if (!rows.empty()) {
      rows.back().text += line + "\n";
    }
  }
  return rows;
}

std::vector<std::string> found(const FixtureFailure& failure) {
  std::vector<std::string> out;
  for (const Diagnostic& finding : failure.error.diagnostics) {
    if (finding.severity != Severity::kError) continue;
    const Location at = failure.sources->locate(finding.span);
    out.push_back(finding.rule + " " + std::to_string(at.line) + ":" + std::to_string(at.column) +
                  " " + finding.message);
  }
  return out;
}

// "PS2002 2:1 words" is expected where "PS2002 2:1 some words here" is found.
bool meets(const std::string& expected, const std::string& actual) {
  const std::size_t words = expected.find(' ', expected.find(' ') + 1) + 1;
  return actual.compare(0, words, expected, 0, words) == 0 &&
         actual.find(expected.substr(words), words) != std::string::npos;
}

TEST(BadFixtures, AreReported) {
  const std::vector<Row> rows = read_rows();
  ASSERT_GT(rows.size(), 60U);
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    FixtureFailure failure;
    const auto fixture = load_fixture_text("test.yaml", row.text, &failure);
    ASSERT_FALSE(fixture.has_value());
    const std::vector<std::string> actual = found(failure);
    std::ostringstream shown;
    for (const std::string& line : actual) shown << "--> " << line << "\n";
    ASSERT_EQ(actual.size(), row.findings.size()) << shown.str();
    for (std::size_t i = 0; i < actual.size(); ++i) {
      EXPECT_TRUE(meets(row.findings[i], actual[i])) << row.findings[i] << "\n" << shown.str();
    }
    EXPECT_EQ(failure.error.code, failure.error.diagnostics.front().rule);
    for (const Diagnostic& finding : failure.error.diagnostics) {
      EXPECT_NE(catalog::find_rule(finding.rule), nullptr) << finding.rule;
    }
  }
}

TEST(BadFixtures, HelpWithNames) {
  FixtureFailure failure;
  const auto fixture = load_fixture_text(
      "test.yaml",
      "policysim: 1\nworld: {policies: {dept-iam: a.json}, groups: {g: {policies: [dept-aim]}}}",
      &failure);
  ASSERT_FALSE(fixture.has_value());
  EXPECT_EQ(failure.error.diagnostics.front().help, "did you mean `dept-iam`?");
}

TEST(BadFixtures, NeedTheirHeader) {
  for (const char* text : {"world: {}\n", "policysim: 2\n", "[]\n", "policysim: {}\n"}) {
    const auto fixture = load_fixture_text("test.yaml", text);
    ASSERT_FALSE(fixture.has_value()) << text;
    EXPECT_TRUE(fixture.error().code == "PS2001" || fixture.error().code == "PS2003") << text;
  }
}

TEST(BadFixtures, SyntaxIsTheReadersBusiness) {
  for (const char* text : {"", "{", "a: [", "policysim: 1\n\tx: y"}) {
    const auto fixture = load_fixture_text("test.yaml", text);
    ASSERT_FALSE(fixture.has_value()) << text;
    EXPECT_EQ(fixture.error().code.substr(0, 3), "PS0") << text;
  }
}

TEST(BadFixtures, MissingFile) {
  const auto fixture = load_fixture("/no/such/fixture.yaml");
  ASSERT_FALSE(fixture.has_value());
  EXPECT_EQ(fixture.error().code, "PS0001");
}

TEST(BadFixtures, InterpolationCannotFillMemory) {
  std::string text = "vars: {v0: [x, x, x, x]";
  for (int i = 1; i < 40; ++i) {
    const std::string last = "\"${{ v" + std::to_string(i - 1) + " }}\"";
    text += ", v" + std::to_string(i) + ": [" + last + ", " + last + ", " + last + "]";
  }
  const auto fixture =
      load_fixture_text("test.yaml", "policysim: 1\n" + text +
                                         "}\nworld: {groups: {g: {policies: \"${{ v39 }}\"}}}\n");
  ASSERT_FALSE(fixture.has_value());
  EXPECT_EQ(fixture.error().code, "PS2011");
}

}  // namespace
}  // namespace policysim::world
