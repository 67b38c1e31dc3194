#include "policysim/version.hpp"

#include "catalog/services.hpp"

namespace policysim {

std::string_view version() noexcept { return "0.1.0"; }

std::string_view catalog_date() noexcept { return catalog::catalog_date(); }

std::string_view rcp_services_date() noexcept { return catalog::newest_rcp_date(); }

}  // namespace policysim
