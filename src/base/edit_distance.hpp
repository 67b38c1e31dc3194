// "Did you mean": the nearest of some words.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace policysim::base {

// Optimal string alignment distance, case-insensitive in ASCII.
std::size_t edit_distance(std::string_view a, std::string_view b);

// The nearest candidate within a third of the word's length (at least 2 edits), or empty. Ties go
// to the first.
std::string nearest(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace policysim::base
