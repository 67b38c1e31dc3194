// User text in messages.
#pragma once

#include <string>
#include <string_view>

namespace policysim::base {

// In back-ticks; cut, at the end of a code point, where it is longer than `longest` bytes.
std::string quoted(std::string_view text, std::size_t longest);

// "did you mean `StringLike`?", or empty when `suggestion` is.
std::string did_you_mean(std::string_view suggestion);

}  // namespace policysim::base
