#include "reference/facts.hpp"

#include <algorithm>

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

const Words kKmsAcross{"encrypt",
                       "decrypt",
                       "reencryptfrom",
                       "reencryptto",
                       "generatedatakey",
                       "generatedatakeywithoutplaintext",
                       "generatedatakeypair",
                       "generatedatakeypairwithoutplaintext",
                       "generatemac",
                       "verifymac",
                       "sign",
                       "verify",
                       "derivesharedsecret",
                       "creategrant",
                       "describekey",
                       "getkeyrotationstatus",
                       "getpublickey",
                       "listgrants",
                       "retiregrant",
                       "revokegrant"};

const Words kDynamodbAcross{"getitem",
                            "batchgetitem",
                            "query",
                            "scan",
                            "putitem",
                            "updateitem",
                            "deleteitem",
                            "batchwriteitem",
                            "conditioncheckitem",
                            "describetable",
                            "updatetable",
                            "deletetable",
                            "listtagsofresource",
                            "tagresource",
                            "untagresource",
                            "describestream",
                            "getrecords",
                            "getsharditerator"};

const Words kSqsNotAcross{"addpermission",
                          "cancelmessagemovetask",
                          "createqueue",
                          "deletequeue",
                          "listmessagemovetasks",
                          "listqueues",
                          "listqueuetags",
                          "removepermission",
                          "setqueueattributes",
                          "startmessagemovetask",
                          "tagqueue",
                          "untagqueue"};

const Words kBucketPolicyOperations{"getbucketpolicy", "putbucketpolicy", "deletebucketpolicy"};

const Words kLambdaNotAcross{"addpermission", "removepermission", "updatefunctionconfiguration"};

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

bool never_across(const Facts& f, const Request& request, const Options& options) {
  if (f.service == "kms") return !kKmsAcross.contains(f.operation);
  if (f.service == "dynamodb") {
    return request.aws_managed_key || !kDynamodbAcross.contains(f.operation);
  }
  if (f.service == "sqs") return kSqsNotAcross.contains(f.operation);
  if (f.service == "s3" || f.service == "s3-outposts") {
    return kBucketPolicyOperations.contains(f.operation);
  }
  if (f.service == "s3express") return f.operation != "createsession";
  if (f.service == "lambda") {
    return kLambdaNotAcross.contains(f.operation) &&
           reading(options, "xaccount.lambda", "on") == "on";
  }
  return f.service == "iam" || f.service == "organizations";
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

void find_service_rules(const Request& request, const Options& options, Facts& f) {
  const bool role = request.resource.find(":role/") != std::string::npos;
  f.key_operation = f.service == "kms" && !kKmsWithoutKey.contains(f.operation) &&
                    request.resource.find(":key/") != std::string::npos;
  f.trust_operation = f.service == "sts" && role;
  f.mandatory = f.key_operation || f.trust_operation;
  const bool identity_call = f.operation == "getcalleridentity" || f.operation == "getsessiontoken";
  f.always_allowed =
      f.service == "sts" && identity_call && request.caller.kind != CallerKind::kAnonymous;
  f.root_lockout = (f.service == "s3" || f.service == "s3express") &&
                   kBucketPolicyOperations.contains(f.operation) && f.root && f.same_account;
  f.impossible_across = f.has_account && !f.same_account && never_across(f, request, options);
  f.root_assumes_role =
      f.trust_operation && f.operation == "assumerole" && request.caller.kind == CallerKind::kRoot;
  f.immutable = f.service == "kms" && f.operation.ends_with("alias") &&
                request.resource.find(":alias/aws/") != std::string::npos;
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
      return key_operation;
    case PolicyType::kTrust:
      return trust_operation;
    case PolicyType::kResource:
      break;
  }
  return service != "kms" && service != "sts" && service != "iam";
}

Facts facts_of(const std::vector<Policy>& policies, const Request& request,
               const Options& options) {
  const Caller& c = request.caller;
  Facts f;
  const std::string action = ascii_lower(request.action);
  const std::size_t colon = std::min(action.find(':'), action.size() - 1);
  f.service = action.substr(0, colon);
  f.operation = action.substr(colon + 1);
  f.has_account = c.kind != CallerKind::kService && c.kind != CallerKind::kAnonymous &&
                  c.kind != CallerKind::kFederatedIdp;
  const std::string& owner =
      request.resource_account.empty() ? c.account : request.resource_account;
  f.same_account = f.has_account && owner == c.account;
  f.root = c.kind == CallerKind::kRoot || c.kind == CallerKind::kRootSession;
  f.scp_levels = levels(policies, PolicyType::kScp);
  f.rcp_levels = levels(policies, PolicyType::kRcp);
  find_service_rules(request, options, f);
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
