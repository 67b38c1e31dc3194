// Facts of the service authorization reference that matching and derivation need. Generated data
// behind it (catalog/generated/, date and source in the files).
#pragma once

#include <string_view>

namespace policysim::catalog {

// Does the action ("ec2:DescribeInstances", any case) have no resource type, so that the service
// presents "*"? False for unknown actions.
bool is_wildcard_only(std::string_view action) noexcept;
bool is_known_action(std::string_view action) noexcept;
bool is_known_service(std::string_view prefix) noexcept;

// Is the service prefix covered by RCPs in the list in force at `date` ("" = the newest)?
bool rcp_supports(std::string_view service_prefix, std::string_view date = {}) noexcept;
std::string_view newest_rcp_date() noexcept;
std::string_view catalog_date() noexcept;

}  // namespace policysim::catalog
