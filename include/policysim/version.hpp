// Versions of the program and of the data that it carries.
#pragma once

#include <string_view>

#include "policysim/export.hpp"

namespace policysim {

PSIM_EXPORT std::string_view version() noexcept;            // "0.1.0"
PSIM_EXPORT std::string_view catalog_date() noexcept;       // "2026-09-26"
PSIM_EXPORT std::string_view rcp_services_date() noexcept;  // "2026-09-26"

}  // namespace policysim
