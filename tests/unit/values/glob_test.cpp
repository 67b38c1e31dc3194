#include "values/glob.hpp"

#include <gtest/gtest.h>

#include <ctime>
#include <random>
#include <string>
#include <vector>

#include "unit/values/naive_glob.hpp"

namespace policysim::values {
namespace {

using Kind = GlobToken::Kind;

// One character a token: letters and colons are literals, `*` `?` cover anything, `~` `!` never a
// colon.
GlobToken token(char c, const char* text) {
  switch (c) {
    case '*':
      return {Kind::kAnyRun, {}};
    case '?':
      return {Kind::kAnyOne, {}};
    case '~':
      return {Kind::kSegmentRun, {}};
    case '!':
      return {Kind::kSegmentOne, {}};
    default:
      return {Kind::kLiteral, std::string_view(text, 1)};
  }
}

// The tokens are views into the pattern.
std::vector<GlobToken> tokens_of(std::string_view pattern) {
  std::vector<GlobToken> tokens;
  for (const char& c : pattern) tokens.push_back(token(c, &c));
  return tokens;
}

// The same with adjacent literals in one token.
std::vector<GlobToken> merged(const std::vector<GlobToken>& tokens) {
  std::vector<GlobToken> out;
  for (const GlobToken& next : tokens) {
    const bool joins =
        !out.empty() && out.back().kind == Kind::kLiteral && next.kind == Kind::kLiteral;
    if (joins) {
      out.back().text = std::string_view(out.back().text.data(), out.back().text.size() + 1);
    } else {
      out.push_back(next);
    }
  }
  return out;
}

// All words over `letters` up to a length.
std::vector<std::string> words(std::string_view letters, std::size_t longest) {
  std::vector<std::string> out{""};
  for (std::size_t begin = 0; !out.empty() && out[begin].size() < longest;) {
    const std::size_t end = out.size();
    for (; begin < end; ++begin) {
      for (const char c : letters) out.push_back(out[begin] + c);
    }
  }
  return out;
}

// `?` before a segment star is outside the contract.
bool within_contract(const std::string& pattern) {
  const std::size_t one = pattern.find('?');
  return one == std::string::npos || pattern.find('~', one) == std::string::npos;
}

void expect_as_naive(const std::string& pattern, const std::string& text) {
  const std::vector<GlobToken> single = tokens_of(pattern);
  const bool expected = naive_glob_match(single, text);
  ASSERT_EQ(glob_match(single, text), expected) << pattern << " on " << text;
  ASSERT_EQ(glob_match(merged(single), text), expected) << "merged " << pattern << " on " << text;
}

// Calls `matches(pattern, text)` for all small patterns and texts.
template <class Matches>
void expect_as_naive_on_everything_small(std::string_view pattern_letters, Matches matches) {
  const std::vector<std::string> texts = words("ab:", 5);
  for (const std::string& pattern : words(pattern_letters, 5)) {
    if (!within_contract(pattern)) continue;
    const std::vector<GlobToken> tokens = tokens_of(pattern);
    for (const std::string& text : texts) {
      if (matches(pattern, tokens, text) == naive_glob_match(tokens, text)) continue;
      FAIL() << pattern << " on " << text;
    }
  }
}

TEST(Glob, AgreesWithNaiveMatcherOnEverySmallPatternAndText) {
  expect_as_naive_on_everything_small(
      "ab:*?~!", [](const std::string&, std::span<const GlobToken> tokens,
                    const std::string& text) { return glob_match(tokens, text); });
}

TEST(Glob, PlainPatternsAgreeWithNaiveMatcherOnEverySmallPatternAndText) {
  expect_as_naive_on_everything_small(
      "ab:*?", [](const std::string& pattern, std::span<const GlobToken>, const std::string& text) {
        return glob_match(pattern, text);
      });
}

TEST(Glob, FindsEveryPeriodicNeedle) {
  const std::vector<std::string> texts = words("ab", 10);
  for (const std::string& needle : words("ab", 6)) {
    const std::string pattern = "*" + needle + "*";
    const std::vector<GlobToken> pieces = tokens_of(pattern);
    for (const std::string& text : texts) {
      ASSERT_EQ(glob_match(pieces, text), text.find(needle) != std::string::npos)
          << needle << " in " << text;
    }
  }
}

TEST(Glob, FindsNeedlesInLongTexts) {
  for (const std::size_t size : {1U, 2U, 70U, 300U}) {
    const std::string needle = std::string(size - 1, 'a') + "b";
    for (const std::size_t before : {0U, 1U, 255U, 256U, 257U, 2000U}) {
      for (const std::size_t after : {0U, 1U, 2000U}) {
        const std::string end(after, 'a');
        const std::string text = std::string(before, 'a') + needle + end;
        const std::string shorter = text.substr(0, before + size - 1) + "c" + end;
        EXPECT_TRUE(glob_match("*" + needle + "*", text)) << size << " " << before << " " << after;
        EXPECT_FALSE(glob_match("*" + needle + "*", shorter)) << size << " " << before;
        EXPECT_FALSE(glob_match("*" + needle + "*" + end + "c", text)) << size << " " << before;
      }
    }
  }
}

TEST(Glob, AgreesWithNaiveMatcherOnRandomLongerPatterns) {
  std::mt19937 random(20260926);
  const auto word = [&](std::string_view letters, std::size_t longest) {
    std::string out(random() % (longest + 1), ' ');
    for (char& c : out) c = letters[random() % letters.size()];
    return out;
  };
  for (int i = 0; i < 60'000; ++i) {
    // Segment tokens before, any-character tokens behind, as resource patterns have them.
    const std::string pattern = word("aaab::*~~!", 14) + word("aab:*?", 4);
    if (within_contract(pattern)) expect_as_naive(pattern, word("aaab:", 24));
  }
}

struct Row {
  const char* pattern;
  const char* text;
  bool matches;
};

TEST(Glob, TwoKindsOfStar) {
  const Row rows[] = {
      {"arn:aws:s3:*:a~b:q", "arn:aws:s3:u:aX:v:ab:q", true},  // the first star takes u:aX:v
      {"arn:aws:s3:*:a~b:q", "arn:aws:s3:u:aX:v:b:q", false},
      {"arn:aws:s3:*:a~b:q", "arn:aws:s3:u:a:b:q", false},  // the second never takes a colon
      {"*:a~b", ":a:ab:a", false},
      {"*:a~b", ":a:a:ab", true},
      {"~*~", "a:b", true},
      {"a~b*c", "aXbc:c", true},
      {"a~:~b*", "a:b", true},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(glob_match(tokens_of(row.pattern), row.text), row.matches)
        << row.pattern << " on " << row.text;
  }
}

TEST(Glob, PlainPatterns) {
  const Row rows[] = {
      {"", "", true},
      {"", "a", false},
      {"*", "", true},
      {"**", "a:b", true},
      {"?", "", false},
      {"get*acl", "getobjectacl", true},
      {"get*acl", "getacl", true},
      {"get*acl", "getaclx", false},
      {"a*a", "a", false},
      {"*a*b*", "xbxax", false},
      {"?*?", "a", false},
      {"?*?", "ab", true},
      {"[a-z]", "b", false},
      {"\\*", "\\x", true},
      {"Ä*", "Ärger", true},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(glob_match(row.pattern, row.text), row.matches) << row.pattern << " on " << row.text;
  }
}

TEST(Glob, QuestionMarkCountsCodePointsOrUtf16Units) {
  struct UnitRow {
    const char* pattern;
    const char* text;
    bool code_points;
    bool utf16;
  };
  const UnitRow rows[] = {
      {"?", "é", true, true},
      {"?", "€", true, true},
      {"??", "€", false, false},
      {"*??", "€", false, false},
      {"?", "😀", true, false},
      {"??", "😀", false, true},
      {"*?", "😀", true, true},  // the run takes the first unit
      {"*?*?", "😀", false, true},
      {"*?*?*?", "😀", false, false},
      {"?a", "😀a", true, false},
      {"*?a", "😀a", true, true},
      {"a?", "a😀", true, false},
      {"a??*", "a😀", false, true},
      {"*a???b", "xa😀éb", false, true},
      {"*a??b", "xa😀éb", true, false},
      {"?", "\xC3", true, true},       // cut sequence
      {"??", "\xC3\x28", true, true},  // C3 without its continuation, then a parenthesis
      {"??", "\xE2\x82", true, true},
      {"*??", "a\xF0\x9F\x98", true, true},
      {"???", "\xED\xA0\x80", true, true},  // an encoded surrogate is three bytes
      {"??", "\xC0\x80", true, true},       // overlong
  };
  for (const UnitRow& row : rows) {
    EXPECT_EQ(glob_match(row.pattern, row.text), row.code_points) << row.pattern << " " << row.text;
    EXPECT_EQ(glob_match(row.pattern, row.text, CharUnit::kUtf16), row.utf16)
        << row.pattern << " " << row.text;
  }
}

TEST(Glob, EmptyLiteralsMeanNothing) {
  const GlobToken nothing{Kind::kLiteral, {}};
  const GlobToken run{Kind::kSegmentRun, {}};
  const GlobToken a{Kind::kLiteral, "a"};
  EXPECT_TRUE(glob_match(std::vector{nothing, nothing}, ""));
  EXPECT_TRUE(glob_match(std::vector{run, nothing, run, nothing}, "x"));
  EXPECT_FALSE(glob_match(std::vector{run, nothing, run, nothing}, ":"));
  EXPECT_TRUE(glob_match(std::vector{run, nothing, a, nothing, a, run}, "xaay"));
}

// Hostile patterns on two megabytes; quadratic work would take minutes. The bound is generous for
// unoptimized and instrumented builds.
class GlobTime : public testing::Test {
 protected:
  static constexpr std::size_t kSize = 2'000'000;

