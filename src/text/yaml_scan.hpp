// Where the parts of a YAML text end: yaml-cpp tells only where they start.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "text/node.hpp"

namespace policysim::text {

// Past blanks, line ends and comments.
std::size_t skip_yaml_gap(std::string_view text, std::size_t at);

// Past `&name` or `*name`.
std::size_t skip_yaml_name(std::string_view text, std::size_t at);

// Length of the plain null (`~`, `null`, `Null`, `NULL`) that stands at `at`, or zero. A word that
// goes on is none: inside brackets `,[]{}` end words too.
std::size_t yaml_null_length(std::string_view text, std::size_t at, bool in_brackets);

// Whether a `:` that ends a key follows, on the same line.
bool is_yaml_key_end(std::string_view text, std::size_t at, bool in_brackets);

// End of the scalar that starts at `at` and was decoded to `value`, or npos for quotes that are
// never closed, which the library accepts.
std::size_t yaml_scalar_end(std::string_view text, std::size_t at, std::string_view value);

// Kind of a scalar by its first character in the text and its value; null is the library's to tell.
NodeKind yaml_scalar_kind(std::string_view first, std::string_view value);

}  // namespace policysim::text
