#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "read_helpers.hpp"

namespace policysim::text {
namespace {

using namespace std::string_view_literals;

constexpr auto kNull = NodeKind::kNull;
constexpr auto kBool = NodeKind::kBool;
constexpr auto kNumber = NodeKind::kNumber;
constexpr auto kString = NodeKind::kString;
constexpr auto kList = NodeKind::kList;
constexpr auto kMap = NodeKind::kMap;

TEST(JsonReader, SpansAndValues) {
  const std::vector<SpanCase> rows = {
      {"null", "", kNull, "", "null"},
      {" true ", "", kBool, "true", "true"},
      {"false", "", kBool, "false", "false"},
      {"0", "", kNumber, "0", "0"},
      {"-1.50e+10\n", "", kNumber, "-1.50e+10", "-1.50e+10"},
      {"[1.0]", "0", kNumber, "1.0", "1.0"},
      {"[1 , -2,3]", "1", kNumber, "-2", "-2"},
      {"[1 , -2,3]", "2", kNumber, "3", "3"},
      {"{\"a\":123456789012345678901234567890}", "a", kNumber, "123456789012345678901234567890",
       "123456789012345678901234567890"},
      {"\"\"", "", kString, "", "\"\""},
      {R"(["a\"b\\\/\b\f\n\r\t"])", "0", kString, "a\"b\\/\b\f\n\r\t", R"("a\"b\\\/\b\f\n\r\t")"},
      {R"(["\u00e9\ud83d\ude00"])", "0", kString, "é😀", R"("\u00e9\ud83d\ude00")"},
      {R"(["\u0000"])", "0", kString, "\0"sv, R"("\u0000")"},
      {"[\"012345678901\"]", "0", kString, "012345678901", "\"012345678901\""},
      {"{\"é\": \"ü\", \"k\": [\"😀\", 7]}", "k/1", kNumber, "7", "7"},
      {" { } ", "", kMap, "", "{ }"},
      {"[ [ ], {}\n]", "0", kList, "", "[ ]"},
      {"[ [ ], {}\n]", "1", kMap, "", "{}"},
      {"[ [ ], {}\n]", "", kList, "", "[ [ ], {}\n]"},
      {"{\"a\" :\r\n\t{\"b\":[null , {\"c\":true}]}}", "a", kMap, "",
       "{\"b\":[null , {\"c\":true}]}"},
      {"{\"a\" :\r\n\t{\"b\":[null , {\"c\":true}]}}", "a/b/0", kNull, "", "null"},
      {"{\"a\" :\r\n\t{\"b\":[null , {\"c\":true}]}}", "a/b/1/c", kBool, "true", "true"},
      {"\xEF\xBB\xBF [1]", "0", kNumber, "1", "1"},
      {"{\"a\":\",:\",\"b\":2}", "b", kNumber, "2", "2"},
  };
  for (const SpanCase& row : rows) check_span(row, Syntax::kJson);
}

TEST(JsonReader, KeysInFileOrderWithDuplicates) {
  const Reading reading(R"({"b": 1 , "a\u0021":2,"b": 3})");
  ASSERT_EQ(reading.error(), "read");
  const std::vector<Member>& members = reading.tree->members;
  ASSERT_EQ(members.size(), 3U);
  EXPECT_EQ(members[0].key, "b");
  EXPECT_EQ(members[1].key, "a!");
  EXPECT_EQ(members[2].key, "b");
  EXPECT_EQ(reading.covered(members[1].key_span), R"("a\u0021")");
  EXPECT_EQ(reading.tree->find("b")->text, "1");
  EXPECT_EQ(reading.tree->find("c"), nullptr);
  EXPECT_EQ(reading.tree->find_member("a!")->value.text, "2");
  EXPECT_EQ(reading.tree->find_member("B"), nullptr);
}

