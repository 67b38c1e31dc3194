#include "values/ip_prefix.hpp"

#include <algorithm>
#include <cstddef>

#include "values/scan.hpp"

namespace policysim::values {
namespace {

constexpr std::size_t kV4Bytes = 4;
constexpr std::size_t kV6Bytes = 16;

// A decimal number of at most three digits, up to `limit`.
std::optional<std::uint8_t> parse_small(std::string_view text, std::int64_t limit) noexcept {
  if (text.empty() || text.size() > 3 || take_digits(text).size() != text.size()) {
    return std::nullopt;
  }
  const std::int64_t value = to_int64(text);
  if (value > limit) return std::nullopt;
  return static_cast<std::uint8_t>(value);
}

// Four numbers without leading zeros into `out`.
bool parse_v4(std::string_view text, std::uint8_t* out) noexcept {
  for (std::size_t i = 0; i < kV4Bytes; ++i) {
    const std::size_t end = i + 1 < kV4Bytes ? text.find('.') : text.size();
    if (end == std::string_view::npos) return false;
    const std::string_view number = text.substr(0, end);
    const std::optional<std::uint8_t> byte = parse_small(number, 255);
    if (!byte || (number.size() > 1 && number.front() == '0')) return false;
    out[i] = *byte;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return true;
}

constexpr unsigned kNoHexDigit = 16;

constexpr unsigned hex_digit(char c) noexcept {
  if (is_digit(c)) return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10;
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A') + 10;
  return kNoHexDigit;
}

bool parse_group(std::string_view text, std::uint8_t* out) noexcept {
  if (text.empty() || text.size() > 4) return false;
  unsigned value = 0;
  for (const char c : text) {
    if (hex_digit(c) == kNoHexDigit) return false;
    value = value << 4 | hex_digit(c);
  }
  out[0] = static_cast<std::uint8_t>(value >> 8);
  out[1] = static_cast<std::uint8_t>(value & 0xFFU);
  return true;
}

// Groups between colons, the last perhaps an IPv4 address; returns how many bytes they make, or
// none. An empty text makes none.
std::optional<std::size_t> parse_groups(std::string_view text, std::uint8_t* out) noexcept {
  std::size_t size = 0;
  while (!text.empty()) {
    const std::size_t colon = text.find(':');
    const bool last = colon == std::string_view::npos;
    const std::string_view group = text.substr(0, colon);
    if (last && group.find('.') != std::string_view::npos) {
      if (size + kV4Bytes > kV6Bytes || !parse_v4(group, out + size)) return std::nullopt;
      return size + kV4Bytes;
    }
    if (size == kV6Bytes || !parse_group(group, out + size)) return std::nullopt;
    size += 2;
    if (last) break;
    text.remove_prefix(colon + 1);
    if (text.empty()) return std::nullopt;  // ends in a single colon
  }
  return size;
}

bool parse_v6(std::string_view text, std::array<std::uint8_t, kV6Bytes>& bytes) noexcept {
  const std::size_t gap = text.find("::");
  if (gap == std::string_view::npos) return parse_groups(text, bytes.data()) == kV6Bytes;
  std::array<std::uint8_t, kV6Bytes> tail{};
  if (text.substr(0, gap).find('.') != std::string_view::npos) return false;
  const std::optional<std::size_t> left = parse_groups(text.substr(0, gap), bytes.data());
  const std::optional<std::size_t> right = parse_groups(text.substr(gap + 2), tail.data());
  if (!left || !right || *left + *right > kV6Bytes - 2) return false;
  std::copy_n(tail.begin(), *right, bytes.end() - static_cast<std::ptrdiff_t>(*right));
  return true;
}

}  // namespace

std::optional<IpAddress> parse_ip(std::string_view text) noexcept {
  IpAddress address;
  address.v6 = text.find(':') != std::string_view::npos;
  const bool parsed =
      address.v6 ? parse_v6(text, address.bytes) : parse_v4(text, address.bytes.data());
  if (!parsed) return std::nullopt;
  return address;
}

std::optional<IpPrefix> parse_ip_prefix(std::string_view text) noexcept {
  const std::size_t slash = text.find('/');
  const std::optional<IpAddress> address = parse_ip(text.substr(0, slash));
  if (!address) return std::nullopt;
  const std::uint8_t all = address->v6 ? 128 : 32;
  if (slash == std::string_view::npos) return IpPrefix{*address, all};
  const std::optional<std::uint8_t> bits = parse_small(text.substr(slash + 1), all);
  if (!bits) return std::nullopt;
  return IpPrefix{*address, *bits};
}

bool contains(const IpPrefix& prefix, const IpAddress& address) noexcept {
  if (prefix.address.v6 != address.v6) return false;
  const std::size_t whole = prefix.bits / 8U;
  const auto begin = prefix.address.bytes.begin();
  if (!std::equal(begin, begin + static_cast<std::ptrdiff_t>(whole), address.bytes.begin())) {
    return false;
  }
  const unsigned rest = prefix.bits % 8U;
  if (rest == 0) return true;
  const unsigned differing = static_cast<unsigned>(prefix.address.bytes[whole]) ^
                             static_cast<unsigned>(address.bytes[whole]);
  return differing >> (8U - rest) == 0;
}

}  // namespace policysim::values
