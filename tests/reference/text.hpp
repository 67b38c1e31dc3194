// Characters, wildcards and case, one code point at a time.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace policysim::reference {

// Code points; a byte that is not UTF-8 stands for itself, beyond all code points. With `utf16`
// those beyond the BMP become two units.
std::u32string decode(std::string_view text, bool utf16 = false);

char32_t lower(char32_t point);  // simple mapping, for StringEqualsIgnoreCase
std::u32string lower(std::u32string text);
std::string ascii_lower(std::string_view text);

// A character of a policy string. `*` and `?` are wildcards only where `wild` says so: substituted
// and escaped ones never are.
struct Char {
  char32_t point = 0;
  bool wild = false;

  bool is_star() const { return wild && point == U'*'; }
  bool is_mark() const { return wild && point == U'?'; }
};
using Chars = std::vector<Char>;

Chars policy_chars(std::string_view text, bool wild, bool utf16 = false);
std::u32string plain(const Chars& chars);

enum class TokenKind { kOne, kRun, kChar };
struct Token {
  TokenKind kind = TokenKind::kChar;
  char32_t point = 0;
  bool crosses_colon = true;
};
using Tokens = std::vector<Token>;

Tokens glob_tokens(const Chars& chars);
bool glob(const Tokens& pattern, const std::u32string& text);

}  // namespace policysim::reference
