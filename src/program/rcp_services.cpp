#include <algorithm>

#include "catalog/services.hpp"
#include "program/program.hpp"

namespace policysim::program {

bool Program::rcp_supports(std::string_view service_prefix) const noexcept {
  if (rcp_services.empty()) return catalog::rcp_supports(service_prefix, rcp_date);
  return std::binary_search(rcp_services.begin(), rcp_services.end(), service_prefix);
}

}  // namespace policysim::program
