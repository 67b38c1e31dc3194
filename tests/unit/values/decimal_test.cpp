#include "values/decimal.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace policysim::values {
namespace {

TEST(Decimal, WhatIsANumber) {
  for (const char* text : {"0", "10", "+10", "-10", "007", "1.0", "0.5", "-0.50", " 10 ", "\t1\n",
                           "123456789012345678901234567890.123456789012345678901234567890"}) {
    EXPECT_TRUE(parse_decimal(text)) << text;
    EXPECT_TRUE(parse_decimal(text, true)) << text;
  }
  for (const char* text : {"",
                           " ",
                           "+",
                           "-",
                           ".",
                           ".5",
                           "5.",
                           "1.",
                           "10abc",
                           "0x10",
                           "NaN",
                           "inf",
                           "1,000",
                           "1_000",
                           "--1",
                           "+-1",
                           "- 1",
                           "1 0",
                           "1.2.3",
                           "1e",
                           "e5",
                           "1e+",
                           "1e5.0",
                           "1e 5",
                           "\xC2\xA0"
                           "1"}) {
    EXPECT_FALSE(parse_decimal(text)) << text;
    EXPECT_FALSE(parse_decimal(text, true)) << text;
  }
}

TEST(Decimal, ExponentsAreNumbersOnlyWhenAskedFor) {
  for (const char* text : {"1e5", "1E5", "1.5e-3", "-1e+05", "1e000000000000000000000000001"}) {
    EXPECT_FALSE(parse_decimal(text)) << text;
    EXPECT_TRUE(parse_decimal(text, true)) << text;
  }
  EXPECT_FALSE(parse_decimal("1e1000000000000000000", true));  // an exponent of nineteen digits
}

std::strong_ordering order(const std::string& a, const std::string& b) {
  const auto x = parse_decimal(a, true);
  const auto y = parse_decimal(b, true);
  EXPECT_TRUE(x && y) << a << " " << b;
  return x && y ? compare(*x, *y) : std::strong_ordering::equal;
}

TEST(Decimal, EqualSpellings) {
  const std::vector<std::vector<std::string>> groups = {
      {"0", "-0", "+0", "0.0", "-0.000", "000", "0e5", "-0e-99"},
      {"2", "2.0", "+2", "002.000", "0.2e1", "20e-1", "0.0002e4"},
      {"-1.5", "-01.50", "-15e-1", "-0.15e1"},
      {"0.05", "5e-2", "0.50e-1", "00.0500"},
  };
  for (const auto& group : groups) {
    for (const std::string& a : group) {
      for (const std::string& b : group) EXPECT_TRUE(order(a, b) == 0) << a << " " << b;
    }
  }
}

TEST(Decimal, OrderIsExact) {
  // Ascending; every pair is compared.
  const std::vector<std::string> numbers = {
      "-1e999999999999999999",
      "-9007199254740993",
      "-9007199254740992",
      "-10.1",
      "-10",
      "-9",
      "-0.01",
      "-0.001",
      "0",
      "1e-999999999999999999",
      "0.001",
      "0.009",
      "0.01",
      "0.1",
      "0.10000000000000000000000000000000000001",
      "1",
      "9",
      "10",
      "10.05",
      "10.5",
      "99",
      "100",
      "9007199254740992",  // 2^53: a double cannot tell the next one
      "9007199254740993",
      "9223372036854775807",
      "9223372036854775808",
      "18446744073709551616",
      "18446744073709551616.1",
      "1" + std::string(100, '0'),
      "1e101",
  };
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    for (std::size_t j = 0; j < numbers.size(); ++j) {
      EXPECT_EQ(order(numbers[i], numbers[j]), i <=> j) << numbers[i] << " " << numbers[j];
    }
  }
}

TEST(Decimal, LongNumbers) {
  const std::string digits(1'000'000, '7');
  EXPECT_TRUE(order(digits, digits + ".0") == 0);
  EXPECT_TRUE(order(digits + "1", digits + "2") < 0);
  EXPECT_TRUE(order("0." + digits + "1", "0." + digits) > 0);
}

}  // namespace
}  // namespace policysim::values
