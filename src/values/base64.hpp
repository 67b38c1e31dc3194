// Base64 as BinaryEquals needs it: compared by bytes, without allocation.
#pragma once

#include <string_view>

namespace policysim::values {

// Standard alphabet, padding required, no blanks.
bool is_base64(std::string_view text) noexcept;
// Do both decode to the same bytes? Undecodable text never equals.
bool base64_equal(std::string_view a, std::string_view b) noexcept;

}  // namespace policysim::values
