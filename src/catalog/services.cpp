#include "catalog/services.hpp"

#include <algorithm>
#include <optional>

#include "catalog/tables.hpp"

namespace policysim::catalog {
namespace {

// The row with that prefix in a table sorted by prefix, or null.
template <class Row>
const Row* find_prefix(std::span<const Row> rows, std::string_view prefix) noexcept {
  const auto found = std::lower_bound(rows.begin(), rows.end(), prefix,
                                      [](const Row& row, std::string_view wanted) {
                                        return compare_ignore_case(wanted, row.prefix) > 0;
                                      });
  if (found == rows.end() || compare_ignore_case(prefix, found->prefix) != 0) return nullptr;
  return &*found;
}

// What the reference marks the action with; none for an unknown action.
std::optional<std::string_view> find_action(std::string_view action) noexcept {
  const std::size_t colon = action.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const ServiceRow* const service = find_prefix(generated::services(), action.substr(0, colon));
  if (service == nullptr) return std::nullopt;
  return find_line(service->actions, action.substr(colon + 1));
}

}  // namespace

bool is_wildcard_only(std::string_view action) noexcept {
  const std::optional<std::string_view> mark = find_action(action);
  return mark && *mark == "*";
}

bool is_known_action(std::string_view action) noexcept { return find_action(action).has_value(); }

bool is_known_service(std::string_view prefix) noexcept {
  return find_prefix(generated::services(), prefix) != nullptr;
}

bool rcp_supports(std::string_view service_prefix, std::string_view date) noexcept {
  const RcpRow* const row = find_prefix(generated::rcp_services(), service_prefix);
  return row != nullptr && (date.empty() || row->since <= date);
}

std::string_view newest_rcp_date() noexcept {
  const auto rows = generated::rcp_services();
  return std::max_element(rows.begin(), rows.end(),
                          [](const RcpRow& a, const RcpRow& b) { return a.since < b.since; })
      ->since;
}

std::string_view catalog_date() noexcept { return generated::date(); }

}  // namespace policysim::catalog
