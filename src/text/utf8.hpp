// UTF-8 as RFC 3629 has it: no overlong forms, no surrogates, nothing above U+10FFFF.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace policysim::text {

// Bytes of the well-formed sequence that starts at `at`, or zero. Precondition: at < text.size().
std::size_t utf8_length(std::string_view text, std::size_t at) noexcept;

// The code point of a sequence of that length.
std::uint32_t decode_utf8(std::string_view text, std::size_t at, std::size_t length) noexcept;

// Offset of the first byte of no well-formed sequence, or npos.
std::size_t find_invalid_utf8(std::string_view text) noexcept;

}  // namespace policysim::text