TEST(JsonReader, Errors) {
  constexpr std::string_view kQuotes = R"(text stands in double quotes, as in `"Allow"`)";
  constexpr std::string_view kNoComments = "JSON has no comments";
  constexpr std::string_view kEscape = R"(a backslash itself is written `\\`)";
  constexpr std::string_view kLineEnd = R"(close it with `"`; a line end inside is written `\n`)";
  constexpr std::string_view kPair = R"(characters beyond U+FFFF take two `\u` escapes, or none)";
  const std::vector<ErrorCase> rows = {
      {"{\"a\" 1}", "PS0101 1:6 unexpected `1`, expected `:`", ""},
      {"{\"a\": 1,\n}", "PS0101 2:1 unexpected `}`, expected a key in double quotes",
       "remove the comma before it"},
      {"[1,]", "PS0101 1:4 unexpected `]`, expected a value", "remove the comma before it"},
      {"[1 2]", "PS0101 1:4 unexpected `2`, expected `,` or `]`", ""},
      {"{\"a\": 1 \"b\": 2}", "PS0101 1:9 unexpected `\"`, expected `,` or `}`", ""},
      {"{\"a\": [1}", "PS0101 1:9 unexpected `}`, expected `,` or `]`", ""},
      {"{,}", "PS0101 1:2 unexpected `,`, expected a key in double quotes or `}`", ""},
      {"[,]", "PS0101 1:2 unexpected `,`, expected a value or `]`", ""},
      {"{1: 2}", "PS0101 1:2 unexpected `1`, expected a key in double quotes or `}`", kQuotes},
      {"{a: 2}", "PS0101 1:2 unexpected `a`, expected a key in double quotes or `}`", kQuotes},
      {"{'a': 2}", "PS0101 1:2 unexpected `'`, expected a key in double quotes or `}`",
       "strings and keys stand in double quotes, as in `\"Action\"`"},
      {"{\"a\": Allow}", "PS0101 1:7 unexpected `Allow`, expected a value", kQuotes},
      {"{\"a\": True}", "PS0101 1:7 unexpected `True`, expected a value", "did you mean `true`?"},
      {"{\"a\": no}", "PS0101 1:7 unexpected `no`, expected a value", "did you mean `false`?"},
      {"{\"a\": None}", "PS0101 1:7 unexpected `None`, expected a value", "did you mean `null`?"},
      {"{\"a\": :}", "PS0101 1:7 unexpected `:`, expected a value", ""},
      {"{\"é\": é}", "PS0101 1:7 unexpected `é`, expected a value", ""},
      {"{ // x\n}", "PS0101 1:3 unexpected `/`, expected a key in double quotes or `}`",
       kNoComments},
      {"[1, # x\n2]", "PS0101 1:5 unexpected `#`, expected a value", kNoComments},
      {"[\"a", "PS0102 1:2 the string is not closed", "close it with `\"`"},
      {"[\"a\\", "PS0102 1:4 unknown escape `\\` in a string", kEscape},
      {"{\"a\n\": 1}", "PS0102 1:2 the string is not closed on its line", kLineEnd},
      {"[\"a\rb\"]", "PS0102 1:2 the string is not closed on its line", kLineEnd},
      {"[\"a\tb\"]", "PS0102 1:4 control character in a string", R"(a tab is written `\t`)"},
      {"[\"a\x01\"]", "PS0102 1:4 control character in a string", R"(write it as `\u00XX`)"},
      {R"(["\q"])", R"(PS0102 1:3 unknown escape `\q` in a string)", kEscape},
      {R"(["\é"])", R"(PS0102 1:3 unknown escape `\é` in a string)", kEscape},
      {R"(["\u12g4"])", R"(PS0102 1:3 `\u` needs four hexadecimal digits)", ""},
      {R"(["\u12)", R"(PS0102 1:3 `\u` needs four hexadecimal digits)", ""},
      {R"(["a\ud83d"])", R"(PS0102 1:4 `\ud83d` is half of a surrogate pair)", kPair},
      {R"(["\ud83dA\u0041"])", R"(PS0102 1:3 `\ud83d` is half of a surrogate pair)", kPair},
      {R"(["\uDE00"])", R"(PS0102 1:3 `\uDE00` is half of a surrogate pair)", kPair},
      {"[012345678901]", "PS0103 1:2 number `012345678901` has a leading zero",
       "write it in quotes"},
      {"-01", "PS0103 1:1 number `-01` has a leading zero", "write it in quotes"},
      {"[1e999]", "PS0103 1:2 number `1e999` is out of range", "write it in quotes"},
      {"[-]", "PS0103 1:2 `-` is not a number", "digits are missing"},
      {"[1.]", "PS0103 1:2 `1.` is not a number", "digits are missing"},
      {"[1.5E+]", "PS0103 1:2 `1.5E+` is not a number", "digits are missing"},
      {"", "PS0006 1:1 the text is empty", ""},
      {" \n", "PS0006 1:1 the text is empty", ""},
      {"{\"a\": [1,\n 2", "PS0104 2:3 unexpected end of the text, expected `,` or `]`", ""},
      {"{\"a\"", "PS0104 1:5 unexpected end of the text, expected `:`", ""},
      {"{\"a\":", "PS0104 1:6 unexpected end of the text, expected a value", ""},
      {"{", "PS0104 1:2 unexpected end of the text, expected a key in double quotes or `}`", ""},
      {"{} {}", "PS0105 1:4 unexpected `{` after the end of the document",
       "a JSON text holds one value"},
      {"1 // x", "PS0105 1:3 unexpected `/` after the end of the document", kNoComments},
  };
  for (const ErrorCase& row : rows) check_error(row, Syntax::kJson);
}

TEST(JsonReader, UnexpectedEndNamesTheOpenBracket) {
  const Reading reading("{\"a\": [1,\n 2");
  const Diagnostic& diagnostic = reading.tree.error().diagnostics.front();
  ASSERT_EQ(diagnostic.related.size(), 1U);
  EXPECT_EQ(reading.covered(diagnostic.related.front()), "[");
}

TEST(JsonReader, LongTokensAreShortenedInMessages) {
  const Reading reading("[" + std::string(1'000'000, 'x') + "]");
  ASSERT_FALSE(reading.tree);
  EXPECT_LT(reading.tree.error().message.size(), 150U);
  EXPECT_EQ(reading.tree.error().code, "PS0101");
}

}  // namespace
}  // namespace policysim::text
