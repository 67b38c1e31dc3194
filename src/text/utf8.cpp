#include "text/utf8.hpp"

#include <cstring>

namespace policysim::text {
namespace {

constexpr std::uint32_t byte_at(std::string_view text, std::size_t at) noexcept {
  return static_cast<unsigned char>(text[at]);
}

constexpr std::size_t length_of_lead(std::uint32_t lead) noexcept {
  if (lead < 0x80) return 1;
  if (lead < 0xC2) return 0;
  if (lead < 0xE0) return 2;
  if (lead < 0xF0) return 3;
  return lead < 0xF5 ? 4 : 0;
}

}  // namespace

std::uint32_t decode_utf8(std::string_view text, std::size_t at, std::size_t length) noexcept {
  if (length == 1) return byte_at(text, at);
  std::uint32_t point = byte_at(text, at) & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) point = point << 6U | (byte_at(text, at + i) & 0x3FU);
  return point;
}

std::size_t utf8_length(std::string_view text, std::size_t at) noexcept {
  const std::size_t length = length_of_lead(byte_at(text, at));
  if (length > text.size() - at) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte_at(text, at + i) & 0xC0U) != 0x80U) return 0;
  }
  if (length < 3) return length;
  const std::uint32_t point = decode_utf8(text, at, length);
  const bool is_overlong = point < (length == 3 ? 0x800U : 0x10000U);
  const bool is_surrogate = point >= 0xD800 && point < 0xE000;
  return is_overlong || is_surrogate || point > 0x10FFFF ? 0 : length;
}

std::size_t find_invalid_utf8(std::string_view text) noexcept {
  std::size_t at = 0;
  while (at < text.size()) {
    std::uint64_t word = 0;
    while (text.size() - at >= sizeof word) {
      std::memcpy(&word, text.data() + at, sizeof word);
      if ((word & 0x8080808080808080U) != 0) break;
      at += sizeof word;
    }
    if (at == text.size()) break;
    const std::size_t length = utf8_length(text, at);
    if (length == 0) return at;
    at += length;
  }
  return std::string_view::npos;
}

}  // namespace policysim::text
