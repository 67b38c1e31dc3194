// One row a service. Sources: KMS and DynamoDB developer guides, SQS limitations of custom
// policies, S3 API reference, IAM user guide (evaluation.md 6.9 and 12).
#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "services/service.hpp"

namespace policysim::services {

// Each in the file of its service.
void kms_rules(const Call& call, Rules& out) noexcept;
void sts_rules(const Call& call, Rules& out) noexcept;
void iam_rules(const Call& call, Rules& out) noexcept;
void s3_rules(const Call& call, Rules& out) noexcept;
UnknownFact s3_unknown_fact(const Call& call) noexcept;
void s3express_rules(const Call& call, Rules& out) noexcept;
void lambda_rules(const Call& call, Rules& out) noexcept;
void organizations_rules(const Call& call, Rules& out) noexcept;
void ecr_rules(const Call& call, Rules& out) noexcept;
void efs_rules(const Call& call, Rules& out) noexcept;
void encrypted_store_rules(const Call& call, Rules& out) noexcept;  // DynamoDB, Secrets Manager
void not_modelled_rules(const Call& call, Rules& out) noexcept;

namespace {

using Kind = AcrossAccounts::Kind;

// Sorted by prefix. A service without a row follows the general rules alone.
constexpr std::array kServices = {
    Service{"apigateway", {}, not_modelled_rules},
    Service{"dynamodb",
            {Kind::kOnly,
             " batchgetitem batchwriteitem conditioncheckitem deleteitem deletetable "
             "describestream describetable getitem getrecords getsharditerator "
             "listtagsofresource putitem query scan tagresource untagresource updateitem "
             "updatetable "},
            encrypted_store_rules},
    Service{"ecr", {}, ecr_rules},
    Service{"elasticfilesystem", {}, efs_rules},
    Service{"execute-api", {}, not_modelled_rules},
    Service{"glue", {}, not_modelled_rules},
    Service{"iam", {Kind::kOnly, " "}, iam_rules},
    Service{"kms",
            {Kind::kOnly,
             " creategrant decrypt derivesharedsecret describekey encrypt generatedatakey "
             "generatedatakeypair generatedatakeypairwithoutplaintext "
             "generatedatakeywithoutplaintext generatemac getkeyrotationstatus getpublickey "
             "listgrants reencryptfrom reencryptto retiregrant revokegrant sign verify "
             "verifymac "},
            kms_rules},
    Service{"lambda",
            {Kind::kAllBut, " addpermission removepermission updatefunctionconfiguration "},
            lambda_rules},
    Service{"organizations", {Kind::kOnly, " "}, organizations_rules},
    Service{"s3", {Kind::kAllBut, kBucketPolicyActions}, s3_rules, s3_unknown_fact},
    Service{"s3-outposts", {Kind::kAllBut, kBucketPolicyActions}},
    Service{"s3express", {Kind::kOnly, " createsession "}, s3express_rules},
    Service{"secretsmanager", {}, encrypted_store_rules},
    Service{"sqs",
            {Kind::kAllBut,
             " addpermission cancelmessagemovetask createqueue deletequeue listmessagemovetasks "
             "listqueues listqueuetags removepermission setqueueattributes startmessagemovetask "
             "tagqueue untagqueue "}},
    Service{"sts", {Kind::kAllBut, " "}, sts_rules},
    Service{"vpc-lattice", {}, not_modelled_rules},
    Service{"vpc-lattice-svcs", {}, not_modelled_rules},
};

const Service* find_service(std::string_view prefix) noexcept {
  for (const Service& row : kServices) {
    if (base::equals_ignore_case(row.prefix, prefix)) return &row;
  }
  return nullptr;
}

// Services with resource policies that the documentation treats by the ordinary rules
// (evaluation.md 6.5 and 7).
constexpr std::string_view kOrdinary =
    " acm-pca apigateway backup bedrock bedrock-agentcore cloudtrail codeartifact codebuild "
    "comprehend dynamodb ec2 ecr elasticfilesystem entityresolution es events execute-api glacier "
    "glue iam kafka kinesis kms lambda lex logs mediapackagev2 mediastore network-firewall "
    "organizations payment-cryptography ram redshift redshift-serverless rekognition "
    "route53resolver s3 s3-object-lambda s3-outposts s3express s3tables s3vectors sagemaker "
    "schemas secretsmanager "
    "serverlessrepo servicediscovery ses signer sns sqs sts vpc-lattice vpc-lattice-svcs xray ";

Call call_of(const request::Data& request) noexcept {
  const std::string_view action = request.action;
  const std::size_t colon = action.find(':');
  return {request, colon == std::string_view::npos ? std::string_view{} : action.substr(colon + 1),
          values::split_arn(request.resource)};
}

void apply(const AcrossAccounts& list, const Call& call, Rules& out) noexcept {
  switch (list.kind) {
    case Kind::kUnlisted:
      out.across_accounts_unlisted = true;
      return;
    case Kind::kOnly:
      out.across_accounts = call.in(list.names);
      return;
    case Kind::kAllBut:
      out.across_accounts = !call.in(list.names);
      return;
  }
}

}  // namespace

bool Call::is(std::string_view action_name) const noexcept {
  return base::equals_ignore_case(name, action_name);
}

bool Call::in(std::string_view list) const noexcept { return base::is_word_of(list, name); }

bool Call::on(std::string_view service, std::string_view type) const noexcept {
  return resource && resource->service() == service &&
         resource->resource().substr(0, type.size()) == type;
}

bool Call::has_account() const noexcept {
  using request::CallerKind;
  const CallerKind kind = request.caller.kind;
  return !request.caller.account.empty() && kind != CallerKind::kService &&
         kind != CallerKind::kAnonymous && kind != CallerKind::kFederatedIdp;
}

bool Call::across_accounts() const noexcept {
  return has_account() && request.caller.account != request.resource_facts.account;
}

std::string_view Call::value(std::string_view key) const noexcept {
  for (const request::ContextEntry& entry : request.context) {
    if (!base::equals_ignore_case(entry.key, key)) continue;
    return entry.state == request::ValueState::kScalar ? std::string_view(entry.values.front())
                                                       : std::string_view();
  }
  return {};
}

bool Call::unknown(std::string_view key) const noexcept {
  for (const request::ContextEntry& entry : request.context) {
    if (base::equals_ignore_case(entry.key, key)) {
      return entry.state == request::ValueState::kUnknown;
    }
  }
  if (!request.missing_unknown) return false;
  return std::none_of(
      request.complete_prefixes.begin(), request.complete_prefixes.end(),
      [&](const std::string& prefix) { return base::starts_with_ignore_case(key, prefix); });
}

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

Rules rules_of(const request::Data& request) noexcept {
  const Call call = call_of(request);
  Rules out;
  const std::string_view prefix = service_of(request.action);
  out.mandatory = request.resource_facts.policy_mandatory;
  const Service* const service = find_service(prefix);
  if (service == nullptr) {
    out.across_accounts_unlisted = true;
    return out;
  }
  apply(service->across, call, out);
  if (service->rules != nullptr) service->rules(call, out);
  return out;
}

bool has_ordinary_policies(std::string_view service_prefix) noexcept {
  return base::is_word_of(kOrdinary, service_prefix);
}

UnknownFact unknown_fact(const request::Data& request) noexcept {
  const Service* const service = find_service(service_of(request.action));
  if (service == nullptr || service->unknown_fact == nullptr) return {};
  return service->unknown_fact(call_of(request));
}

}  // namespace policysim::services
