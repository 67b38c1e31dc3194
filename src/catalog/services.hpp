// Facts of the service authorization reference: services, their actions, and the condition keys
// that requests of these can carry. Generated data behind it (catalog/generated/, date and source
// in the files). Names are found in any case and given back as AWS spells them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace policysim::catalog {

struct Action {
  std::string_view name;  // "GetObject"
  // Names of the keys that the action and the resource types that it is about list, blanks between:
  // for has_key() (catalog/keys.hpp). Equal sets are one text.
  std::string_view keys;
  bool wildcard_only = false;    // no resource type: the service presents "*"
  bool documented_only = false;  // the documentation names it, the reference does not: keys unknown
};

std::optional<Action> find_action(std::string_view action) noexcept;  // "s3:GetObject"

// Lines of the service's actions for the next two; none for an unknown service.
std::string_view action_lines(std::string_view prefix) noexcept;
std::optional<Action> find_action(std::string_view lines, std::string_view name) noexcept;
// Takes the first action off `lines`, which are not empty.
Action next_action(std::string_view& lines) noexcept;

// Calls `visit(const Action&)` with each action of a service.
template <class Visit>
void each_action(std::string_view prefix, const Visit& visit) {
  for (std::string_view lines = action_lines(prefix); !lines.empty();) visit(next_action(lines));
}

// False for unknown actions.
bool is_wildcard_only(std::string_view action) noexcept;
bool is_known_action(std::string_view action) noexcept;
bool is_known_service(std::string_view prefix) noexcept;

// A service or action that AWS has given up: the name that took its place, or empty. None where
// nothing is known of it.
std::optional<std::string_view> find_retired(std::string_view service_or_action) noexcept;

// The nearest known name for "did you mean", or empty: a prefix; an action of the same service.
std::string suggest_service(std::string_view prefix);
std::string suggest_action(std::string_view action);

// Is the service prefix covered by RCPs in the list in force at `date` ("" = the newest)?
bool rcp_supports(std::string_view service_prefix, std::string_view date = {}) noexcept;
std::string_view newest_rcp_date() noexcept;
std::string_view catalog_date() noexcept;

}  // namespace policysim::catalog
