#include "text/source.hpp"

#include <gtest/gtest.h>

#include <string>

#include "read_helpers.hpp"

namespace policysim::text {
namespace {

TEST(Source, LocatesInCodePoints) {
  const Source source("f", "aé\xF0\x9F\x98\x80z\n\r\nx\n");
  EXPECT_EQ(source.locate(0), (Location{"f", 1, 1}));
  EXPECT_EQ(source.locate(1), (Location{"f", 1, 2}));
  EXPECT_EQ(source.locate(3), (Location{"f", 1, 3}));
  EXPECT_EQ(source.locate(7), (Location{"f", 1, 4}));
  EXPECT_EQ(source.locate(8), (Location{"f", 1, 5}));  // the line end belongs to its line
  EXPECT_EQ(source.locate(9), (Location{"f", 2, 1}));
  EXPECT_EQ(source.locate(11), (Location{"f", 3, 1}));
  EXPECT_EQ(source.locate(13), (Location{"f", 4, 1}));
  EXPECT_EQ(source.locate(4'000'000), (Location{"f", 4, 1}));
}

TEST(Source, LocatesFarIntoLongLines) {
  std::string text = "x\n";
  for (int i = 0; i < 5'000; ++i) text += "é";
  const Source source("f", text);
  for (std::uint32_t i = 0; i <= 5'000; ++i) {
    ASSERT_EQ(source.locate(2 + 2 * i), (Location{"f", 2, i + 1}));
  }
  EXPECT_EQ(Source("f", std::string(2'048, 'a')).locate(2'048), (Location{"f", 1, 2'049}));
}

TEST(Source, LinesWithoutTheirEnds) {
  const Source source("f", "ab\r\n\nc\rd");
  EXPECT_EQ(source.line_count(), 3U);
  EXPECT_EQ(source.line(1), "ab");
  EXPECT_EQ(source.line(2), "");
  EXPECT_EQ(source.line(3), "c\rd");
  EXPECT_EQ(source.line(0), "");
  EXPECT_EQ(source.line(4), "");
  EXPECT_EQ(Source("f", "").line_count(), 1U);
}

TEST(SourceMap, AddressesAreStable) {
  SourceMap sources;
  const std::uint32_t first = sources.add("first", "1");
  const Source* address = &sources[first];
  for (int i = 0; i < 100; ++i) sources.add("more", "2\n3");
  EXPECT_EQ(address, &sources[first]);
  EXPECT_EQ(sources.size(), 101U);
  EXPECT_EQ(sources.locate({5, 2, 3}), (Location{"more", 2, 1}));
  EXPECT_EQ(sources.locate({101, 0, 0}), Location{});
}

TEST(Node, KindNames) {
  EXPECT_EQ(kind_name(NodeKind::kNull), "null");
  EXPECT_EQ(kind_name(NodeKind::kBool), "boolean");
  EXPECT_EQ(kind_name(NodeKind::kNumber), "number");
  EXPECT_EQ(kind_name(NodeKind::kString), "string");
  EXPECT_EQ(kind_name(NodeKind::kList), "list");
  EXPECT_EQ(kind_name(NodeKind::kMap), "object");
}

TEST(Node, DuplicateKeysAreFoundEverywhere) {
  const Reading reading(R"([{"a": {"b": 1, "b": 2}, "A": 3, "a": 4}, {"a": 5}])");
  std::vector<Diagnostic> found;
  find_duplicate_keys(*reading.tree, found);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].rule, "PS1002");
  EXPECT_EQ(found[0].message, "duplicate key `b`");
  EXPECT_EQ(found[0].span.begin, 16U);
  ASSERT_EQ(found[0].related.size(), 1U);
  EXPECT_EQ(found[0].related[0].begin, 8U);
  EXPECT_EQ(found[1].message, "duplicate key `a`");
  EXPECT_EQ(found[1].span.begin, 33U);
}

}  // namespace
}  // namespace policysim::text
