// Case-insensitive comparison as StringEqualsIgnoreCase does it: code point by code point with the
// simple lower-case mapping (ß is not ss). Invalid UTF-8 compares byte by byte.
#pragma once

#include <string_view>

namespace policysim::values {

bool equals_ignore_case(std::string_view a, std::string_view b) noexcept;
char32_t simple_lower(char32_t code_point) noexcept;

// The same over a pattern given in pieces (after substitution of variables).
class FoldCursor {
 public:
  explicit FoldCursor(std::string_view text) noexcept : rest_(text) {}
  // Consumes `piece` from the front of the text; false when it differs. Pieces must not be cut
  // inside a code point.
  bool consume(std::string_view piece) noexcept;
  bool at_end() const noexcept { return rest_.empty(); }

 private:
  std::string_view rest_;
};

}  // namespace policysim::values