  static std::string repeated(std::string_view piece, std::size_t count) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i) out += piece;
    return out;
  }

  template <class Pattern>
  static void expect_fast(const Pattern& pattern, const std::string& text, bool matches) {
    const std::clock_t begin = std::clock();  // of the processor: the machine may be busy
    EXPECT_EQ(glob_match(pattern, text), matches);
    EXPECT_LT(std::clock() - begin, 20 * CLOCKS_PER_SEC);
  }
};

TEST_F(GlobTime, ManyStars) {
  expect_fast(repeated("*a", 3000) + "*b*", std::string(kSize, 'a'), false);
}
TEST_F(GlobTime, LongLiteral) {
  expect_fast("*" + std::string(6000, 'a') + "b*", std::string(kSize, 'a'), false);
}
TEST_F(GlobTime, LongLiteralAfterQuestionMark) {
  expect_fast("*b?" + std::string(6000, 'a') + "*", std::string(kSize, 'a'), false);
}
TEST_F(GlobTime, LongAdjacentLiterals) {
  const std::string half(kSize / 4, 'a');
  const std::string other = half + 'b';
  const std::vector<GlobToken> pattern{
      {Kind::kAnyRun, {}}, {Kind::kLiteral, half}, {Kind::kLiteral, other}, {Kind::kAnyRun, {}}};
  expect_fast(pattern, std::string(kSize, 'a'), false);
  const std::vector<GlobToken> reversed{
      {Kind::kAnyRun, {}}, {Kind::kLiteral, other}, {Kind::kLiteral, half}, {Kind::kAnyRun, {}}};
  expect_fast(reversed, std::string(kSize, 'a') + other + half, true);
}
TEST_F(GlobTime, RestartsOfTheAnyRun) {
  expect_fast(tokens_of("arn:*:a~b:q"), "arn:" + repeated(":a", kSize / 2) + ":b:q", false);
  expect_fast(tokens_of("arn:*:a~b:q"), "arn:" + repeated(":aaaaaab", kSize / 8) + ":b:q", false);
  expect_fast(tokens_of("arn:*:a~b:q"), "arn:" + repeated(":a", kSize / 2) + ":ab:q", true);
  const std::string stars = "arn:*" + repeated("~a", 2000) + "~b~:q";
  const std::string segments = repeated(":" + std::string(2001, 'a'), kSize / 2002);
  expect_fast(tokens_of(stars), "arn:" + segments + ":q", false);
}
TEST_F(GlobTime, RestartsWithLongLiteralFullOfColons) {
  const std::string value = repeated(":a", kSize / 4);
  const std::vector<GlobToken> pattern{{Kind::kAnyRun, {}},
                                       {Kind::kLiteral, value},
                                       {Kind::kSegmentRun, {}},
                                       {Kind::kLiteral, "b:q"}};
  expect_fast(pattern, repeated(":a", kSize / 2) + ":b:q", false);
}

}  // namespace
}  // namespace policysim::values
