// The generated tables and how they are read: texts of lines, sorted without case by their first
// word. They cost no start-up time and no relocations.
#pragma once

#include <string_view>

namespace policysim::catalog {

namespace generated {

std::string_view services() noexcept;  // `prefix BEGIN END`: its lines in actions()
// `Name SET`, `Name SET*` (no resource type), or `Name` (the documentation alone has it). SET is
// where the line of its keys begins in key_sets().
std::string_view actions() noexcept;
std::string_view key_sets() noexcept;  // names of keys; a variable part is `${…}`; not sorted
std::string_view retired() noexcept;   // service or action, and the name that took its place
// `name TYPE`: a letter, `+` for multivalued keys, `*` for those that may come with any action.
std::string_view keys() noexcept;
std::string_view key_templates() noexcept;  // the same with a variable part
std::string_view rcp_services() noexcept;   // `prefix DATE`
std::string_view date() noexcept;

}  // namespace generated

// -1, 0 or 1, ASCII case ignored.
int compare_ignore_case(std::string_view a, std::string_view b) noexcept;

// Takes the first line off `lines`, which is not empty.
std::string_view take_line(std::string_view& lines) noexcept;
// Takes the first word off `line`, with the blank behind it.
std::string_view take_word(std::string_view& line) noexcept;

// The line whose first word is `name`, or empty. Binary search.
std::string_view find_line(std::string_view table, std::string_view name) noexcept;

}  // namespace policysim::catalog
