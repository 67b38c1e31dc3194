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

TEST(YamlReader, ScalarsStayText) {
  const std::vector<SpanCase> rows = {
      {"a: 012345678901", "a", kString, "012345678901", "012345678901"},
      {"a: 123456789012", "a", kNumber, "123456789012", "123456789012"},
      {"a: -1.50e+3", "a", kNumber, "-1.50e+3", "-1.50e+3"},
      {"a: 1.", "a", kString, "1.", "1."},
      {"a: .5", "a", kString, ".5", ".5"},
      {"a: 1e", "a", kString, "1e", "1e"},
      {"a: -x", "a", kString, "-x", "-x"},
      {"a: 0x1F", "a", kString, "0x1F", "0x1F"},
      {"a: 1_000", "a", kString, "1_000", "1_000"},
      {"a: 2012-10-17", "a", kString, "2012-10-17", "2012-10-17"},
      {"a: yes", "a", kString, "yes", "yes"},
      {"a: True", "a", kString, "True", "True"},
      {"a: true", "a", kBool, "true", "true"},
      {"a: false # x", "a", kBool, "false", "false"},
      {"a: 'true'", "a", kString, "true", "'true'"},
      {"a: \"12\"", "a", kString, "12", "\"12\""},
      {"a: |\n  12\n", "a", kString, "12\n", "|\n  12"},
      {"a: null", "a", kNull, "", "null"},
      {"a: Null", "a", kNull, "", "Null"},
      {"a: NULL\n", "a", kNull, "", "NULL"},
      {"a: ~", "a", kNull, "", "~"},
      {"a: 'null'", "a", kString, "null", "'null'"},
      {"a: nullable", "a", kString, "nullable", "nullable"},
      {"a: ~b", "a", kString, "~b", "~b"},
      {"null: 1", "null", kNumber, "1", "1"},
      {"12: x", "12", kString, "x", "x"},
      {"true: x", "true", kString, "x", "x"},
      {"<<: x", "<<", kString, "x", "x"},
  };
  for (const SpanCase& row : rows) check_span(row, Syntax::kYaml);
}

TEST(YamlReader, ScalarSpans) {
  const std::vector<SpanCase> rows = {
      {"plain", "", kString, "plain", "plain"},
      {"a: b c  # d", "a", kString, "b c", "b c"},
      {"a: b\n  c\n\n  d\ne: f", "a", kString, "b c\nd", "b\n  c\n\n  d"},
      {"a: b#c:d", "a", kString, "b#c:d", "b#c:d"},
      {"a: arn:aws:s3:::b/*\n", "a", kString, "arn:aws:s3:::b/*", "arn:aws:s3:::b/*"},
      {"a: 'it''s' # x", "a", kString, "it's", "'it''s'"},
      {"a: 'x\n\n  y'\nb: c", "a", kString, "x\ny", "'x\n\n  y'"},
      {R"(a: "q\"\\\t\x41é\0")", "a", kString, "q\"\\\tAé\0"sv, R"("q\"\\\t\x41é\0")"},
      {R"(a: "é\N\_\u00e9")", "a", kString, "é\u0085\u00a0é", R"("é\N\_\u00e9")"},
      {"a: \"x\\\n   y\"\n", "a", kString, "xy", "\"x\\\n   y\""},
      {"\"a b\" : c", "a b", kString, "c", "c"},
      {"'a': \"b\"", "a", kString, "b", "\"b\""},
      {"a: |\n  x\n   y\n\nb: c", "a", kString, "x\n y\n", "|\n  x\n   y"},
      {"a: >-\n  x\n  y\n\n", "a", kString, "x y", ">-\n  x\n  y"},
      {"a: |+ # keep\n  x\n\nb: c", "a", kString, "x\n\n", "|+ # keep\n  x"},
      {"a: |2\n   x\nb: c", "a", kString, " x\n", "|2\n   x"},
      {"a: |\n\nb: c", "a", kString, "", "|"},
      {"- |\n x\n- y", "1", kString, "y", "y"},
      {"--- |\n x", "", kString, "x", "|\n x"},
  };
  for (const SpanCase& row : rows) check_span(row, Syntax::kYaml);
}

