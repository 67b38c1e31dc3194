// UTF-8, one code point at a time. A byte that begins no valid sequence stands for itself, so every
// text has a reading.
#pragma once

#include <cstddef>
#include <string_view>

namespace policysim::values {

constexpr char32_t kInvalidByte =
    0x110000;  // a byte that is not UTF-8 reads as kInvalidByte + byte

struct CodePoint {
  char32_t value = 0;
  std::size_t size = 1;  // bytes
};

constexpr unsigned char byte_at(std::string_view text, std::size_t position) noexcept {
  return static_cast<unsigned char>(text[position]);
}

constexpr bool is_continuation(std::string_view text, std::size_t position) noexcept {
  return position < text.size() && (byte_at(text, position) & 0xC0U) == 0x80U;
}

// Precondition: position < text.size(). Overlong forms, surrogates and values beyond U+10FFFF are
// not valid.
constexpr CodePoint decode(std::string_view text, std::size_t position) noexcept {
  const char32_t lead = byte_at(text, position);
  if (lead < 0x80) return {lead, 1};
  const CodePoint invalid{kInvalidByte + lead, 1};
  if (lead < 0xC2 || lead > 0xF4) return invalid;
  const std::size_t size = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  char32_t value = lead & (0x7FU >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if (!is_continuation(text, position + i)) return invalid;
    value = (value << 6) | (byte_at(text, position + i) & 0x3FU);
  }
  if (size == 3 && (value < 0x800 || (value >= 0xD800 && value <= 0xDFFF))) return invalid;
  if (size == 4 && (value < 0x10000 || value > 0x10FFFF)) return invalid;
  return {value, size};
}

}  // namespace policysim::values
