#include "catalog/services.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

#include "base/edit_distance.hpp"
#include "catalog/tables.hpp"

namespace policysim::catalog {
namespace {

std::size_t number(std::string_view digits) noexcept {
  std::size_t out = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), out);
  return out;
}

Action read_action(std::string_view line) noexcept {
  Action out;
  out.name = take_word(line);
  out.documented_only = line.empty();
  if (line.empty()) return out;
  out.wildcard_only = line.back() == '*';
  std::string_view sets = generated::key_sets().substr(number(line));
  out.keys = take_line(sets);
  return out;
}

// What stands behind the name in its line; none without line.
std::optional<std::string_view> find_rest(std::string_view table, std::string_view name) noexcept {
  std::string_view line = find_line(table, name);
  if (line.empty()) return std::nullopt;
  take_word(line);
  return line;
}

}  // namespace

std::string_view action_lines(std::string_view prefix) noexcept {
  auto place = find_rest(generated::services(), prefix);
  if (!place) return {};
  const std::size_t begin = number(take_word(*place));
  return generated::actions().substr(begin, number(*place) - begin);
}

Action next_action(std::string_view& lines) noexcept { return read_action(take_line(lines)); }

std::optional<Action> find_action(std::string_view action) noexcept {
  const std::size_t colon = action.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  return find_action(action_lines(action.substr(0, colon)), action.substr(colon + 1));
}

std::optional<Action> find_action(std::string_view lines, std::string_view name) noexcept {
  const std::string_view line = find_line(lines, name);
  if (line.empty()) return std::nullopt;
  return read_action(line);
}

bool is_wildcard_only(std::string_view action) noexcept {
  const std::optional<Action> found = find_action(action);
  return found && found->wildcard_only;
}

bool is_known_action(std::string_view action) noexcept { return find_action(action).has_value(); }

bool is_known_service(std::string_view prefix) noexcept {
  return !find_line(generated::services(), prefix).empty();
}

std::optional<std::string_view> find_retired(std::string_view service_or_action) noexcept {
  return find_rest(generated::retired(), service_or_action);
}

std::string suggest_service(std::string_view prefix) {
  std::vector<std::string_view> names;
  for (std::string_view lines = generated::services(); !lines.empty();) {
    std::string_view line = take_line(lines);
    names.push_back(take_word(line));
  }
  return base::nearest(prefix, names);
}

std::string suggest_action(std::string_view action) {
  const std::size_t colon = std::min(action.find(':'), action.size());
  const std::string_view prefix = action.substr(0, colon);
  std::vector<std::string_view> names;
  each_action(prefix, [&names](const Action& row) { names.push_back(row.name); });
  const std::string name = base::nearest(action.substr(std::min(colon + 1, action.size())), names);
  return name.empty() ? name : std::string(prefix) + ":" + name;
}

bool rcp_supports(std::string_view service_prefix, std::string_view date) noexcept {
  const auto since = find_rest(generated::rcp_services(), service_prefix);
  return since && (date.empty() || *since <= date);
}

std::string_view newest_rcp_date() noexcept {
  std::string_view newest;
  for (std::string_view lines = generated::rcp_services(); !lines.empty();) {
    std::string_view line = take_line(lines);
    take_word(line);
    newest = std::max(newest, line);
  }
  return newest;
}

std::string_view catalog_date() noexcept { return generated::date(); }

}  // namespace policysim::catalog
