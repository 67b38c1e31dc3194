#include "text/json_errors.hpp"

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string>

#include "text/tree_builder.hpp"
#include "text/utf8.hpp"

namespace policysim::text {
namespace {

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
bool is_word(char c) noexcept {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool is_hex(char c) noexcept {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

SourceSpan span_of(std::uint32_t source, std::size_t begin, std::size_t end) {
  return {source, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  return std::min(text.find_first_not_of(" \t\r\n", at), text.size());
}

std::size_t skip_digits(std::string_view text, std::size_t at) {
  while (at < text.size() && is_digit(text[at])) ++at;
  return at;
}

// Four hexadecimal digits after `\u`, or nothing.
std::optional<unsigned> code_unit(std::string_view text, std::size_t at) {
  if (text.substr(at, 2) != "\\u" || text.size() - at < 6) return std::nullopt;
  unsigned unit = 0;
  for (const char c : text.substr(at + 2, 4)) {
    if (!is_hex(c)) return std::nullopt;
    const int digit = is_digit(c) ? c - '0' : (c | 0x20) - 'a' + 10;
    unit = unit * 16 + static_cast<unsigned>(digit);
  }
  return unit;
}

Diagnostic bad_escape(std::string_view text, std::size_t at, std::uint32_t source) {
  if (text.substr(at, 2) != "\\u") {
    const std::size_t length =
        at + 1 < text.size() ? 1 + std::max<std::size_t>(utf8_length(text, at + 1), 1) : 1;
    return finding("PS0102", "unknown escape " + quoted(text.substr(at, length)) + " in a string",
                   R"(a backslash itself is written `\\`)", span_of(source, at, at + length));
  }
  if (!code_unit(text, at)) {
    return finding("PS0102", R"(`\u` needs four hexadecimal digits)", {},
                   span_of(source, at, at + 2));
  }
  return finding("PS0102", quoted(text.substr(at, 6)) + " is half of a surrogate pair",
                 R"(characters beyond U+FFFF take two `\u` escapes, or none)",
                 span_of(source, at, at + 6));
}

// Length of the escape at the backslash, or zero if it is none.
std::size_t escape_length(std::string_view text, std::size_t at) {
  constexpr std::string_view kSimple = "\"\\/bfnrt";
  if (at + 1 >= text.size()) return 0;
  if (kSimple.find(text[at + 1]) != std::string_view::npos) return 2;
  const std::optional<unsigned> unit = code_unit(text, at);
  if (!unit || (*unit >= 0xDC00 && *unit < 0xE000)) return 0;
  if (*unit < 0xD800 || *unit >= 0xE000) return 6;
  const std::optional<unsigned> low = code_unit(text, at + 6);
  return low && *low >= 0xDC00 && *low < 0xE000 ? 12 : 0;
}

// What is wrong in the string that starts at `begin`, if anything.
std::optional<Diagnostic> string_fault(std::string_view text, std::size_t begin,
                                       std::uint32_t source) {
  std::size_t at = begin + 1;
  while (at < text.size() && text[at] != '"') {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte == '\n' || byte == '\r') {
      return finding("PS0102", "the string is not closed on its line",
                     R"(close it with `"`; a line end inside is written `\n`)",
                     span_of(source, begin, at));
    }
    if (byte < 0x20) {
      return finding("PS0102", "control character in a string",
                     byte == '\t' ? R"(a tab is written `\t`)" : R"(write it as `\u00XX`)",
                     span_of(source, at, at + 1));
    }
    const std::size_t length = byte == '\\' ? escape_length(text, at) : 1;
    if (length == 0) return bad_escape(text, at, source);
    at += length;
  }
  if (at < text.size()) return std::nullopt;
  return finding("PS0102", "the string is not closed", R"(close it with `"`)",
                 span_of(source, begin, begin + 1));
}

// A number that the lexer refused: badly formed, or beyond what JSON readers can hold.
Diagnostic number_fault(std::string_view text, std::size_t begin, std::uint32_t source) {
  std::size_t at = begin + (text[begin] == '-' ? 1 : 0);
  bool is_well_formed = at < text.size() && is_digit(text[at]);
  at = skip_digits(text, at);
  if (is_well_formed && text.substr(at, 1) == ".") {
    const std::size_t end = skip_digits(text, at + 1);
    is_well_formed = end > at + 1;
    at = end;
  }
  if (is_well_formed && (text.substr(at, 1) == "e" || text.substr(at, 1) == "E")) {
    ++at;
    if (text.substr(at, 1) == "+" || text.substr(at, 1) == "-") ++at;
    const std::size_t end = skip_digits(text, at);
    is_well_formed = end > at;
    at = end;
  }
  const std::string_view number = text.substr(begin, at - begin);
  return finding("PS0103",
                 is_well_formed ? "number " + quoted(number) + " is out of range"
                                : quoted(number) + " is not a number",
                 is_well_formed ? "write it in quotes" : "digits are missing",
                 span_of(source, begin, at));
}

// The word or character at `at`, as a person sees it.
std::string_view token_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && is_word(text[end])) ++end;
  if (end == at) end += std::max<std::size_t>(utf8_length(text, at), 1);
  return text.substr(at, end - at);
}

struct Place {
  std::size_t at;
  std::string_view expected;
  bool takes_value = false;
  bool takes_key = false;
  bool after_comma = false;
};

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::string help_for(const JsonFault& fault, const Place& place) {
  const std::string_view rest = fault.text.substr(place.at);
  const std::string_view token = token_at(fault.text, place.at);
  if (rest.starts_with('#') || rest.starts_with("//") || rest.starts_with("/*")) {
    return "JSON has no comments";
  }
  if (fault.expected == JsonExpected::kEnd) return "a JSON text holds one value";
  if (place.after_comma && (token == "}" || token == "]")) return "remove the comma before it";
  if (token == "'") return R"(strings and keys stand in double quotes, as in `"Action"`)";
  if (place.takes_value) {
    if (is_one_of(token, {"True", "TRUE", "yes", "on"})) return "did you mean `true`?";
    if (is_one_of(token, {"False", "FALSE", "no", "off"})) return "did you mean `false`?";
    if (is_one_of(token, {"Null", "NULL", "None", "nil"})) return "did you mean `null`?";
  }
  if ((place.takes_value || place.takes_key) && is_word(token.front())) {
    return R"(text stands in double quotes, as in `"Allow"`)";
  }
  return {};
}

// Steps over the separator that the library has consumed without an event.
Place find_place(const JsonFault& fault) {
  constexpr std::string_view kKey = "a key in double quotes";
  const std::string_view text = fault.text;
  const std::size_t at = skip_blanks(text, fault.understood);
  const std::size_t next = at < text.size() ? skip_blanks(text, at + 1) : at;
  const char c = at < text.size() ? text[at] : '\0';
  switch (fault.expected) {
    case JsonExpected::kValue:
      return {at, "a value", true};
    case JsonExpected::kFirstMember:
      return {at, "a key in double quotes or `}`", false, true};
    case JsonExpected::kFirstItem:
      return {at, "a value or `]`", true};
    case JsonExpected::kColon:
      if (c == ':') return {next, "a value", true};
      return {at, "`:`"};
    case JsonExpected::kNextMember:
      if (c == ',') return {next, kKey, false, true, true};
      return {at, "`,` or `}`"};
    case JsonExpected::kNextItem:
      if (c == ',') return {next, "a value", true, false, true};
      return {at, "`,` or `]`"};
    case JsonExpected::kEnd:
      break;
  }
  return {at, "the end"};
}

}  // namespace

Diagnostic explain_leading_zero(std::string_view text, std::size_t begin, std::uint32_t source) {
  const std::size_t end = skip_digits(text, begin + 1);
  return finding("PS0103",
                 "number " + quoted(text.substr(begin, end - begin)) + " has a leading zero",
                 "write it in quotes", span_of(source, begin, end));
}

Diagnostic explain_json(const JsonFault& fault, std::uint32_t source) {
  const std::string_view text = fault.text;
  const Place place = find_place(fault);
  const std::string expected = "expected " + std::string(place.expected);
  if (place.at >= text.size()) {
    Diagnostic end = finding("PS0104", "unexpected end of the text, " + expected, {},
                             span_of(source, text.size(), text.size()));
    if (fault.open != nullptr) end.related.push_back({source, fault.open->begin, fault.open->end});
    return end;
  }
  const std::string_view token = token_at(text, place.at);
  const SourceSpan span = span_of(source, place.at, place.at + token.size());
  const std::string help = help_for(fault, place);
  if (fault.expected == JsonExpected::kEnd) {
    return finding("PS0105", "unexpected " + quoted(token) + " after the end of the document", help,
                   span);
  }
  if (token == "\"" && (place.takes_value || place.takes_key)) {
    if (std::optional<Diagnostic> fault_inside = string_fault(text, place.at, source)) {
      return *std::move(fault_inside);
    }
  }
  if (place.takes_value && (token == "-" || is_digit(token.front()))) {
    return number_fault(text, place.at, source);
  }
  return finding("PS0101", "unexpected " + quoted(token) + ", " + expected, help, span);
}

}  // namespace policysim::text
