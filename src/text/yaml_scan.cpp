#include "text/yaml_scan.hpp"

#include <algorithm>
#include <array>

namespace policysim::text {
namespace {

bool is_blank(char c) noexcept { return c == ' ' || c == '\t'; }
bool is_break(char c) noexcept { return c == '\n' || c == '\r'; }
bool is_space(char c) noexcept { return is_blank(c) || is_break(c); }
bool is_bracket(char c) noexcept {
  return c == ',' || c == '[' || c == ']' || c == '{' || c == '}';
}
bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

bool ends_word(std::string_view text, std::size_t at, bool in_brackets) {
  return at >= text.size() || is_space(text[at]) || (in_brackets && is_bracket(text[at]));
}

// Whether a plain scalar cannot go on, on the line at least.
bool ends_scalar(std::string_view text, std::size_t at, bool in_brackets) {
  const std::size_t word_end = at;
  while (at < text.size() && is_blank(text[at])) ++at;
  if (at == text.size() || is_break(text[at])) return true;
  return (in_brackets && is_bracket(text[at])) || (text[at] == '#' && at > word_end);
}

std::size_t line_end(std::string_view text, std::size_t at) {
  return std::min(text.find('\n', at), text.size());
}

std::size_t double_quoted_end(std::string_view text, std::size_t at) {
  for (++at; at < text.size(); ++at) {
    if (text[at] == '"') return at + 1;
    if (text[at] == '\\') ++at;
  }
  return std::string_view::npos;
}

std::size_t single_quoted_end(std::string_view text, std::size_t at) {
  for (++at; at < text.size(); ++at) {
    if (text[at] != '\'') continue;
    if (text.substr(at + 1, 1) != "'") return at + 1;
    ++at;
  }
  return std::string_view::npos;
}

// Plain and block scalars have no escapes: but for blanks and line ends the value is the text.
std::size_t matched_end(std::string_view text, std::size_t at, std::string_view value) {
  std::size_t end = at;
  for (const char c : value) {
    if (is_space(c)) continue;
    while (at < text.size() && is_space(text[at])) ++at;
    if (at == text.size() || text[at] != c) break;
    end = ++at;
  }
  return end;
}

std::size_t skip_digits(std::string_view text, std::size_t at) {
  while (at < text.size() && is_digit(text[at])) ++at;
  return at;
}

// The number grammar of JSON: what YAML also reads as numbers (`.5`, `0x1F`, `1_000`, `.inf`) is
// text here.
bool is_decimal(std::string_view text) {
  std::size_t at = text.starts_with('-') ? 1 : 0;
  const std::size_t integer = at;
  at = skip_digits(text, at);
  if (at == integer || (text[integer] == '0' && at > integer + 1)) return false;
  if (text.substr(at, 1) == ".") {
    const std::size_t fraction = ++at;
    at = skip_digits(text, at);
    if (at == fraction) return false;
  }
  if (text.substr(at, 1) == "e" || text.substr(at, 1) == "E") {
    ++at;
    if (text.substr(at, 1) == "+" || text.substr(at, 1) == "-") ++at;
    const std::size_t exponent = at;
    at = skip_digits(text, at);
    if (at == exponent) return false;
  }
  return at == text.size();
}

}  // namespace

std::size_t skip_yaml_gap(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    if (text[at] == '#') {
      at = line_end(text, at);
    } else if (is_space(text[at])) {
      ++at;
    } else {
      break;
    }
  }
  return at;
}

std::size_t skip_yaml_name(std::string_view text, std::size_t at) {
  ++at;
  while (!ends_word(text, at, true)) ++at;
  return at;
}

bool is_yaml_key_end(std::string_view text, std::size_t at, bool in_brackets) {
  while (at < text.size() && is_blank(text[at])) ++at;
  return text.substr(at, 1) == ":" && ends_word(text, at + 1, in_brackets);
}

std::size_t yaml_null_length(std::string_view text, std::size_t at, bool in_brackets) {
  constexpr std::array<std::string_view, 4> kWords = {"~", "null", "Null", "NULL"};
  for (const std::string_view word : kWords) {
    const std::size_t end = at + word.size();
    if (text.substr(at, word.size()) == word &&
        (ends_scalar(text, end, in_brackets) || is_yaml_key_end(text, end, in_brackets))) {
      return word.size();
    }
  }
  return 0;
}

std::size_t yaml_scalar_end(std::string_view text, std::size_t at, std::string_view value) {
  switch (at < text.size() ? text[at] : '\0') {
    case '"':
      return double_quoted_end(text, at);
    case '\'':
      return single_quoted_end(text, at);
    case '|':
    case '>': {
      std::size_t header = line_end(text, at);
      const std::size_t end = matched_end(text, header, value);
      if (end > header) return end;
      while (is_space(text[header - 1])) --header;
      return header;
    }
    default:
      return matched_end(text, at, value);
  }
}

NodeKind yaml_scalar_kind(std::string_view first, std::string_view value) {
  if (first.find_first_of("\"'|>") != std::string_view::npos) return NodeKind::kString;
  if (value == "true" || value == "false") return NodeKind::kBool;
  return is_decimal(value) ? NodeKind::kNumber : NodeKind::kString;
}

}  // namespace policysim::text
