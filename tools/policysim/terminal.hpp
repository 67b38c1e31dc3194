// What the terminal and the environment say about output.
#pragma once

#include <string_view>

namespace policysim::cli {

// `mode`: auto, always or never. Auto: a terminal, NO_COLOR unset or empty, TERM not dumb.
bool wants_color(std::string_view mode, int fd);
// Is the locale's character set UTF-8 (LC_ALL, else LC_CTYPE, else LANG)?
bool utf8_locale();
// Width of the terminal behind `fd`; 0 when there is none.
unsigned terminal_columns(int fd);

}  // namespace policysim::cli
