#include "values/timestamp.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <limits>

#include "values/scan.hpp"

namespace policysim::values {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr std::int64_t kSecondsPerDay = 86'400;
constexpr std::size_t kInt64Digits = 18;  // every number of so many digits fits
constexpr std::int64_t kNothing = -1;

// A reader over the rest of a W3C date-time. Every step leaves the text alone when it does not fit.
class Scanner {
 public:
  explicit Scanner(std::string_view text) noexcept : rest_(text) {}

  bool at_end() const noexcept { return rest_.empty(); }
  bool skip(char c) noexcept {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  // Exactly `count` digits within the range, or kNothing.
  std::int64_t number(std::size_t count, std::int64_t low, std::int64_t high) noexcept {
    const std::string_view digits = take_digits(rest_.substr(0, count));
    if (digits.size() != count) return kNothing;
    const std::int64_t value = to_int64(digits);
    if (value < low || value > high) return kNothing;
    rest_.remove_prefix(count);
    return value;
  }
  std::string_view digits() noexcept {
    const std::string_view digits = take_digits(rest_);
    rest_.remove_prefix(digits.size());
    return digits;
  }

 private:
  std::string_view rest_;
};

// `Z`, `+hh:mm`, `-hh:mm` or nothing, to the end of the text; seconds east of UTC.
std::optional<std::int64_t> parse_zone(Scanner& scanner) noexcept {
  if (scanner.at_end()) return 0;
  if (scanner.skip('Z')) return scanner.at_end() ? std::optional<std::int64_t>(0) : std::nullopt;
  const bool west = scanner.skip('-');
  if (!west && !scanner.skip('+')) return std::nullopt;
  const std::int64_t hours = scanner.number(2, 0, 23);
  if (hours == kNothing || !scanner.skip(':')) return std::nullopt;
  const std::int64_t minutes = scanner.number(2, 0, 59);
  if (minutes == kNothing || !scanner.at_end()) return std::nullopt;
  const std::int64_t offset = hours * 3600 + minutes * 60;
  return west ? -offset : offset;
}

// `hh:mm[:ss[.s]]`, added to `time`.
bool parse_clock(Scanner& scanner, Timestamp& time) noexcept {
  const std::int64_t hours = scanner.number(2, 0, 23);
  if (hours == kNothing || !scanner.skip(':')) return false;
  const std::int64_t minutes = scanner.number(2, 0, 59);
  if (minutes == kNothing) return false;
  time.seconds += hours * 3600 + minutes * 60;
  if (!scanner.skip(':')) return true;
  const std::int64_t seconds = scanner.number(2, 0, 59);
  if (seconds == kNothing) return false;
  time.seconds += seconds;
  if (!scanner.skip('.')) return true;
  const std::string_view fraction = scanner.digits();
  time.fraction = without_trailing_zeros(fraction);
  return !fraction.empty();
}

std::optional<Timestamp> parse_date_time(std::string_view text) noexcept {
  Scanner scanner(text);
  const std::int64_t year = scanner.number(4, 1, 9999);
  if (year == kNothing) return std::nullopt;
  std::int64_t month = 1;
  std::int64_t day = 1;
  const bool has_month = scanner.skip('-');
  if (has_month) month = scanner.number(2, 1, 12);
  const bool has_day = has_month && month != kNothing && scanner.skip('-');
  if (has_day) day = scanner.number(2, 1, 31);
  if (month == kNothing || day == kNothing) return std::nullopt;
  const year_month_day date{std::chrono::year(static_cast<int>(year)),
                            std::chrono::month(static_cast<unsigned>(month)),
                            std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return std::nullopt;
  Timestamp time;
  time.seconds = sys_days(date).time_since_epoch().count() * kSecondsPerDay;
  if (scanner.at_end()) return time;
  if (!has_day || !scanner.skip('T') || !parse_clock(scanner, time)) return std::nullopt;
  const std::optional<std::int64_t> zone = parse_zone(scanner);
  if (!zone) return std::nullopt;
  time.seconds -= *zone;
  return time;
}

Timestamp from_epoch(std::string_view digits, std::string_view fraction) noexcept {
  digits = without_leading_zeros(digits);
  Timestamp time;
  time.fraction = without_trailing_zeros(fraction);
  if (digits.size() <= kInt64Digits) {
    time.seconds = to_int64(digits);
  } else {
    time.seconds = std::numeric_limits<std::int64_t>::max();
    time.magnitude = digits;
  }
  return time;
}

// Digits without leading zeros, read as a number.
std::strong_ordering compare_numbers(std::string_view a, std::string_view b) noexcept {
  return a.size() != b.size() ? a.size() <=> b.size() : a <=> b;
}

}  // namespace

std::optional<Timestamp> parse_timestamp(std::string_view text, bool four_digits_epoch) noexcept {
  constexpr std::size_t kYearDigits = 4;
  text = trim_blanks(text);
  const std::string_view digits = take_digits(text);
  if (digits.size() < kYearDigits) return std::nullopt;
  std::string_view rest = text.substr(digits.size());
  if (digits.size() == kYearDigits) {
    return rest.empty() && four_digits_epoch ? from_epoch(digits, {}) : parse_date_time(text);
  }
  if (rest.empty()) return from_epoch(digits, {});
  if (rest.front() != '.') return std::nullopt;
  rest.remove_prefix(1);
  if (rest.empty() || take_digits(rest).size() != rest.size()) return std::nullopt;
  return from_epoch(digits, rest);
}

std::strong_ordering compare(const Timestamp& a, const Timestamp& b) noexcept {
  if (a.seconds != b.seconds) return a.seconds <=> b.seconds;
  if (const auto order = compare_numbers(a.magnitude, b.magnitude); order != 0) return order;
  return a.fraction <=> b.fraction;
}

std::string format_timestamp(std::int64_t seconds) {
  const std::int64_t day_count = seconds / kSecondsPerDay - (seconds % kSecondsPerDay < 0 ? 1 : 0);
  const std::int64_t clock = seconds - day_count * kSecondsPerDay;
  const year_month_day date{sys_days(days(day_count))};
  std::array<char, 64> text{};
  const int size = std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02dZ",
                                 static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                                 static_cast<unsigned>(date.day()), static_cast<int>(clock / 3600),
                                 static_cast<int>(clock / 60 % 60), static_cast<int>(clock % 60));
  return std::string(text.data(), static_cast<std::size_t>(size));
}

}  // namespace policysim::values
