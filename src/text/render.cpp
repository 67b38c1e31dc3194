#include <algorithm>
#include <string>
#include <string_view>

#include "text/source.hpp"
#include "text/utf8.hpp"

namespace policysim::text {
namespace {

constexpr std::size_t kWidest = 120;  // columns of an excerpt
constexpr std::string_view kEllipsis = "...";

std::string_view severity_word(Severity severity) {
  switch (severity) {
    case Severity::kError:
      return "error";
    case Severity::kSecurityWarning:
      return "security warning";
    case Severity::kWarning:
      return "warning";
    case Severity::kSuggestion:
      return "suggestion";
  }
  return "error";
}

std::string_view severity_color(Severity severity) {
  switch (severity) {
    case Severity::kError:
      return "\x1b[1;31m";
    case Severity::kSecurityWarning:
      return "\x1b[1;35m";
    case Severity::kWarning:
      return "\x1b[1;33m";
    case Severity::kSuggestion:
      return "\x1b[1;36m";
  }
  return {};
}

// C0, DEL, C1, line and paragraph separators, and what reorders or hides text.
bool is_unsafe(std::uint32_t point) {
  return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0xAD || point == 0x61C ||
         (point >= 0x200B && point <= 0x200F) || (point >= 0x2028 && point <= 0x202E) ||
         (point >= 0x2060 && point <= 0x206F) || point == 0xFEFF ||
         (point >= 0xE0000 && point < 0xE1000);
}

// What runners of GitHub and Azure obey anywhere in a line of a log.
bool is_log_command(std::string_view text) {
  return text.substr(0, 3) == "##[" || text.substr(0, 6) == "##vso[";
}

std::string hex(std::uint32_t value, std::size_t digits) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  while (value != 0 || out.size() < digits) {
    out.insert(out.begin(), kDigits[value & 15U]);
    value >>= 4U;
  }
  return out;
}

// Appends one character of `text` made safe; gives the columns it takes and its bytes.
struct Step {
  std::size_t bytes;
  std::size_t columns;
};

Step append_escaped(std::string& out, std::string_view text, std::size_t at) {
  const std::size_t length = utf8_length(text, at);
  const std::size_t before = out.size();
  if (length == 0) {
    out += "\\x" + hex(static_cast<unsigned char>(text[at]), 2);
    return {1, out.size() - before};
  }
  const std::uint32_t point = decode_utf8(text, at, length);
  if (!is_unsafe(point) && !is_log_command(text.substr(at))) {
    out += text.substr(at, length);
    return {length, 1};
  }
  out += point < 0x80 ? "\\x" + hex(point, 2) : "\\u{" + hex(point, 4) + "}";
  return {length, out.size() - before};
}

// What is drawn of one line: the text and, under it, where the carets stand.
struct Excerpt {
  std::string text;
  std::size_t caret_column = 0;
  std::size_t caret_count = 0;
};

// Where a window on the line starts, so that a span far to the right is seen: code points are
// counted backwards, which needs no more of the line than is shown.
std::size_t window_begin(std::string_view line, std::size_t caret) {
  constexpr std::size_t kBefore = 40;
  if (caret <= kWidest - kBefore) return 0;
  std::size_t at = caret;
  for (std::size_t count = 0; count < kBefore && at > 0; ++count) {
    --at;
    while (at > 0 && (static_cast<unsigned char>(line[at]) & 0xC0U) == 0x80U) --at;
  }
  return at;
}

Excerpt excerpt_of(std::string_view line, std::size_t begin, std::size_t end) {
  Excerpt excerpt;
  std::size_t at = window_begin(line, begin);
  std::size_t columns = 0;
  if (at > 0) {
    excerpt.text = kEllipsis;
    columns = kEllipsis.size();
  }
  excerpt.caret_column = columns;
  while (at < line.size() && columns < kWidest) {
    if (at == begin) excerpt.caret_column = columns;
    const bool is_marked = at >= begin && at < end;
    Step step{1, 1};
    if (line[at] == '\t') {
      excerpt.text += ' ';
    } else {
      step = append_escaped(excerpt.text, line, at);
    }
    if (is_marked) excerpt.caret_count += step.columns;
    columns += step.columns;
    at += step.bytes;
  }
  if (begin >= line.size()) excerpt.caret_column = columns;
  if (at < line.size()) excerpt.text += kEllipsis;
  excerpt.caret_count = std::max<std::size_t>(excerpt.caret_count, 1);
  return excerpt;
}

std::string draw(const Source& source, const SourceSpan& span, std::string_view start,
                 std::string_view stop) {
  const Location location = source.locate(span.begin);
  const std::string_view line = source.line(location.line);
  const std::string_view text = source.text();
  const std::size_t line_begin = static_cast<std::size_t>(line.data() - text.data());
  const std::size_t begin = std::min<std::size_t>(span.begin, text.size()) - line_begin;
  const std::size_t end = std::max<std::size_t>(span.end, line_begin) - line_begin;
  const Excerpt excerpt = excerpt_of(line, begin, std::min(end, line.size()));

  const std::string number = std::to_string(location.line);
  std::string out = "  " + number + " | " + excerpt.text + "\n";
  out += std::string(number.size() + 2, ' ') + " | " + std::string(excerpt.caret_column, ' ');
  out += start;
  out += std::string(excerpt.caret_count, '^');
  out += stop;
  return out + "\n";
}

std::string position(const Location& location) {
  return escape_terminal(location.file) + ":" + std::to_string(location.line) + ":" +
         std::to_string(location.column);
}

}  // namespace

std::string escape_terminal(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) at += append_escaped(out, text, at).bytes;
  return out;
}

std::string render(const Diagnostic& diagnostic, const SourceMap& sources, bool color) {
  const std::string_view start = color ? severity_color(diagnostic.severity) : std::string_view();
  const std::string_view stop = color ? std::string_view("\x1b[0m") : std::string_view();
  const bool has_source = diagnostic.span.source < sources.size();

  std::string out;
  if (has_source) out += position(sources.locate(diagnostic.span)) + ": ";
  out += start;
  out += severity_word(diagnostic.severity);
  out += "[" + diagnostic.rule + "]";
  out += stop;
  out += ": " + escape_terminal(diagnostic.message) + "\n";
  if (has_source) out += draw(sources[diagnostic.span.source], diagnostic.span, start, stop);
  for (const SourceSpan& related : diagnostic.related) {
    if (related.source < sources.size()) {
      out += "see also: " + position(sources.locate(related)) + "\n";
    }
  }
  if (!diagnostic.help.empty()) out += "help: " + escape_terminal(diagnostic.help) + "\n";
  return out;
}

}  // namespace policysim::text
