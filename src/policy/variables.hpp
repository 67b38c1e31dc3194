// Policy variables: `${key}`, `${key, 'default'}`, `${*}`, `${?}`, `${$}` (Version 2012-10-17
// only).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace policysim::policy {

// A policy string, cut where variables and escapes stand.
struct Piece {
  enum class Kind : std::uint8_t {
    kText,      // policy text: its * and ? may be wildcards
    kLiteral,   // an escape's character, or a default: always literal
    kVariable,  // key, perhaps with a default
    kMalformed  // `${}`, blanks in the key, missing quote: never resolves
  };
  Kind kind = Kind::kText;
  std::string text;                         // kText, kLiteral; kVariable: the key as written
  std::optional<std::string> default_text;  // kVariable
  std::uint32_t offset = 0;                 // of the piece within the policy string
  std::uint32_t length = 0;
};

// Cuts `value`; with version 2008 the whole string is one kText piece. A `${` without `}` is text.
// Adjacent text is one piece; an empty string gives no piece.
std::vector<Piece> split_variables(std::string_view value, bool version_2012);

}  // namespace policysim::policy
