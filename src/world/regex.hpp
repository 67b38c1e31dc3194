// Regular expressions that users write (RE2 syntax: time linear in the text).
#pragma once

#include <string>
#include <string_view>

namespace policysim::world {

// Why the pattern cannot be used; empty: it can.
std::string regex_error(std::string_view pattern);

// Does the pattern match somewhere in the text? Precondition: the pattern can be used.
bool regex_found(std::string_view pattern, std::string_view text);

}  // namespace policysim::world
