#include "reference/text.hpp"

#include <cstddef>

namespace policysim::reference {
namespace {

constexpr char32_t kInvalidByte = 0x110000;

// Length of the code point at `at`, or 0 when the bytes there are not UTF-8.
std::size_t sequence(std::string_view text, std::size_t at, char32_t& point) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(at);
  if (first < 0x80) {
    point = first;
    return 1;
  }
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || at + length > text.size()) return 0;
  point = first & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xC0U) != 0x80U) return 0;
    point = (point << 6U) | (byte(at + i) & 0x3FU);
  }
  const bool overlong = (length == 3 && point < 0x800) || (length == 4 && point < 0x10000);
  const bool surrogate = point >= 0xD800 && point <= 0xDFFF;
  return overlong || surrogate || point > 0x10FFFF ? 0 : length;
}

}  // namespace

std::u32string decode(std::string_view text, bool utf16) {
  std::u32string out;
  for (std::size_t at = 0; at < text.size();) {
    char32_t point = 0;
    const std::size_t length = sequence(text, at, point);
    if (length == 0) point = kInvalidByte + static_cast<unsigned char>(text[at]);
    at += length == 0 ? 1 : length;
    if (utf16 && length == 4) {
      out += static_cast<char32_t>(0xD800 + ((point - 0x10000) >> 10U));
      out += static_cast<char32_t>(0xDC00 + ((point - 0x10000) & 0x3FFU));
    } else {
      out += point;
    }
  }
  return out;
}

// Unicode's simple lower-case mapping, as far as the scripts go that the tests use.
char32_t lower(char32_t c) {
  const auto within = [&](char32_t low, char32_t high) { return c >= low && c <= high; };
  if (within('A', 'Z')) return c + 32;
  if (within(0xC0, 0xDE) && c != 0xD7) return c + 32;
  if (c == 0x130) return 'i';
  if (within(0x100, 0x137) && c != 0x131 && c % 2 == 0) return c + 1;
  if (within(0x139, 0x148) && c % 2 == 1) return c + 1;
  if (within(0x14A, 0x177) && c % 2 == 0) return c + 1;
  if (c == 0x178) return 0xFF;
  if (within(0x179, 0x17E) && c % 2 == 1) return c + 1;
  if (within(0x391, 0x3A9) && c != 0x3A2) return c + 32;
  if (within(0x400, 0x40F)) return c + 80;
  if (within(0x410, 0x42F)) return c + 32;
  if (c == 0x1E9E) return 0xDF;
  if (c == 0x2126) return 0x3C9;
  if (c == 0x212A) return 'k';
  if (c == 0x212B) return 0xE5;
  return c;
}

std::u32string lower(std::u32string text) {
  for (char32_t& c : text) c = lower(c);
  return text;
}

std::string ascii_lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return out;
}

Chars policy_chars(std::string_view text, bool wild, bool utf16) {
  Chars out;
  for (const char32_t point : decode(text, utf16)) out.push_back({point, wild});
  return out;
}

std::u32string plain(const Chars& chars) {
  std::u32string out;
  for (const Char& c : chars) out += c.point;
  return out;
}

Tokens glob_tokens(const Chars& chars) {
  Tokens out;
  for (const Char& c : chars) {
    const TokenKind kind = c.is_star()   ? TokenKind::kRun
                           : c.is_mark() ? TokenKind::kOne
                                         : TokenKind::kChar;
    out.push_back({kind, c.point, true});
  }
  return out;
}

// reached[i]: the first i tokens cover the text read so far.
bool glob(const Tokens& pattern, const std::u32string& text) {
  std::vector<char> reached(pattern.size() + 1, 0);
  std::vector<char> next(pattern.size() + 1, 0);
  const auto skip_empty_runs = [&] {
    for (std::size_t i = 0; i < pattern.size(); ++i) {
      if (reached[i] != 0 && pattern[i].kind == TokenKind::kRun) reached[i + 1] = 1;
    }
  };
  reached[0] = 1;
  skip_empty_runs();
  for (const char32_t c : text) {
    next.assign(next.size(), 0);
    bool any = false;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
      if (reached[i] == 0) continue;
      const Token& token = pattern[i];
      const bool covers =
          token.kind == TokenKind::kChar ? token.point == c : token.crosses_colon || c != U':';
      if (covers) next[token.kind == TokenKind::kRun ? i : i + 1] = 1;
      any = any || covers;
    }
    if (!any) return false;
    reached.swap(next);
    skip_empty_runs();
  }
  return reached[pattern.size()] != 0;
}

}  // namespace policysim::reference
