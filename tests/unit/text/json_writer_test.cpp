#include "text/json_writer.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>

#include "read_helpers.hpp"

namespace policysim::text {
namespace {

std::string document(JsonStyle style) {
  std::string out;
  JsonWriter writer(out, style);
  writer.begin_object();
  writer.key("decision").value("allow");
  writer.key("list").begin_array().value(true).null().value(7).raw("1.50").end_array();
  writer.key("empty").begin_object().end_object();
  writer.key("none").begin_array().end_array();
  writer.key("nested").begin_array().begin_object().key("a").value(false).end_object().end_array();
  writer.end_object();
  return out;
}

TEST(JsonWriter, Compact) {
  EXPECT_EQ(document(JsonStyle::kCompact),
            R"({"decision":"allow","list":[true,null,7,1.50],"empty":{},"none":[],)"
            R"("nested":[{"a":false}]})");
}

TEST(JsonWriter, Pretty) {
  EXPECT_EQ(document(JsonStyle::kPretty), R"({
  "decision": "allow",
  "list": [
    true,
    null,
    7,
    1.50
  ],
  "empty": {},
  "none": [],
  "nested": [
    {
      "a": false
    }
  ]
})");
}

TEST(JsonWriter, Numbers) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_array();
  writer.value(std::numeric_limits<std::int64_t>::min());
  writer.value(std::numeric_limits<std::uint64_t>::max());
  writer.value(std::uint32_t{0}).value(std::int32_t{-1});
  writer.end_array();
  EXPECT_EQ(out, "[-9223372036854775808,18446744073709551615,0,-1]");
}

TEST(JsonWriter, AppendsToWhatIsThere) {
  std::string out = "data: ";
  JsonWriter(out).value("x");
  EXPECT_EQ(out, "data: \"x\"");
}

TEST(JsonWriter, EscapesText) {
  const auto written = [](std::string_view text) {
    std::string out;
    append_json_string(out, text);
    return out;
  };
  EXPECT_EQ(written("a\"b\\c/d"), R"("a\"b\\c/d")");
  EXPECT_EQ(written("\b\f\n\r\t"), R"("\b\f\n\r\t")");
  EXPECT_EQ(written(std::string_view("\0\x1f\x7f", 3)), R"("\u0000\u001f\u007f")");
  EXPECT_EQ(written("é😀\u2028"), "\"é😀\u2028\"");
  EXPECT_EQ(written("a\xC3(\xED\xA0\x80\xFF"), "\"a�(����\"");
}

TEST(JsonWriter, WhatIsWrittenReadsAsTheSame) {
  std::string every_byte;
  for (int c = 0; c < 128; ++c) every_byte += static_cast<char>(c);
  every_byte += "é😀";
  std::string out;
  JsonWriter writer(out, JsonStyle::kPretty);
  writer.begin_object().key(every_byte).value(every_byte).end_object();
  const Reading reading(out);
  ASSERT_EQ(reading.error(), "read");
  EXPECT_EQ(reading.tree->members[0].key, every_byte);
  EXPECT_EQ(reading.tree->members[0].value.text, every_byte);
}

}  // namespace
}  // namespace policysim::text
