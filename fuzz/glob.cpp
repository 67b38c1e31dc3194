// The glob matcher against RE2. Input: pattern, line break, text. In the pattern `*` `?` cover
// anything, `~` `!` never a colon, and `^` cuts a literal in two.
#include "values/glob.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <string>
#include <vector>

#include "check.hpp"
#include "values/utf8.hpp"

namespace {

using namespace policysim::values;
using Kind = GlobToken::Kind;

std::vector<GlobToken> tokens_of(std::string_view pattern) {
  std::vector<GlobToken> tokens;
  while (!pattern.empty()) {
    const std::size_t size = std::min(pattern.find_first_of("*?~!^"), pattern.size());
    tokens.push_back({Kind::kLiteral, pattern.substr(0, size)});
    if (size == pattern.size()) break;
    const char c = pattern[size];
    if (c == '*') tokens.push_back({Kind::kAnyRun, {}});
    if (c == '?') tokens.push_back({Kind::kAnyOne, {}});
    if (c == '~') tokens.push_back({Kind::kSegmentRun, {}});
    if (c == '!') tokens.push_back({Kind::kSegmentOne, {}});
    pattern.remove_prefix(size + 1);
  }
  return tokens;
}

// `?` before a segment star is outside the contract.
bool within_contract(std::string_view pattern) {
  const std::size_t one = pattern.find('?');
  return one == std::string_view::npos || pattern.find('~', one) == std::string_view::npos;
}

void append_utf8(std::string& out, char32_t code) {
  out += static_cast<char>(0xE0U | (code >> 12));
  out += static_cast<char>(0x80U | ((code >> 6) & 0x3FU));
  out += static_cast<char>(0x80U | (code & 0x3FU));
}

// Each UTF-16 unit as one code point: surrogates go to a private area. False for text that is not
// UTF-8, or uses that area.
bool to_units(std::string_view text, std::string& out) {
  constexpr char32_t kPrivate = 0xE000;
  constexpr char32_t kPrivateEnd = 0xE800;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint code = decode(text, at);
    if (code.value >= kInvalidByte) return false;
    if (code.value >= kPrivate && code.value < kPrivateEnd) return false;
    if (code.size == 4) {
      const char32_t offset = code.value - 0x10000;
      append_utf8(out, kPrivate + (offset >> 10));
      append_utf8(out, kPrivate + 0x400 + (offset & 0x3FFU));
    } else {
      out += text.substr(at, code.size);
    }
    at += code.size;
  }
  return true;
}

bool re2_match(const std::vector<GlobToken>& tokens, std::string_view text, bool utf16) {
  std::string regex;
  for (const GlobToken& token : tokens) {
    switch (token.kind) {
      case Kind::kLiteral: {
        std::string literal;
        if (utf16) {
          to_units(token.text, literal);
        } else {
          literal = token.text;
        }
        regex += RE2::QuoteMeta(literal);
        break;
      }
      case Kind::kAnyRun:
        regex += ".*";
        break;
      case Kind::kAnyOne:
        regex += ".";
        break;
      case Kind::kSegmentRun:
        regex += "[^:]*";
        break;
      case Kind::kSegmentOne:
        regex += "[^:]";
        break;
    }
  }
  RE2::Options options;
  options.set_dot_nl(true);
  options.set_log_errors(false);
  const RE2 compiled(regex, options);
  PSIM_FUZZ_CHECK(compiled.ok());
  std::string units(text);
  if (utf16) {
    units.clear();
    to_units(text, units);
  }
  return RE2::FullMatch(units, compiled);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string input(data, data + size);
  const std::size_t cut = std::min(input.find('\n'), input.size());
  const std::string_view pattern = std::string_view(input).substr(0, cut);
  const std::string_view text = std::string_view(input).substr(std::min(cut + 1, input.size()));
  const std::vector<GlobToken> tokens = tokens_of(pattern);
  const bool plain = pattern.find_first_of("~!^") == std::string_view::npos;
  std::string unused;
  const bool comparable = within_contract(pattern) && to_units(input, unused);
  for (const CharUnit unit : {CharUnit::kCodePoint, CharUnit::kUtf16}) {
    const bool matches = glob_match(tokens, text, unit);
    if (plain) PSIM_FUZZ_CHECK(glob_match(pattern, text, unit) == matches);
    if (!comparable) continue;
    PSIM_FUZZ_CHECK(re2_match(tokens, text, unit == CharUnit::kUtf16) == matches);
  }
  return 0;
}
