#include "text/reader.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "read_helpers.hpp"

namespace policysim::text {
namespace {

using namespace std::string_literals;

std::string repeated(std::string_view text, std::size_t count) {
  std::string out;
  out.reserve(text.size() * count);
  for (std::size_t i = 0; i < count; ++i) out += text;
  return out;
}

TEST(Reader, SyntaxIsTakenFromTheFirstByte) {
  EXPECT_EQ(Reading("\xEF\xBB\xBF \n{\"a\": 1}").error(), "read");
  EXPECT_EQ(Reading("{a: 1}").error().substr(0, 6), "PS0101");
  EXPECT_EQ(Reading("{a: 1}", Syntax::kYaml).error(), "read");
  EXPECT_EQ(Reading(" [1]").error(), "read");
  EXPECT_EQ(Reading("a: 1").error(), "read");
  EXPECT_EQ(Reading("a: 1", Syntax::kJson).error().substr(0, 6), "PS0101");
  EXPECT_EQ(Reading("# c\n{a: 1}").error(), "read");
}

TEST(Reader, BytesThatNoLibraryMaySee) {
  struct Row {
    std::string text;
    std::string error;
  };
  const std::string binary = "\x7F"s + "ELF\x02\x01\x01" + std::string(9, '\0') + "\x03";
  const std::vector<Row> rows = {
      {"", "PS0006 1:1 the text is empty"},
      {"\xEF\xBB\xBF", "PS0006 1:1 the text is empty"},
      {binary, "PS0007 1:1 this is a binary file"},
      {"\x89PNG\r\n\x1A\n" + repeated("\xFF\xD8\x01", 20), "PS0007 1:1 this is a binary file"},
      {"{\"a\":\n \"\xC3(\"}", "PS0010 2:3 invalid UTF-8: byte 0xC3 at offset 8"},
      {"a: \xC0\xAF", "PS0010 1:4 invalid UTF-8: byte 0xC0 at offset 3"},
      {"a: \xED\xA0\x80", "PS0010 1:4 invalid UTF-8: byte 0xED at offset 3"},
      {"a: \xF4\x90\x80\x80", "PS0010 1:4 invalid UTF-8: byte 0xF4 at offset 3"},
      {"a: \xF0\x9F\x98", "PS0010 1:4 invalid UTF-8: byte 0xF0 at offset 3"},
      {"a: \xE0\x80\x80 \xFF", "PS0010 1:4 invalid UTF-8: byte 0xE0 at offset 3"},
      {"[\"a\",\n\"\0\"]"s, "PS0011 2:2 NUL byte at offset 7"},
      {"a: b\0\xFF"s, "PS0011 1:5 NUL byte at offset 4"},
      {"\xFF\xFE{\0}\0"s, "PS0012 1:1 text is encoded as UTF-16 or UTF-32"},
      {"\xFE\xFF\0{\0}"s, "PS0012 1:1 text is encoded as UTF-16 or UTF-32"},
      {"{\0}\0"s, "PS0012 1:1 text is encoded as UTF-16 or UTF-32"},
      {"\0{\0}"s, "PS0012 1:1 text is encoded as UTF-16 or UTF-32"},
  };
  for (const Row& row : rows) {
    for (const Syntax syntax : {Syntax::kAuto, Syntax::kJson, Syntax::kYaml}) {
      EXPECT_EQ(Reading(row.text, syntax).error(), row.error);
    }
  }
}

TEST(Reader, LimitOfBytes) {
  ReadLimits limits;
  limits.bytes = 6;
  EXPECT_EQ(Reading("[1234]", Syntax::kAuto, limits).error(), "read");
  EXPECT_EQ(Reading("[12345]", Syntax::kAuto, limits).error(), "PS0005 1:1 larger than 6 bytes");
}

TEST(Reader, LimitOfDepth) {
  const std::string ok = repeated("[", 100) + repeated("]", 100);
  EXPECT_EQ(Reading(ok, Syntax::kJson).error(), "read");
  EXPECT_EQ(Reading(ok, Syntax::kYaml).error(), "read");
  const std::string message = "PS0013 1:101 nested deeper than 100 levels";
  EXPECT_EQ(Reading("[" + ok + "]", Syntax::kJson).error(), message);
  EXPECT_EQ(Reading("[" + ok + "]", Syntax::kYaml).error(), message);
  EXPECT_EQ(Reading(repeated("- ", 101) + "a", Syntax::kYaml).error(),
            "PS0013 1:201 nested deeper than 100 levels");
  EXPECT_EQ(Reading(repeated("{\"a\":", 100'000), Syntax::kJson).error(),
            "PS0013 1:501 nested deeper than 100 levels");
  // Where brackets are never closed the library guesses a map around each.
  EXPECT_EQ(Reading(repeated("[", 100'000), Syntax::kYaml).error(),
            "PS0013 1:51 nested deeper than 100 levels");
}

// yaml-cpp has a limit of its own, which a generous caller meets first.
TEST(Reader, LimitOfDepthOfTheLibrary) {
  ReadLimits limits;
  limits.depth = 10'000;
  const std::string deep = repeated("[", 1'000) + repeated("]", 1'000);
  EXPECT_EQ(Reading(deep, Syntax::kYaml, limits).error(), "PS0013 1:500 nested too deep");
  EXPECT_EQ(Reading(deep, Syntax::kJson, limits).error(), "read");
}

TEST(Reader, LimitOfNodes) {
  ReadLimits limits;
  limits.nodes = 4;
  for (const Syntax syntax : {Syntax::kJson, Syntax::kYaml}) {
    EXPECT_EQ(Reading("[1, [2]]", syntax, limits).error(), "read");
    EXPECT_EQ(Reading("[1, [2, 3]]", syntax, limits).error(),
              "PS0014 1:9 more than 4 values in one text");
    EXPECT_EQ(Reading("[1, 2, 3, {}]", syntax, limits).error(),
              "PS0014 1:11 more than 4 values in one text");
  }
  EXPECT_EQ(Reading("- &a [1]\n- *a", Syntax::kYaml, limits).error(),
            "PS0014 1:6 more than 4 values in one text");
}

TEST(Reader, CarriageReturnLineFeed) {
  for (const Syntax syntax : {Syntax::kJson, Syntax::kYaml}) {
    const Reading reading("{\r\n  \"a\": 1,\r\n  \"b\": [\r\n    true\r\n  ]\r\n}\r\n", syntax);
    ASSERT_EQ(reading.error(), "read");
    EXPECT_EQ(reading.covered(reading.at("b/0")->span), "true");
    EXPECT_EQ(reading.sources.locate(reading.at("b/0")->span), (Location{"t", 4, 5}));
  }
}

TEST(Reader, HugeFlatInput) {
  constexpr std::size_t kCount = 100'000;
  const Reading json("[" + repeated("{\"a\": \"b\"},\n", kCount) + "0]");
  ASSERT_EQ(json.error(), "read");
  EXPECT_EQ(json.tree->items.size(), kCount + 1);
  EXPECT_EQ(json.covered(json.tree->items[kCount - 1].span), "{\"a\": \"b\"}");

  const Reading yaml(repeated("- {a: b}\n", kCount / 4));
  ASSERT_EQ(yaml.error(), "read");
  EXPECT_EQ(yaml.tree->items.size(), kCount / 4);
  EXPECT_EQ(yaml.covered(yaml.tree->items.back().span), "{a: b}");
}

// Time that grows with the square of the text would take minutes here.
TEST(Reader, HostileShapesTakeLinearTime) {
  constexpr std::size_t kCount = 100'000;
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(Reading("\"" + std::string(kCount * 5, 'x') + "\"", Syntax::kJson).error(), "read");
  EXPECT_EQ(Reading("{\"a\"" + std::string(kCount * 5, ' '), Syntax::kJson).error().substr(0, 6),
            "PS0104");
  EXPECT_EQ(Reading("a: " + repeated("word\n  ", kCount), Syntax::kYaml).error(), "read");
  EXPECT_EQ(Reading("[" + repeated("&a b, ", kCount / 4) + "*a]", Syntax::kYaml).error(), "read");
  EXPECT_EQ(Reading(repeated("#\n", kCount) + "a: b", Syntax::kYaml).error(), "read");
  EXPECT_EQ(Reading("{" + repeated("a,\n", kCount / 4) + "}", Syntax::kYaml).error(), "read");
  EXPECT_EQ(Reading("\"" + repeated("\\N", kCount) + "\"", Syntax::kYaml).error(), "read");
  EXPECT_EQ(Reading("a: |\n" + repeated("  x\n", kCount), Syntax::kYaml).error(), "read");
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(60));
}

}  // namespace
}  // namespace policysim::text
