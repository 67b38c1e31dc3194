#include "values/timestamp.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace policysim::values {
namespace {

TEST(Timestamp, Seconds) {
  const struct {
    const char* text;
    std::int64_t seconds;
  } rows[] = {
      {"1970", 0},
      {"1970-01", 0},
      {"1970-01-01", 0},
      {"1970-01-01T00:00", 0},
      {"1970-01-01T00:00Z", 0},
      {"1970-01-01T00:00:00Z", 0},
      {"1970-01-01T00:00:00.0Z", 0},
      {"1969-12-31T23:59:59Z", -1},
      {"0001-01-01", -62135596800},
      {"9999-12-31T23:59:59Z", 253402300799},
      {"2024", 1704067200},  // four digits are a year
      {"2024-02-29T12:30:15Z", 1709209815},
      {"2024-01-01T02:00:00+02:00", 1704067200},
      {"2023-12-31T18:30:00-05:30", 1704067200},
      {"2024-01-01T02:00+02:00", 1704067200},
      {"2024-01-01T00:00:00", 1704067200},  // no zone: UTC
      {"0001-01-01T00:00:00+23:59", -62135683140},
      {" 2024-01-01 ", 1704067200},
      {"00000", 0},
      {"01970", 1970},
      {"1704067200", 1704067200},
      {"1704067200.0", 1704067200},
      {"1704067200000", 1704067200000},  // milliseconds are read as seconds
      {"\t1704067200\n", 1704067200},
  };
  for (const auto& row : rows) {
    const auto time = parse_timestamp(row.text);
    ASSERT_TRUE(time) << row.text;
    EXPECT_EQ(time->seconds, row.seconds) << row.text;
    EXPECT_TRUE(time->magnitude.empty()) << row.text;
    EXPECT_TRUE(time->fraction.empty()) << row.text;
  }
}

TEST(Timestamp, WhatIsNoDate) {
  for (const char* text : {"",
                           " ",
                           "1",
                           "12",
                           "123",
                           "123.5",
                           "2024.5",
                           "0000-01-01",
                           "2024-",
                           "2024-1",
                           "2024-00",
                           "2024-13",
                           "2024-01-",
                           "2024-01-1",
                           "2024-01-00",
                           "2024-02-30",
                           "2023-02-29",
                           "1900-02-29",
                           "2024-04-31",
                           "2024-01-01T",
                           "2024-01-01T00",
                           "2024-01T00:00Z",
                           "2024T00:00Z",
                           "2024-01-01Z",
                           "2024-01-01 00:00:00Z",
                           "2024-01-01t00:00:00Z",
                           "2024-01-01T00:00:00z",
                           "2024-01-01T24:00:00Z",
                           "2024-01-01T00:60:00Z",
                           "2024-01-01T00:00:60Z",
                           "2024-01-01T00:00:00.Z",
                           "2024-01-01T00:00.5Z",
                           "2024-01-01T00:00:00Zx",
                           "2024-01-01T00:00:00+02",
                           "2024-01-01T00:00:00+0200",
                           "2024-01-01T00:00:00+24:00",
                           "2024-01-01T00:00:00+02:60",
                           "2024-01-01T00:00:00+02:00Z",
                           "20240101T000000Z",
                           "24-01-01",
                           "-2024",
                           "-17040672000",
                           "+1704067200",
                           "1704067200.",
                           "1704067200.5.5",
                           "1704067200e3",
                           "12345-01-01",
                           "next tuesday"}) {
    EXPECT_FALSE(parse_timestamp(text)) << text;
    EXPECT_FALSE(parse_timestamp(text, true)) << text;
  }
}

TEST(Timestamp, FourDigitsAsEpoch) {
  EXPECT_EQ(parse_timestamp("2024", true)->seconds, 2024);
  EXPECT_EQ(parse_timestamp("0000", true)->seconds, 0);
  EXPECT_FALSE(parse_timestamp("0000"));  // there is no year 0
  EXPECT_EQ(parse_timestamp("2024-01", true)->seconds, 1704067200);
}

TEST(Timestamp, Order) {
  // Ascending; each group is one instant.
  const std::vector<std::vector<std::string>> groups = {
      {"1969-12-31T23:59:59.999Z"},
      {"1970", "00000", "00000.000"},
      {"00000.0001"},
      {"2023-12-31T23:59:59Z", "1704067199"},
      {"2024-01-01T00:00:00.4990Z", "1704067200.499"},
      {"2024-01-01T00:00:00.5Z", "2024-01-01T01:00:00.500+01:00", "1704067200.50"},
      {"1704067201"},
      {"999999999999999999"},
      {"1000000000000000000", "0001000000000000000000.0"},
      {"1000000000000000000.1"},
      {"9223372036854775807"},
      {"9223372036854775808"},
      {std::string(400, '9')},
      {"1" + std::string(400, '0')},
  };
  for (std::size_t i = 0; i < groups.size(); ++i) {
    for (std::size_t j = 0; j < groups.size(); ++j) {
      for (const std::string& a : groups[i]) {
        for (const std::string& b : groups[j]) {
          const auto x = parse_timestamp(a);
          const auto y = parse_timestamp(b);
          ASSERT_TRUE(x && y) << a << " " << b;
          EXPECT_EQ(compare(*x, *y), i <=> j) << a << " " << b;
        }
      }
    }
  }
}

TEST(Timestamp, FormatRoundTrips) {
  for (const char* text :
       {"0001-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "1970-01-01T00:00:00Z",
        "2024-02-29T23:59:59Z", "2026-09-26T04:46:59Z", "9999-12-31T23:59:59Z"}) {
    EXPECT_EQ(format_timestamp(parse_timestamp(text)->seconds), text);
  }
}

}  // namespace
}  // namespace policysim::values
