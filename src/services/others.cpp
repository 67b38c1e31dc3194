// Services with a rule or two: Lambda, EFS, and those that are not modelled as a whole.
#include "services/service.hpp"

namespace policysim::services {

// Observed: what only the owner's account can do (evaluation.md 6.9).
void lambda_rules(const Call& call, Rules& out) noexcept {
  if (!out.across_accounts) out.across_accounts_option = catalog::Option::kXaccountLambda;
  out.across_accounts = true;
  // A URL of AuthType NONE asks the function's policy alone.
  const bool public_url = call.value("lambda:FunctionUrlAuthType") == "NONE";
  out.mandatory = out.mandatory || (public_url && call.is("InvokeFunctionUrl"));
}

// Without a file system policy every client that can mount has full access (EFS user guide).
void efs_rules(const Call& call, Rules& out) noexcept {
  out.open_without_resource_policy = call.on("elasticfilesystem", "file-system/") &&
                                     call.in(" clientmount clientrootaccess clientwrite ");
}

void not_modelled_rules(const Call& call, Rules& out) noexcept {
  const std::string_view service = service_of(call.request.action);
  if (service == "glue") {
    out.not_modelled = "grants of Lake Formation";
  } else if (service == "vpc-lattice" || service == "vpc-lattice-svcs") {
    out.not_modelled = "auth policies of VPC Lattice";
  } else {
    out.not_modelled = "how the authorizer of an API combines with its resource policy";
  }
}

}  // namespace policysim::services
