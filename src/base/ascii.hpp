// ASCII-only case folding: condition keys and actions fold so; beyond ASCII they compare exactly.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace policysim::base {

constexpr char lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

inline std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = lower(c);
  return out;
}

constexpr bool equals_ignore_case(std::string_view a, std::string_view b) noexcept {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (lower(a[i]) != lower(b[i])) return false;
  }
  return true;
}

constexpr bool starts_with_ignore_case(std::string_view text, std::string_view prefix) noexcept {
  return text.size() >= prefix.size() && equals_ignore_case(text.substr(0, prefix.size()), prefix);
}

// Is `word` (any case) one of the words of `list`, which has a blank at both ends?
constexpr bool is_word_of(std::string_view list, std::string_view word) noexcept {
  if (word.empty()) return false;
  for (std::size_t at = 1; at < list.size();) {
    const std::size_t end = list.find(' ', at);
    if (equals_ignore_case(list.substr(at, end - at), word)) return true;
    at = end + 1;
  }
  return false;
}

}  // namespace policysim::base