TEST(YamlReader, ContainerSpans) {
  const std::vector<SpanCase> rows = {
      {"# c\na: 1\nb: 2\n\n# d\n", "", kMap, "", "a: 1\nb: 2"},
      {"a:\n  b: c\n  d: e\nf: g", "a", kMap, "", "b: c\n  d: e"},
      {"a:\n- x\n- y: z\n", "a", kList, "", "- x\n- y: z"},
      {"a:\n- x\n- y: z\n", "a/1", kMap, "", "y: z"},
      {"- - a\n  - b\n- c", "0", kList, "", "- a\n  - b"},
      {"a: [ b , {c: d} ] # e", "a", kList, "", "[ b , {c: d} ]"},
      {"a: [ b , {c: d} ] # e", "a/1", kMap, "", "{c: d}"},
      {"a: [\n  b, # ]\n  c,\n]\n", "a", kList, "", "[\n  b, # ]\n  c,\n]"},
      {"a: []\nb: {}", "a", kList, "", "[]"},
      {"a: []\nb: { }", "b", kMap, "", "{ }"},
      {"[a: b, c]", "0", kMap, "", "a: b"},
      {"[a: b, c]", "1", kString, "c", "c"},
      {"{'a':b, \"c\":{d: e}}", "c", kMap, "", "{d: e}"},
      {"%YAML 1.2\n---\na: b\n...\n", "", kMap, "", "a: b"},
      {"\xEF\xBB\xBFé: \"ü\"\nb: [c]", "b/0", kString, "c", "c"},
      {"a: 'x\r\n y'\r\nb:\r\n- c\r\n", "b", kList, "", "- c"},
      {"a: |\r\n  x\r\n  y\r\nb: c\r\n", "a", kString, "x\ny\n", "|\r\n  x\r\n  y"},
  };
  for (const SpanCase& row : rows) check_span(row, Syntax::kYaml);
}

// An empty value has a span of no bytes; what follows it shows where.
TEST(YamlReader, EmptyValuesStandAfterTheirColon) {
  struct Row {
    std::string_view text;
    std::string_view path;
    std::size_t offset;
  };
  const std::vector<Row> rows = {
      {"a:\nb: c", "a", 2},           {"a:   # x\n\nnull: c", "a", 2}, {"{a: , b: c}", "a", 3},
      {"{a, b: c}", "a", 2},          {"{b: c, a}", "a", 8},           {"- \n- x", "0", 1},
      {"- x\n-\n", "1", 5},           {"k:\n-\nnull: x", "k/0", 4},    {"[a, , b]", "1", 3},
      {"a: &x\nnull: b", "a", 5},     {"a:\n  b:\nc: d", "a/b", 7},    {"a:\nnull : b", "a", 2},
      {"k:\n-\nnull{x: y", "k/0", 4}, {"a:\nnull b: c", "a", 2},       {"{a: , null b: c}", "a", 3},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.text);
    const Reading reading{std::string(row.text), Syntax::kYaml};
    ASSERT_EQ(reading.error(), "read");
    const Node* node = reading.at(row.path);
    ASSERT_NE(node, nullptr);
    EXPECT_TRUE(node->is_null());
    EXPECT_EQ(node->span.begin, row.offset);
    EXPECT_EQ(node->span.end, row.offset);
  }
}

TEST(YamlReader, KeysInFileOrderWithDuplicates) {
  const Reading reading("'a b': 1\nc d: 2\n\"a b\": 3\n", Syntax::kYaml);
  ASSERT_EQ(reading.error(), "read");
  const std::vector<Member>& members = reading.tree->members;
  ASSERT_EQ(members.size(), 3U);
  EXPECT_EQ(reading.covered(members[0].key_span), "'a b'");
  EXPECT_EQ(reading.covered(members[1].key_span), "c d");
  EXPECT_EQ(reading.covered(members[2].key_span), "\"a b\"");
  EXPECT_EQ(reading.tree->find("a b")->text, "1");
}

