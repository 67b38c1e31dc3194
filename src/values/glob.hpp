// Wildcard matching of IAM patterns: iterative, linear memory, no recursion, no allocation.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace policysim::values {

// One piece of a pattern. The segment kinds never cover a colon (resource ARN parts 1 to 5).
struct GlobToken {
  enum class Kind : std::uint8_t { kLiteral, kAnyRun, kAnyOne, kSegmentRun, kSegmentOne };
  Kind kind = Kind::kLiteral;
  std::string_view text;  // kLiteral; may be empty
};

// What one `?` covers (option glob.question_mark_unit): a code point, or a UTF-16 unit, so that
// text beyond the BMP takes two. Invalid UTF-8 counts byte by byte.
enum class CharUnit : std::uint8_t { kCodePoint, kUtf16 };

// Whole-string match. Time O(text * pattern) at worst, linear for patterns without `?` next to long
// literals; both kinds of star may be mixed (the pattern `*:a*b` with a segment star in `a*b`).
// Precondition: no kAnyOne stands before a kSegmentRun (in resource patterns a colon parts the
// two), else a match can be missed; literals hold whole code points.
bool glob_match(std::span<const GlobToken> pattern, std::string_view text,
                CharUnit unit = CharUnit::kCodePoint) noexcept;

// Plain glob: `*` and `?` of `pattern` cover anything.
bool glob_match(std::string_view pattern, std::string_view text,
                CharUnit unit = CharUnit::kCodePoint) noexcept;

}  // namespace policysim::values
