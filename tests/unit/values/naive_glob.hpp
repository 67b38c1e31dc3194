// Glob matching straight from its definition: the witness for the real matcher.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "values/glob.hpp"

namespace policysim::values {

// Rows of "tokens [t, end) match text [x, end)", a bit for each x, from the last token to the
// first. One byte is one character; texts are shorter than 64.
inline bool naive_glob_match(std::span<const GlobToken> pattern, std::string_view text) {
  using Kind = GlobToken::Kind;
  std::uint64_t below = std::uint64_t{1} << text.size();
  for (std::size_t t = pattern.size(); t-- > 0;) {
    const Kind kind = pattern[t].kind;
    const std::string_view literal = pattern[t].text;
    const bool segment = kind == Kind::kSegmentRun || kind == Kind::kSegmentOne;
    const bool run = kind == Kind::kAnyRun || kind == Kind::kSegmentRun;
    std::uint64_t row = 0;
    for (std::size_t x = text.size() + 1; x-- > 0;) {
      const bool covers = x < text.size() && !(segment && text[x] == ':');
      bool matches = false;
      if (kind == Kind::kLiteral) {
        matches =
            text.compare(x, literal.size(), literal) == 0 && (below >> x >> literal.size() & 1);
      } else if (run) {
        matches = (below >> x & 1) != 0 || (covers && (row >> (x + 1) & 1) != 0);
      } else {
        matches = covers && (below >> (x + 1) & 1) != 0;
      }
      row |= std::uint64_t{matches} << x;
    }
    below = row;
  }
  return (below & 1) != 0;
}

}  // namespace policysim::values
