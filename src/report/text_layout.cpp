#include "report/text_layout.hpp"

#include <algorithm>

#include "text/source.hpp"

namespace policysim::report {
namespace {

constexpr std::size_t kDefaultColumns = 120;
constexpr std::size_t kLeastText = 20;  // columns that text always gets

bool starts_code_point(char c) noexcept { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }

// Byte offset of a code point, counted from zero.
std::size_t offset_of(std::string_view text, std::size_t code_point) noexcept {
  std::size_t offset = 0;
  for (; offset < text.size(); ++offset) {
    if (!starts_code_point(text[offset])) continue;
    if (code_point == 0) return offset;
    --code_point;
  }
  return offset;
}

std::string_view ansi(Style style) noexcept {
  switch (style) {
    case Style::kGood:
      return "\x1b[32m";
    case Style::kBad:
      return "\x1b[31m";
    case Style::kUnsure:
      return "\x1b[33m";
    case Style::kStrong:
      return "\x1b[1m";
    case Style::kDim:
      return "\x1b[2m";
  }
  return "";
}

}  // namespace

std::size_t display_width(std::string_view text) noexcept {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), starts_code_point));
}

std::string TextLayout::paint(Style style, std::string_view words) const {
  if (!options_.color) return std::string(words);
  return std::string(ansi(style)) + std::string(words) + "\x1b[0m";
}

std::string TextLayout::label(std::string_view word) const {
  std::string out = word.empty() ? "  " : "  " + paint(Style::kDim, word);
  out.append(word.size() < 11 ? 11 - word.size() : 1, ' ');
  return out;
}

std::string TextLayout::wrap(std::string_view words, std::size_t indent) const {
  if (options_.columns == 0) return std::string(words);
  const std::size_t room = std::max<std::size_t>(options_.columns, indent + kLeastText) - indent;
  std::string out;
  std::size_t used = 0;
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    const std::string_view word = words.substr(0, end);
    words.remove_prefix(std::min(end + 1, words.size()));
    const std::size_t width = display_width(word);
    if (used > 0 && used + 1 + width > room) {
      out += "\n" + std::string(indent, ' ');
      used = 0;
    }
    if (used > 0) {
      out += ' ';
      ++used;
    }
    out += word;
    used += width;
  }
  return out;
}

std::string TextLayout::cut(std::string_view line, std::size_t from, std::size_t used) const {
  const std::size_t columns = options_.columns == 0 ? kDefaultColumns : options_.columns;
  const std::size_t room = std::max(columns, used + kLeastText) - used;
  const std::string dots = options_.unicode ? "…" : "...";
  std::string before;
  if (display_width(line) > room && from > 1) {
    line.remove_prefix(offset_of(line, from - 1));
    before = dots;
  }
  std::string spaced;
  for (const char c : line.substr(0, room * 4)) {  // four bytes a code point at most
    if (c == '\t') {
      spaced += "  ";
    } else {
      spaced += c;
    }
  }
  std::string out = before + text::escape_terminal(spaced);
  if (display_width(out) > room) {
    const std::size_t keep = room - std::min(room, display_width(dots));
    out = out.substr(0, offset_of(out, keep)) + dots;
  }
  return out;
}

}  // namespace policysim::report
