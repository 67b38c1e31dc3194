// Documents of the field parse, or are rejected as expected-findings.txt says, and survive a round
// trip.
#include "corpora/corpora.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <string>

#include "policy/parse.hpp"

namespace policysim::corpora {
namespace {

constexpr std::size_t kDocuments = 1645 + 488;

// Lines of "file:line rule@line:column[,rule@line:column…] name: reason"; `#` starts a comment.
std::map<std::string, std::string> read_expected() {
  std::ifstream file(PSIM_SOURCE_DIR "/tests/corpora/expected-findings.txt");
  std::map<std::string, std::string> expected;
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    std::string id;
    std::string findings;
    if (line.empty() || line[0] == '#' || !(words >> id >> findings)) continue;
    expected[id] = findings;
  }
  return expected;
}

std::string describe_errors(const policy::Parsed& parsed, const text::SourceMap& sources) {
  std::string out;
  for (const Diagnostic& finding : parsed.findings) {
    if (finding.severity != Severity::kError) continue;
    const Location place = sources.locate(finding.span);
    out += (out.empty() ? "" : ",") + finding.rule + "@" + std::to_string(place.line) + ":" +
           std::to_string(place.column);
  }
  return out;
}

// Calls `visit` for each document, or says that there is nothing to do.
void visit_all(const std::function<void(const Entry&)>& visit) {
  const auto folder = find_folder();
  if (!folder) {
    std::cout << "no corpora here (POLICYSIM_CORPORA names their folder): nothing was checked\n";
    return;
  }
  std::size_t count = 0;
  std::string problem;
  const bool complete = for_each(
      *folder,
      [&](const Entry& entry) {
        ++count;
        visit(entry);
      },
      problem);
  EXPECT_TRUE(complete) << problem;
  EXPECT_EQ(count, kDocuments);
}

TEST(Corpora, ParseOrAreRejectedAsListed) {
  std::map<std::string, std::string> expected = read_expected();
  EXPECT_LE(expected.size() * 50, kDocuments) << "more than two of a hundred are rejected";
  bool visited = false;
  visit_all([&](const Entry& entry) {
    visited = true;
    const policy::Parsed parsed = policy::parse(entry.document, entry.type);
    const auto listed = expected.find(entry.id);
    const std::string wanted = listed == expected.end() ? std::string() : listed->second;
    EXPECT_EQ(describe_errors(parsed, entry.sources), wanted) << entry.id << " " << entry.name;
    EXPECT_EQ(parsed.usable, wanted.empty()) << entry.id;
    if (listed != expected.end()) expected.erase(listed);
  });
  if (visited) {
    EXPECT_TRUE(expected.empty()) << expected.begin()->first << " is no line of a corpus";
  }
}

// Names that the service reference lacks are rare in the field: 62 documents when this was written,
// most of them about services that AWS has given up.
TEST(Corpora, NamesAreKnown) {
  constexpr std::string_view kRules[] = {"PS1214", "PS1215", "PS1216",
                                         "PS1217", "PS1218", "PS1219"};
  std::size_t found = 0;
  bool visited = false;
  visit_all([&](const Entry& entry) {
    visited = true;
    const policy::Parsed parsed = policy::parse(entry.document, entry.type);
    found += std::any_of(parsed.findings.begin(), parsed.findings.end(), [&](const auto& finding) {
      return std::find(std::begin(kRules), std::end(kRules), finding.rule) != std::end(kRules);
    });
  });
  if (!visited) return;
  EXPECT_GE(found, 40U);
  EXPECT_LE(found, 80U);
}

TEST(Corpora, SurviveARoundTrip) {
  visit_all([](const Entry& entry) {
    const policy::Parsed parsed = policy::parse(entry.document, entry.type);
    if (!parsed.usable) return;
    text::SourceMap sources;
    const std::uint32_t source = sources.add(entry.id, policy::unparse(parsed.document));
    const auto root = text::read(sources, source);
    ASSERT_TRUE(root.has_value()) << entry.id;
    EXPECT_EQ(policy::parse(*root, entry.type).document, parsed.document) << entry.id;
  });
}

}  // namespace
}  // namespace policysim::corpora
