#include "catalog/tables.hpp"

#include <algorithm>
#include <cstddef>

#include "base/ascii.hpp"

namespace policysim::catalog {
namespace {

std::string_view take(std::string_view& text, char separator) noexcept {
  const std::size_t end = std::min(text.find(separator), text.size());
  const std::string_view out = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return out;
}

}  // namespace

int compare_ignore_case(std::string_view a, std::string_view b) noexcept {
  const std::size_t size = std::min(a.size(), b.size());
  for (std::size_t i = 0; i < size; ++i) {
    const auto x = static_cast<unsigned char>(base::lower(a[i]));
    const auto y = static_cast<unsigned char>(base::lower(b[i]));
    if (x != y) return x < y ? -1 : 1;
  }
  if (a.size() == b.size()) return 0;
  return a.size() < b.size() ? -1 : 1;
}

std::string_view take_line(std::string_view& lines) noexcept { return take(lines, '\n'); }

std::string_view take_word(std::string_view& line) noexcept { return take(line, ' '); }

std::string_view find_line(std::string_view table, std::string_view name) noexcept {
  while (!table.empty()) {
    const std::size_t middle = table.size() / 2;
    const std::size_t before = middle == 0 ? std::string_view::npos : table.rfind('\n', middle - 1);
    const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
    const std::size_t end = table.find('\n', middle);
    const std::string_view line = table.substr(begin, end - begin);
    std::string_view rest = line;
    const int order = compare_ignore_case(name, take_word(rest));
    if (order == 0) return line;
    table = order < 0 ? table.substr(0, begin) : table.substr(end + 1);
  }
  return {};
}

}  // namespace policysim::catalog
