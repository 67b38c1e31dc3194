#include "reference/facts.hpp"

#include <algorithm>

#include "reference/rules.hpp"
#include "reference/text.hpp"

namespace policysim::reference {
namespace {

using Words = std::set<std::string, std::less<>>;

// Operations that name no key.
const Words kKmsWithoutKey{"createkey",
                           "generaterandom",
                           "listkeys",
                           "listaliases",
                           "connectcustomkeystore",
                           "createcustomkeystore",
                           "deletecustomkeystore",
                           "describecustomkeystores",
                           "disconnectcustomkeystore",
                           "updatecustomkeystore",
                           "listretirablegrants"};

// Services that resource control policies cover, as of 2026-09-26.
const Words kRcpServices{"aoss",
                         "appconfig",
                         "appstream",
                         "autoscaling",
                         "autoscaling-plans",
                         "budgets",
                         "clouddirectory",
                         "cloudfront",
                         "cloudsearch",
                         "cloudtrail-data",
                         "codeartifact",
                         "codebuild",
                         "codecommit",
                         "codepipeline",
                         "cognito-identity",
                         "cognito-idp",
                         "comprehend",
                         "comprehendmedical",
                         "compute-optimizer",
                         "cost-optimization-hub",
                         "dax",
                         "dsql",
                         "dynamodb",
                         "ecr",
                         "ecr-public",
                         "events",
                         "firehose",
                         "fis",
                         "fms",
                         "gamelift",
                         "health",
                         "inspector-scan",
                         "kendra",
                         "kinesisvideo",
                         "kms",
                         "logs",
                         "memorydb",
                         "networkmonitor",
                         "notifications",
                         "opensearch",
                         "pca-connector-ad",
                         "personalize",
                         "polly",
                         "pricing",
                         "resource-groups",
                         "rolesanywhere",
                         "s3",
                         "secretsmanager",
                         "servicediscovery",
                         "signin",
                         "sqs",
                         "sts",
                         "support",
                         "swf",
                         "textract",
                         "timestream-influxdb",
                         "transcribe",
                         "transfer",
                         "translate",
                         "wafv2",
                         "workspaces",
                         "xray"};

std::string_view reading(const Options& options, std::string_view name,
                         std::string_view default_reading) {
  const auto found = options.find(name);
  return found == options.end() ? default_reading : std::string_view(found->second);
}

bool rcp_covers(const Facts& f, const Request& request, const Options& options) {
  const bool opensearch =
      f.service == "es" && reading(options, "rcp.opensearch_es", "both") == "both";
  if (!kRcpServices.contains(f.service) && !opensearch) return false;
  if (request.caller.kind == CallerKind::kServiceLinkedRole) return false;
  if (request.resource_in_management_account || request.aws_managed_key) return false;
  if (f.service == "kms" && f.operation == "retiregrant") return false;
  if (f.trust_operation && request.resource.find(":role/aws-service-role/") != std::string::npos) {
    return false;
  }
  if (request.resource != "*") return true;
  return f.has_account && reading(options, "rcp.resourceless", "on") == "on";
}

std::vector<std::string> levels(const std::vector<Policy>& policies, PolicyType type) {
  std::vector<std::string> out;
  for (const Policy& policy : policies) {
    if (policy.type != type) continue;
    if (std::find(out.begin(), out.end(), policy.level) == out.end()) out.push_back(policy.level);
  }
  return out;
}

bool any_of_type(const std::vector<Policy>& policies, PolicyType type) {
  return std::any_of(policies.begin(), policies.end(),
                     [&](const Policy& policy) { return policy.type == type; });
}

void find_caller_layers(const std::vector<Policy>& policies, const Request& request, Facts& f) {
  const Caller& c = request.caller;
  const bool user = c.kind == CallerKind::kUser;
  const bool session = c.kind == CallerKind::kRoleSession;
  const bool federated = c.kind == CallerKind::kFederatedUser;
  const bool slr = c.kind == CallerKind::kServiceLinkedRole;
  f.has_identity = user || session || federated || slr;
  f.has_boundary = (user || session || federated) && any_of_type(policies, PolicyType::kBoundary);
  const bool passed = c.session_policies_passed || any_of_type(policies, PolicyType::kSession);
  f.has_session = (session || federated || c.kind == CallerKind::kRootSession) && passed;
  f.scp_applies = f.has_account && !slr && !c.in_management_account && !f.scp_levels.empty();
}

const Words kEfsClientActions{"clientmount", "clientwrite", "clientrootaccess"};

// Is the caller a session of the very role that it assumes?
bool assumes_itself(const Facts& f, const Request& request) {
  return f.trust_operation && f.operation == "assumerole" &&
         request.caller.kind == CallerKind::kRoleSession &&  // services assume their own roles
         names_role(request.caller, request.resource);
}

// A function URL of AuthType NONE asks the function's policy alone.
bool is_public_url(const Facts& f, const Request& request) {
  if (f.service != "lambda" || f.operation != "invokefunctionurl") return false;
  return std::any_of(request.context.begin(), request.context.end(), [](const ContextKey& entry) {
    return ascii_lower(entry.key) == "lambda:functionurlauthtype" &&
           entry.state == State::kScalar && entry.values[0] == "NONE";
  });
}

void find_resource_policy(const std::vector<Policy>& policies, const Request& request,
                          const Options& options, Facts& f) {
  f.has_resource_policy = false;
  for (const Policy& policy : policies) {
    const bool ordinary = policy.type == PolicyType::kResource;
    f.has_resource_policy = f.has_resource_policy || (ordinary && f.consults(policy));
  }
  f.open_by_default = f.service == "elasticfilesystem" && !f.has_resource_policy &&
                      request.resource.find(":file-system/") != std::string::npos &&
                      kEfsClientActions.contains(f.operation);
  const bool unlisted = f.has_resource_policy && !is_listed_service(f.service) &&
                        reading(options, "rbp.mandatory_unlisted", "no") == "yes";
  f.mandatory = (f.key_operation && !f.retires_grant) || f.trust_operation || unlisted ||
                is_public_url(f, request) || request.policy_mandatory;
}

void find_service_rules(const Request& request, Facts& f) {
  const bool role = request.resource.find(":role/") != std::string::npos;
  f.key_operation = f.service == "kms" && !kKmsWithoutKey.contains(f.operation) &&
                    request.resource.find(":key/") != std::string::npos;
  f.retires_grant = f.key_operation && f.operation == "retiregrant";
  f.trust_operation = f.service == "sts" && role;
  f.identity_only = f.service == "sts" && f.operation == "assumeroot";
  f.assumes_itself = assumes_itself(f, request);
  const bool identity_call = f.operation == "getcalleridentity" || f.operation == "getsessiontoken";
  f.always_allowed =
      f.service == "sts" && identity_call && request.caller.kind != CallerKind::kAnonymous;
}

// Whose resource is it? AWS's own managed policies count as everybody's.
void find_sides(const Request& request, const std::optional<std::string>& object_owner, Facts& f) {
  const std::string& account = request.caller.account;
  const bool of_aws =
      f.service == "iam" && request.resource.find(":iam::aws:policy/") != std::string::npos;
  const std::string& owner = request.resource_account.empty() ? account : request.resource_account;
  const bool own = f.has_account && (owner == account || of_aws || f.identity_only);
  f.foreign_object = object_owner.has_value();
  f.same_account = f.foreign_object ? f.has_account && *object_owner == account : own;
  f.root_lockout =
      (f.service == "s3" || f.service == "s3express") && changes_bucket_policy(f) && f.root && own;
  f.impossible_across = f.has_account && !own;
}

}  // namespace

bool Facts::consults(const Policy& policy) const {
  switch (policy.type) {
    case PolicyType::kIdentity:
      return has_identity;
    case PolicyType::kBoundary:
      return has_boundary;
    case PolicyType::kSession:
      return has_session;
    case PolicyType::kScp:
      return scp_applies;
    case PolicyType::kRcp:
      return rcp_applies;
    case PolicyType::kEndpoint:
      return vpce_applies;
    case PolicyType::kKey:
      return key_operation && !retires_grant;
    case PolicyType::kTrust:
      return trust_operation;
    case PolicyType::kResource:
      break;
  }
  // Signing in to a registry is no operation on a repository.
  if (service == "ecr" && operation == "getauthorizationtoken") return false;
  return service != "kms" && service != "sts" && service != "iam";
}

Facts facts_of(const std::vector<Policy>& policies, const Request& request, const Options& options,
               const std::optional<std::string>& object_owner) {
  const Caller& c = request.caller;
  Facts f;
  const std::string action = ascii_lower(request.action);
  const std::size_t colon = std::min(action.find(':'), action.size() - 1);
  f.service = action.substr(0, colon);
  f.operation = action.substr(colon + 1);
  f.has_account = c.kind != CallerKind::kService && c.kind != CallerKind::kAnonymous &&
                  c.kind != CallerKind::kFederatedIdp;
  f.root = c.kind == CallerKind::kRoot || c.kind == CallerKind::kRootSession;
  f.scp_levels = request.scp_levels.value_or(levels(policies, PolicyType::kScp));
  f.rcp_levels = request.rcp_levels.value_or(levels(policies, PolicyType::kRcp));
  find_service_rules(request, f);
  find_sides(request, object_owner, f);
  find_resource_policy(policies, request, options, f);
  f.impossible_across = f.impossible_across && never_across(f, request, options);
  find_caller_layers(policies, request, f);
  f.rcp_applies = !f.rcp_levels.empty() && rcp_covers(f, request, options);
  const bool slr_exempt = c.kind == CallerKind::kServiceLinkedRole &&
                          reading(options, "vpce.slr", "applies") == "exempt";
  f.through_endpoint = request.through_endpoint && !request.via_service &&
                       c.kind != CallerKind::kService && !slr_exempt;
  f.vpce_applies = f.through_endpoint && any_of_type(policies, PolicyType::kEndpoint);
  f.cross_partition = f.has_account && !request.resource_partition.empty() &&
                      !c.partition.empty() && c.partition != request.resource_partition;
  return f;
}

}  // namespace policysim::reference
