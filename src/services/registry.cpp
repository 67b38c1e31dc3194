#include "services/registry.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "values/arn.hpp"

namespace policysim::services {
namespace {

// Names are lower case and sorted; `listed_only`: across accounts nothing but the list is possible,
// else everything but the list.
struct CrossAccountRow {
  std::string_view service;
  bool listed_only;
  std::string_view names;  // separated by single blanks, with one at both ends
};

constexpr std::string_view kBucketPolicyActions =
    " deletebucketpolicy getbucketpolicy putbucketpolicy ";

// evaluation logic, "xaccount_ops": KMS and DynamoDB developer guides, SQS limitations, S3 API.
constexpr std::array kCrossAccount = {
    CrossAccountRow{"dynamodb", true,
                    " batchgetitem batchwriteitem conditioncheckitem deleteitem deletetable "
                    "describestream describetable getitem getrecords getsharditerator "
                    "listtagsofresource putitem query scan tagresource untagresource updateitem "
                    "updatetable "},
    CrossAccountRow{"iam", true, " "},
    CrossAccountRow{"kms", true,
                    " creategrant decrypt derivesharedsecret describekey encrypt generatedatakey "
                    "generatedatakeypair generatedatakeypairwithoutplaintext "
                    "generatedatakeywithoutplaintext generatemac getkeyrotationstatus getpublickey "
                    "listgrants reencryptfrom reencryptto retiregrant revokegrant sign verify "
                    "verifymac "},
    CrossAccountRow{"organizations", true, " "},
    CrossAccountRow{"s3", false, kBucketPolicyActions},
    CrossAccountRow{"s3-outposts", false, kBucketPolicyActions},
    CrossAccountRow{"s3express", true, " createsession "},
    CrossAccountRow{"sqs", false,
                    " addpermission cancelmessagemovetask createqueue deletequeue "
                    "listmessagemovetasks listqueues listqueuetags removepermission "
                    "setqueueattributes startmessagemovetask tagqueue untagqueue "},
};

// KMS actions that no key policy governs.
constexpr std::string_view kNoKeyActions =
    " connectcustomkeystore createcustomkeystore createkey deletecustomkeystore "
    "describecustomkeystores disconnectcustomkeystore generaterandom listaliases listkeys "
    "listretirablegrants updatecustomkeystore ";

constexpr std::string_view kLambdaOwnerActions =
    " addpermission removepermission updatefunctionconfiguration ";

std::string_view name_of(std::string_view action) noexcept {
  const std::size_t colon = action.find(':');
  return colon == std::string_view::npos ? std::string_view{} : action.substr(colon + 1);
}

// Is `name` (any case) one of the words of `list`?
bool listed(std::string_view list, std::string_view name) noexcept {
  if (name.empty()) return false;
  for (std::size_t at = 1; at < list.size();) {
    const std::size_t end = list.find(' ', at);
    if (base::equals_ignore_case(list.substr(at, end - at), name)) return true;
    at = end + 1;
  }
  return false;
}

bool is_service(std::string_view action, std::string_view service) noexcept {
  return base::equals_ignore_case(service_of(action), service);
}

bool resource_is(std::string_view resource, std::string_view service, std::string_view type) {
  const auto arn = values::split_arn(resource);
  return arn && arn->service() == service && arn->resource().substr(0, type.size()) == type;
}

}  // namespace

std::string_view service_of(std::string_view action) noexcept {
  return action.substr(0, action.find(':'));
}

std::string_view policy_target(std::string_view resource) noexcept {
  const auto arn = values::split_arn(resource);
  if (!arn) return resource;
  const auto upto = [&](std::size_t end) {
    return end == std::string_view::npos
               ? resource
               : resource.substr(0, resource.size() - arn->resource().size() + end);
  };
  const std::string_view part = arn->resource();
  if (arn->service() == "s3" && arn->account().empty()) return upto(part.find('/'));
  if (arn->service() == "s3" && part.substr(0, 12) == "accesspoint/")
    return upto(part.find('/', 12));
  if (arn->service() == "dynamodb") return upto(part.find("/index/"));
  return resource;
}

bool is_key_operation(std::string_view action, std::string_view resource) noexcept {
  return is_service(action, "kms") && !listed(kNoKeyActions, name_of(action)) &&
         resource_is(resource, "kms", "key/");
}

bool is_trust_operation(std::string_view action, std::string_view resource) noexcept {
  return is_service(action, "sts") && resource_is(resource, "iam", "role/");
}

bool resource_policy_mandatory(std::string_view action, std::string_view resource) noexcept {
  return is_key_operation(action, resource) || is_trust_operation(action, resource);
}

bool ignores_resource_policy(std::string_view action, std::string_view resource) noexcept {
  if (is_service(action, "kms")) return !is_key_operation(action, resource);
  // A trust policy speaks of sts actions only; iam actions on the role are identity-only.
  return resource_is(resource, "iam", "role/") && !is_trust_operation(action, resource);
}

CrossAccount across_accounts(std::string_view action) noexcept {
  if (is_service(action, "lambda") && listed(kLambdaOwnerActions, name_of(action))) {
    return CrossAccount::kByOption;
  }
  for (const CrossAccountRow& row : kCrossAccount) {
    if (is_service(action, row.service)) {
      const bool possible = listed(row.names, name_of(action)) == row.listed_only;
      return possible ? CrossAccount::kPossible : CrossAccount::kImpossible;
    }
  }
  return CrossAccount::kPossible;
}

std::string_view refusal(std::string_view action, std::string_view resource,
                         bool caller_is_root) noexcept {
  const std::string_view name = name_of(action);
  if (is_service(action, "kms") && resource_is(resource, "kms", "alias/aws/") &&
      listed(" createalias deletealias updatealias ", name)) {
    return "aliases of AWS managed keys cannot be changed";
  }
  if (caller_is_root && is_trust_operation(action, resource) && listed(" assumerole ", name)) {
    return "the root user cannot assume roles";
  }
  return {};
}

bool always_allowed(std::string_view action) noexcept {
  return base::equals_ignore_case(action, "sts:GetCallerIdentity") ||
         base::equals_ignore_case(action, "sts:GetSessionToken");
}

bool root_may_unlock(std::string_view action) noexcept {
  return (is_service(action, "s3") || is_service(action, "s3express")) &&
         listed(kBucketPolicyActions, name_of(action));
}

bool beyond_rcps(std::string_view action, std::string_view resource) noexcept {
  if (base::equals_ignore_case(action, "kms:RetireGrant")) return true;
  return is_service(action, "sts") && resource_is(resource, "iam", "role/aws-service-role/");
}

}  // namespace policysim::services
