#include "catalog/tables.hpp"

#include <algorithm>
#include <cstddef>

#include "base/ascii.hpp"

namespace policysim::catalog {

int compare_ignore_case(std::string_view text, std::string_view lower) noexcept {
  const std::size_t size = std::min(text.size(), lower.size());
  for (std::size_t i = 0; i < size; ++i) {
    const auto a = static_cast<unsigned char>(base::lower(text[i]));
    const auto b = static_cast<unsigned char>(lower[i]);
    if (a != b) return a < b ? -1 : 1;
  }
  if (text.size() == lower.size()) return 0;
  return text.size() < lower.size() ? -1 : 1;
}

std::optional<std::string_view> find_line(std::string_view table, std::string_view name) noexcept {
  while (!table.empty()) {
    const std::size_t middle = table.size() / 2;
    const std::size_t before = middle == 0 ? std::string_view::npos : table.rfind('\n', middle - 1);
    const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
    const std::size_t end = table.find('\n', middle);
    const std::string_view line = table.substr(begin, end - begin);
    const std::size_t blank = std::min(line.find(' '), line.size());
    const int order = compare_ignore_case(name, line.substr(0, blank));
    if (order == 0) return line.substr(std::min(blank + 1, line.size()));
    table = order < 0 ? table.substr(0, begin) : table.substr(end + 1);
  }
  return std::nullopt;
}

}  // namespace policysim::catalog
