// Small steps that the parsers of numbers and dates share.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace policysim::values {

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

constexpr std::string_view trim_blanks(std::string_view text) noexcept {
  constexpr std::string_view kBlanks = " \t\n\v\f\r";
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

// The digits that the text begins with.
constexpr std::string_view take_digits(std::string_view text) noexcept {
  std::size_t size = 0;
  while (size < text.size() && is_digit(text[size])) ++size;
  return text.substr(0, size);
}

constexpr std::string_view without_leading_zeros(std::string_view digits) noexcept {
  const std::size_t begin = digits.find_first_not_of('0');
  return begin == std::string_view::npos ? std::string_view{} : digits.substr(begin);
}

constexpr std::string_view without_trailing_zeros(std::string_view digits) noexcept {
  return digits.substr(0, digits.find_last_not_of('0') + 1);
}

// Precondition: at most eighteen digits.
constexpr std::int64_t to_int64(std::string_view digits) noexcept {
  std::int64_t value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

}  // namespace policysim::values