TEST(YamlReader, AliasesCopyTheAnchoredValue) {
  const Reading reading("a: &x\n  k: [1, &y two]\nb: *x\nc: [*y, *x]\nd: &x 3\ne: *x",
                        Syntax::kYaml);
  ASSERT_EQ(reading.error(), "read");
  EXPECT_EQ(reading.at("b/k/1")->text, "two");
  EXPECT_EQ(reading.at("c/0")->text, "two");
  EXPECT_EQ(reading.at("c/1/k/0")->text, "1");
  EXPECT_EQ(reading.at("e")->text, "3");
  // A span is where the text stands: at the anchor.
  EXPECT_EQ(reading.covered(reading.at("b")->span), "k: [1, &y two]");
  EXPECT_EQ(reading.covered(reading.at("c")->span), "[*y, *x]");
  EXPECT_EQ(reading.at("b")->span, reading.at("a")->span);
}

TEST(YamlReader, AliasBombsStopAtTheLimit) {
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 12; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    const std::string name = "a" + std::to_string(i);
    bomb += name + ": &" + name + " [";
    for (int k = 0; k < 10; ++k) bomb += before + (k < 9 ? ", " : "]\n");
  }
  const Reading reading(bomb, Syntax::kYaml);
  EXPECT_EQ(reading.error(), "PS0205 5:45 aliases copy in too much");
}

