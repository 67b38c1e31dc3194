// The generated tables and how they are read. Names in them are in lower case and sorted.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace policysim::catalog {

struct ServiceRow {
  std::string_view prefix;
  std::string_view actions;  // lines `name`, or `name *` for an action without a resource type
};

// A key with a variable part between the two.
struct KeyTemplate {
  std::string_view prefix;
  std::string_view suffix;
  std::string_view type;  // as in a line of keys
};

struct RcpRow {
  std::string_view prefix;
  std::string_view since;  // "2024-11-13"
};

namespace generated {

std::span<const ServiceRow> services() noexcept;
std::string_view keys() noexcept;  // lines `name TYPE` or `name TYPE+` (multivalued)
std::span<const KeyTemplate> key_templates() noexcept;
std::span<const RcpRow> rcp_services() noexcept;
std::string_view date() noexcept;

}  // namespace generated

// -1, 0 or 1, ASCII case ignored; `lower` is in lower case.
int compare_ignore_case(std::string_view text, std::string_view lower) noexcept;

// What follows the name and its blank in the line of `name`, which may be nothing; none without
// such a line. Binary search.
std::optional<std::string_view> find_line(std::string_view table, std::string_view name) noexcept;

}  // namespace policysim::catalog
