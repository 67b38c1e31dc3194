// Instants: W3C date-time or epoch seconds, exact, no allocation.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace policysim::values {

// Whole seconds since 1970-01-01T00:00:00Z (floor) and the decimal digits after them. `digits` is a
// view into the parsed text. Epochs beyond 64 bits are saturated into `overflow` order: compare by
// `magnitude` then. Trivially copyable.
struct Timestamp {
  std::int64_t seconds = 0;
  std::string_view fraction;   // without trailing zeros
  std::string_view magnitude;  // digits of an epoch that 64 bits do not hold; else empty
};

// YYYY, YYYY-MM, YYYY-MM-DD, YYYY-MM-DDThh:mm[:ss[.s]][TZD] (no TZD: UTC); digits of five or more
// (fraction allowed) are epoch seconds; four digits are a year unless `four_digits_epoch` (option
// date.four_digits). Blanks around are ignored. Invalid days (2024-02-30) are no date.
std::optional<Timestamp> parse_timestamp(std::string_view text,
                                         bool four_digits_epoch = false) noexcept;

std::strong_ordering compare(const Timestamp& a, const Timestamp& b) noexcept;

// "2026-01-01T00:00:00Z" for seconds within years 0001 to 9999.
std::string format_timestamp(std::int64_t seconds);

}  // namespace policysim::values
