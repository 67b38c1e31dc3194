#include "reference/values.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <cstddef>

namespace policysim::reference {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

Number make_number(bool negative, std::string integer, std::string fraction) {
  integer.erase(0, std::min(integer.find_first_not_of('0'), integer.size()));
  fraction.erase(fraction.find_last_not_of('0') + 1);
  const bool zero = integer.empty() && fraction.empty();
  return {negative && !zero, integer, fraction};
}

Number from_integer(std::int64_t value) {
  const std::string digits = std::to_string(value);
  return make_number(value < 0, digits.substr(value < 0 ? 1 : 0), "");
}

int sign(int order) { return order < 0 ? -1 : order > 0 ? 1 : 0; }

// Reads exactly `width` digits at the front of `text`, within [low, high].
std::optional<int> take(std::string_view& text, std::size_t width, int low, int high) {
  if (text.size() < width || !all_digits(text.substr(0, width))) return std::nullopt;
  const int value = std::stoi(std::string(text.substr(0, width)));
  text.remove_prefix(width);
  return value < low || value > high ? std::nullopt : std::optional<int>(value);
}

bool take(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

bool is_leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int days_in_month(int year, int month) {
  constexpr std::array<int, 12> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return kDays[static_cast<std::size_t>(month - 1)] + (month == 2 && is_leap(year) ? 1 : 0);
}

std::int64_t days_since_1970(int year, int month, int day) {
  const std::int64_t before = year - 1;  // full years
  std::int64_t days = before * 365 + before / 4 - before / 100 + before / 400 - 719162;
  for (int m = 1; m < month; ++m) days += days_in_month(year, m);
  return days + day - 1;
}

// "Z", "+hh:mm", "-hh:mm" or nothing; seconds to subtract.
std::optional<int> take_zone(std::string_view& text) {
  if (text.empty() || take(text, 'Z')) return 0;
  const int direction = take(text, '+') ? 1 : take(text, '-') ? -1 : 0;
  if (direction == 0) return std::nullopt;
  const auto hours = take(text, 2, 0, 23);
  if (!hours || !take(text, ':')) return std::nullopt;
  const auto minutes = take(text, 2, 0, 59);
  if (!minutes) return std::nullopt;
  return direction * (*hours * 3600 + *minutes * 60);
}

std::optional<Instant> parse_epoch(std::string_view text) {
  const std::size_t dot = text.find('.');
  const std::string_view whole = text.substr(0, dot);
  if (!all_digits(whole)) return std::nullopt;
  if (dot == std::string_view::npos) return Instant{make_number(false, std::string(whole), ""), ""};
  const std::string_view fraction = text.substr(dot + 1);
  if (!all_digits(fraction)) return std::nullopt;
  const Number number = make_number(false, std::string(whole), std::string(fraction));
  return Instant{{false, number.integer, ""}, number.fraction};
}

struct TimeOfDay {
  int seconds = 0;
  std::string fraction;
};

// "hh:mm[:ss[.s]][TZD]", zone already subtracted.
std::optional<TimeOfDay> take_time(std::string_view& text) {
  const auto hour = take(text, 2, 0, 23);
  if (!hour || !take(text, ':')) return std::nullopt;
  const auto minute = take(text, 2, 0, 59);
  if (!minute) return std::nullopt;
  TimeOfDay out{*hour * 3600 + *minute * 60, ""};
  if (take(text, ':')) {
    const auto second = take(text, 2, 0, 59);
    if (!second) return std::nullopt;
    out.seconds += *second;
    if (take(text, '.')) {
      while (!text.empty() && is_digit(text.front())) {
        out.fraction += text.front();
        text.remove_prefix(1);
      }
      if (out.fraction.empty()) return std::nullopt;
    }
  }
  const auto zone = take_zone(text);
  if (!zone) return std::nullopt;
  out.seconds -= *zone;
  return out;
}

}  // namespace

std::optional<Number> parse_number(std::string_view text, bool exponent) {
  text = trim(text);
  const bool negative = take(text, '-');
  if (!negative) take(text, '+');
  int shift = 0;
  const std::size_t e = text.find_first_of("eE");
  if (exponent && e != std::string_view::npos) {
    std::string_view power = text.substr(e + 1);
    const bool down = take(power, '-');
    if (!down) take(power, '+');
    if (!all_digits(power) || power.size() > 4) return std::nullopt;
    shift = std::stoi(std::string(power)) * (down ? -1 : 1);
    text = text.substr(0, e);
  }
  const std::size_t dot = text.find('.');
  std::string integer(text.substr(0, dot));
  std::string fraction(dot == std::string_view::npos ? std::string_view{} : text.substr(dot + 1));
  if (!all_digits(integer)) return std::nullopt;
  if (dot != std::string_view::npos && !all_digits(fraction)) return std::nullopt;
  for (; shift > 0; --shift) {
    if (fraction.empty()) fraction = "0";
    integer += fraction.front();
    fraction.erase(0, 1);
  }
  for (; shift < 0; ++shift) {
    if (integer.empty()) integer = "0";
    fraction.insert(fraction.begin(), integer.back());
    integer.pop_back();
  }
  return make_number(negative, integer, fraction);
}

int compare(const Number& a, const Number& b) {
  if (a.negative != b.negative) return a.negative ? -1 : 1;
  const int flip = a.negative ? -1 : 1;
  if (a.integer.size() != b.integer.size()) {
    return a.integer.size() < b.integer.size() ? -flip : flip;
  }
  const int whole = sign(a.integer.compare(b.integer));
  return flip * (whole != 0 ? whole : sign(a.fraction.compare(b.fraction)));
}

std::optional<Instant> parse_instant(std::string_view text, bool four_digits_epoch) {
  text = trim(text);
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  if (digits > 4 || (digits == 4 && four_digits_epoch && (text.size() == 4 || text[4] == '.'))) {
    return parse_epoch(text);
  }
  const auto year = take(text, 4, 1, 9999);
  if (!year) return std::nullopt;
  int month = 1;
  int day = 1;
  TimeOfDay time;
  if (!text.empty()) {
    if (!take(text, '-')) return std::nullopt;
    const auto given = take(text, 2, 1, 12);
    if (!given) return std::nullopt;
    month = *given;
  }
  if (!text.empty()) {
    if (!take(text, '-')) return std::nullopt;
    const auto given = take(text, 2, 1, days_in_month(*year, month));
    if (!given) return std::nullopt;
    day = *given;
  }
  if (!text.empty()) {
    if (!take(text, 'T')) return std::nullopt;
    const auto given = take_time(text);
    if (!given || !text.empty()) return std::nullopt;
    time = *given;
  }
  const std::int64_t seconds = days_since_1970(*year, month, day) * 86400 + time.seconds;
  return Instant{from_integer(seconds), make_number(false, "", time.fraction).fraction};
}

int compare(const Instant& a, const Instant& b) {
  const int whole = compare(a.seconds, b.seconds);
  return whole != 0 ? whole : sign(a.fraction.compare(b.fraction));
}

std::optional<Network> parse_address(std::string_view text) {
  if (text.find('\0') != std::string_view::npos) return std::nullopt;
  const std::string zero_terminated(text);
  Network out;
  if (inet_pton(AF_INET, zero_terminated.c_str(), out.bytes.data()) == 1) {
    out.bits = 32;
    return out;
  }
  if (inet_pton(AF_INET6, zero_terminated.c_str(), out.bytes.data()) == 1) {
    out.v6 = true;
    out.bits = 128;
    return out;
  }
  return std::nullopt;
}

std::optional<Network> parse_network(std::string_view text) {
  const std::size_t slash = text.find('/');
  auto out = parse_address(text.substr(0, slash));
  if (!out || slash == std::string_view::npos) return out;
  const std::string_view bits = text.substr(slash + 1);
  if (!all_digits(bits) || bits.size() > 3) return std::nullopt;
  const int wanted = std::stoi(std::string(bits));
  if (wanted > out->bits) return std::nullopt;
  out->bits = wanted;
  return out;
}

bool contains(const Network& network, const Network& address) {
  if (network.v6 != address.v6) return false;
  for (int bit = 0; bit < network.bits; ++bit) {
    const auto byte = static_cast<std::size_t>(bit / 8);
    const unsigned mask = 0x80U >> static_cast<unsigned>(bit % 8);
    if ((network.bytes[byte] & mask) != (address.bytes[byte] & mask)) return false;
  }
  return true;
}

std::optional<std::string> decode_base64(std::string_view text) {
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  if (text.size() % 4 != 0) return std::nullopt;
  std::size_t padding = 0;
  while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=') ++padding;
  std::string out;
  unsigned buffer = 0;
  unsigned bits = 0;
  for (const char c : text.substr(0, text.size() - padding)) {
    const std::size_t value = kAlphabet.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    buffer = ((buffer << 6U) | static_cast<unsigned>(value)) & 0xFFFFU;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out += static_cast<char>((buffer >> bits) & 0xFFU);
    }
  }
  return out;
}

}  // namespace policysim::reference
