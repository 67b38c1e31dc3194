#include "values/fold.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "values/lower_case.hpp"
#include "values/utf8.hpp"

namespace policysim::values {

char32_t simple_lower(char32_t code_point) noexcept {
  if (code_point < 0x80) {
    return static_cast<unsigned char>(base::lower(static_cast<char>(code_point)));
  }
  const auto ranges = lower_case_ranges();
  const auto found = std::lower_bound(
      ranges.begin(), ranges.end(), code_point,
      [](const LowerCaseRange& range, char32_t value) { return range.last < value; });
  if (found == ranges.end() || code_point < found->first) return code_point;
  if ((code_point - found->first) % found->stride != 0) return code_point;
  return static_cast<char32_t>(static_cast<std::int32_t>(code_point) + found->distance);
}

bool FoldCursor::consume(std::string_view piece) noexcept {
  std::size_t at = 0;
  while (at < piece.size()) {
    if (rest_.empty()) return false;
    const CodePoint expected = decode(piece, at);
    const CodePoint actual = decode(rest_, 0);
    if (simple_lower(expected.value) != simple_lower(actual.value)) return false;
    at += expected.size;
    rest_.remove_prefix(actual.size);
  }
  return true;
}

bool equals_ignore_case(std::string_view a, std::string_view b) noexcept {
  FoldCursor cursor(a);
  return cursor.consume(b) && cursor.at_end();
}

}  // namespace policysim::values
