// Exact decimal numbers: no double, no limit on digits, no allocation.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

namespace policysim::values {

// Views into the text it was parsed from, which must outlive it. Trivially copyable.
struct Decimal {
  bool negative = false;
  std::string_view integer;   // without leading zeros
  std::string_view fraction;  // without trailing zeros
  std::int64_t exponent = 0;  // of ten; only with `allow_exponent`
};

// `[+-]?digits(.digits)?`, surrounding blanks ignored; with `allow_exponent` also `e[+-]?digits`
// (option number.exponent). Everything else (hex, 10abc, NaN) is not a number.
std::optional<Decimal> parse_decimal(std::string_view text, bool allow_exponent = false) noexcept;

// -0 equals 0. Exact for any size.
std::strong_ordering compare(const Decimal& a, const Decimal& b) noexcept;

}  // namespace policysim::values
