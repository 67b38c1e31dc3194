// Labels, colours, wrapping and cutting of text reports.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "report/decision_format.hpp"

namespace policysim::report {

enum class Style : std::uint8_t { kGood, kBad, kUnsure, kStrong, kDim };

// Immutable.
class TextLayout {
 public:
  explicit TextLayout(const RenderOptions& options) : options_(options) {}

  // `words` in the style's colour, unchanged without colours.
  std::string paint(Style style, std::string_view words) const;
  // "  principal  ": thirteen columns.
  std::string label(std::string_view word) const;
  // Breaks `words` at blanks so that lines end before the last column; further lines are indented.
  // What has no blank stays whole, so that it can be copied.
  std::string wrap(std::string_view words, std::size_t indent) const;
  // A source line made safe for a terminal: from code point `from` (one-based) on when it does not
  // fit into what `used` columns leave, and cut where they end.
  std::string cut(std::string_view line, std::size_t from, std::size_t used) const;

 private:
  RenderOptions options_;
};

// Code points of well-formed UTF-8.
std::size_t display_width(std::string_view text) noexcept;

}  // namespace policysim::report