TEST(YamlReader, AliasesOfLongTextStopAtTheLimit) {
  ReadLimits limits;
  limits.bytes = 10'000;
  std::string text = "- &a " + std::string(2'000, 'x') + "\n";
  for (int i = 0; i < 6; ++i) text += "- *a\n";
  EXPECT_EQ(Reading(text, Syntax::kYaml, limits).error(), "PS0205 7:3 aliases copy in too much");
  limits.bytes = 20'000;
  EXPECT_EQ(Reading(text, Syntax::kYaml, limits).error(), "read");
}

TEST(YamlReader, AliasesCannotNestDeeperThanTheLimit) {
  std::string text = "- &a0 []\n";
  for (int i = 1; i < 100; ++i) {
    text += "- &a" + std::to_string(i) + " [*a" + std::to_string(i - 1) + "]\n";
  }
  EXPECT_EQ(Reading(text, Syntax::kYaml).error(), "PS0013 100:9 nested deeper than 100 levels");
}

TEST(YamlReader, Errors) {
  constexpr std::string_view kColon =
      "put text that holds `: ` in quotes, and check the indentation";
  constexpr std::string_view kEscapes = "in single quotes a backslash is plain text";
  constexpr std::string_view kTabs = "indent with blanks, not tabs";
  constexpr std::string_view kIndentation = "check the indentation";
  constexpr std::string_view kQuoteStar = "put text that starts with `*` in quotes";
  constexpr std::string_view kQuoteAmpersand = "put text that starts with `&` in quotes";
  constexpr std::string_view kAnchor =
      "an anchor stands before its aliases; put text that starts with `*` in quotes";
  constexpr std::string_view kTag = "remove it; text that starts with `!` stands in quotes";
  const std::vector<ErrorCase> rows = {
      {"a: b: c", "PS0201 1:5 unexpected `:`", kColon},
      {"a: b\n c: d", "PS0201 2:3 unexpected `:`", kColon},
      {"a:\n\tb: c", "PS0201 2:3 unexpected `:`", kTabs},
      {"a: [b\nc: d", "PS0201 2:2 expected `,` or `]`", "close the `[`"},
      {"a: {b: c\n", "PS0201 2:1 expected `,` or `}`", "close the `{`"},
      {"a: {b\n", "PS0201 2:1 expected `,` or `}`", "close the `{`"},
      {"a: {b: c} d", "PS0201 1:11 expected the next key or the end of the map", kIndentation},
      {"- a\nb\n", "PS0201 2:1 unexpected text after the document", "check quotes and indentation"},
      {"- a\n  - b\n- c\n d", "read", ""},
      {"a: - b", "PS0201 1:4 unexpected `-`", "a block list starts on its own line"},
      {"a: b\n]", "PS0201 2:1 closing bracket without an opening one", ""},
      {"a: b\nc\n", "PS0201 2:2 expected `:` after the key", ""},
      {"a: 'x", "PS0201 1:6 the quoted text is not closed", ""},
      {"a: 'x\n", "PS0201 1:4 the quoted text is not closed", ""},
      {"a: \"x\nb: y\n", "PS0201 1:4 the quoted text is not closed", ""},
      {"\"a\n---\n\"", "PS0201 2:1 document marker inside quoted text", ""},
      {"a: \"\\q\"", "PS0201 1:7 unknown escape in double quotes", kEscapes},
      {"a: \"\\xZZ\"", "PS0201 1:9 an escape needs more hexadecimal digits", kEscapes},
      {"a: \"\\ud800\"", "PS0201 1:11 an escape stands for no character", kEscapes},
      {"a: |0\n x", "PS0201 1:6 a block text cannot be indented by zero", ""},
      {"a: |x\n", "PS0201 1:5 unexpected text after `|` or `>`",
       "the text starts on the next line"},
      {"a: @x", "PS0201 1:4 unexpected `@`", "put text that starts with `@` in quotes"},
      {"a: %x", "PS0201 1:4 unexpected `%`", "put text that starts with `%` in quotes"},
      {"a: &x &y b", "PS0201 1:7 two anchors for one value", ""},
      {"a: !x !y b", "PS0201 1:7 two tags for one value", ""},
      {"a: &", "PS0201 1:4 an anchor needs a name after `&`", kQuoteAmpersand},
      {"a: *", "PS0201 1:4 an alias needs a name after `*`", kQuoteStar},
      {"\"a\" b", "PS0201 1:5 unexpected text after the document", "check quotes and indentation"},
      {"%YAML 9.1\n---\na", "PS0201 1:1 this is not valid YAML", ""},
      {"a: !Ref x", "PS0202 1:4 tag `!Ref` is not supported", kTag},
      {"a: !!str 12", "PS0202 1:4 tag `!!str` is not supported", kTag},
      {"a: &b ! c", "PS0202 1:7 tag `!` is not supported", kTag},
      {"a: !Sub [b]", "PS0202 1:4 tag `!Sub` is not supported", kTag},
      {"a: !Map\n  b: c", "PS0202 1:4 tag `!Map` is not supported", kTag},
      {"--- a\n--- b\n", "PS0203 2:1 a second document in one text", "split the file"},
      {"? a\n: b\n", "PS0204 1:1 an explicit key (`? key`)", "write `key: value`"},
      {"{a: b, ? c : d}", "PS0204 1:8 an explicit key (`? key`)", "write `key: value`"},
      {"{[a]: b}", "PS0204 1:2 a list or a map as key", "keys are plain or quoted text"},
      {"{a: b}: c", "PS0204 1:1 a list or a map as key", "keys are plain or quoted text"},
      {": a", "PS0204 1:1 a key is empty", ""},
      {"- &x a\n- *x : b", "PS0204 2:3 an alias as key", "write the key itself"},
      {"&x a: b", "PS0204 1:1 an anchor on a key", "anchors stand before values"},
      {"a: *x", "PS0206 1:4 alias `*x` has no anchor", kAnchor},
      {"Action: *", "PS0201 1:9 an alias needs a name after `*`", kQuoteStar},
      {"a: &x [*x]", "PS0206 1:8 alias `*x` stands in its own value", ""},
      {"a: &x\n  b: [{c: *x}]", "PS0206 2:11 alias `*x` stands in its own value", ""},
      {"a: b\x04", "PS0207 1:5 control character in YAML",
       "write it as an escape in double quotes"},
      {"a: b\rc: d", "PS0207 1:5 carriage return without line feed", "end lines with a line feed"},
      {"# nothing\n", "PS0006 1:1 the text is empty", ""},
  };
  for (const ErrorCase& row : rows) check_error(row, Syntax::kYaml);
}

}  // namespace
}  // namespace policysim::text
