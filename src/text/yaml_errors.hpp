// yaml-cpp's complaints in our own words.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "policysim/diagnostic.hpp"

namespace policysim::text {

// PS0201, and PS0206 for an alias without anchor. `complaint` is the library's message and `at` its
// place in `text`.
Diagnostic explain_yaml(std::string_view text, std::size_t at, std::string_view complaint,
                        std::uint32_t source);

}  // namespace policysim::text
