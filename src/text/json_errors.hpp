// Why a JSON text was refused, in our own words: the library's can be as long as the input.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "policysim/diagnostic.hpp"

namespace policysim::text {

// What may follow the last token that was understood.
enum class JsonExpected : std::uint8_t {
  kValue,
  kFirstMember,
  kFirstItem,
  kColon,
  kNextMember,
  kNextItem,
  kEnd
};

struct JsonFault {
  std::string_view text;
  std::size_t understood = 0;  // end of the last token that was
  JsonExpected expected = JsonExpected::kValue;
  const SourceSpan* open = nullptr;  // innermost open object or list
};

// PS0101 unexpected token, PS0102 string, PS0103 number, PS0104 end of text, PS0105 text after it.
Diagnostic explain_json(const JsonFault& fault, std::uint32_t source);

// PS0103 for the number that starts at `begin`.
Diagnostic explain_leading_zero(std::string_view text, std::size_t begin, std::uint32_t source);

}  // namespace policysim::text
