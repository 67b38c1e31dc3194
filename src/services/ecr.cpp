// Amazon ECR (evaluation.md 6.5): signing in to a registry is a matter of identity policies alone.
#include "services/service.hpp"

namespace policysim::services {

void ecr_rules(const Call& call, Rules& out) noexcept {
  out.ignores_resource_policy = call.is("GetAuthorizationToken");
}

}  // namespace policysim::services
