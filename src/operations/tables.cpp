#include "operations/tables.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "services/rules.hpp"

namespace policysim::operations {
namespace {

// IAM User Guide, global condition keys (2026): aws:ResourceAccount. "*" stands for all actions.
struct ActionRow {
  std::string_view service;
  std::string_view actions;
};
constexpr std::array kNoResourceAccount = {
    ActionRow{"auditmanager", " updateassessmentframeworkshare "},
    ActionRow{"detective", " acceptinvitation "},
    ActionRow{"ds", " acceptshareddirectory "},
    ActionRow{"ebs", "*"},
    ActionRow{"ec2",
              " accepttransitgatewaypeeringattachment acceptvpcendpointconnections "
              "acceptvpcpeeringconnection createtransitgatewaypeeringattachment createvpcendpoint "
              "createvpcpeeringconnection "},
    ActionRow{"es", " acceptinboundconnection "},
    ActionRow{"guardduty", " acceptadministratorinvitation "},
    ActionRow{"macie2", " acceptinvitation "},
    ActionRow{"route53", " associatevpcwithhostedzone createvpcassociationauthorization "},
    ActionRow{"securityhub", " acceptadministratorinvitation "},
};

// The same page: aws:VpceAccount and aws:VpceOrgPaths; aws:VpceOrgID has more, aws:SourceVpcArn
// lacks three.
constexpr std::string_view kVpceAccount =
    " acm-pca applicationinsights apprunner athena cloudformation comprehendmedical "
    "compute-optimizer datasync discovery dynamodb ebs ecr ecs firehose gamelift healthlake iam "
    "iotfleetwise iotwireless kinesisanalytics kms lambda medical-imaging omics "
    "payment-cryptography polly rbin rekognition route53 s3 scheduler servicediscovery "
    "servicequotas shield ssm-contacts storagegateway textract transcribe transfer ";
constexpr std::string_view kVpceOrgIdToo =
    " b2bi cassandra cognito-identity dms ds-data identitystore iottwinmaker network-firewall "
    "pricing ses sms-voice sqs workmail ";
constexpr std::string_view kNoSourceVpcArn = " dynamodb gamelift shield ";

// IAM User Guide, forward access sessions and aws:CalledVia (2026).
constexpr std::string_view kCalledVia =
    " athena cloud9 cloudformation databrew dataexchange dynamodb imagebuilder kms omics ram "
    "backup "
    "aoss servicecatalog-appregistry sqlworkbench ";

constexpr std::string_view kGlobalServices =
    " account budgets ce cloudfront cur health iam importexport organizations route53 "
    "route53domains savingsplans shield support trustedadvisor waf ";

// Service authorization reference of 2026-09, Amazon S3 and AWS KMS.
constexpr std::string_view kExistingObjectTag =
    " deleteobjectannotation deleteobjecttagging deleteobjectversionannotation "
    "deleteobjectversiontagging getobject getobjectacl getobjectannotation getobjectattributes "
    "getobjecttagging getobjectversion getobjectversionacl getobjectversionannotation "
    "getobjectversionattributes getobjectversiontagging listobjectannotations "
    "listobjectversionannotations putobjectacl putobjectannotation putobjecttagging "
    "putobjectversionacl putobjectversionannotation putobjectversiontagging "
    "updateobjectencryption ";
constexpr std::string_view kRequestObjectTag =
    " bypassgovernanceretention putobject putobjecttagging putobjectversiontagging ";
constexpr std::string_view kEncryptionContext =
    " creategrant decrypt encrypt generatedatakey generatedatakeypair "
    "generatedatakeypairwithoutplaintext generatedatakeywithoutplaintext reencryptfrom reencryptto "
    "retiregrant ";

bool is_service(std::string_view action, std::string_view service) noexcept {
  return base::equals_ignore_case(services::service_of(action), service);
}

}  // namespace

std::string_view name_of(std::string_view action) noexcept {
  const std::size_t colon = action.find(':');
  return colon == std::string_view::npos ? std::string_view{} : action.substr(colon + 1);
}

bool is_action(std::string_view action, std::string_view other) noexcept {
  return base::equals_ignore_case(action, other);
}

bool without_resource_account(std::string_view action) noexcept {
  return std::any_of(
      kNoResourceAccount.begin(), kNoResourceAccount.end(), [&](const ActionRow& row) {
        return is_service(action, row.service) &&
               (row.actions == "*" || base::is_word_of(row.actions, name_of(action)));
      });
}

EndpointKeys endpoint_keys(std::string_view action) noexcept {
  const std::string_view service = services::service_of(action);
  EndpointKeys out;
  if (is_action(action, "iam:PassRole")) return out;
  out.account = base::is_word_of(kVpceAccount, service);
  out.organization = out.account || base::is_word_of(kVpceOrgIdToo, service);
  out.source_vpc_arn = out.account && !base::is_word_of(kNoSourceVpcArn, service);
  return out;
}

bool sets_called_via(std::string_view service) noexcept {
  return base::is_word_of(kCalledVia, service);
}

std::string_view global_region(std::string_view service, std::string_view partition) noexcept {
  if (!base::is_word_of(kGlobalServices, service)) return {};
  if (partition == "aws") return "us-east-1";
  if (partition == "aws-cn") return service == "route53" ? "cn-northwest-1" : "cn-north-1";
  if (partition == "aws-us-gov") return "us-gov-west-1";
  return {};
}

bool sees_object_tags(std::string_view action) noexcept {
  return is_service(action, "s3") && base::is_word_of(kExistingObjectTag, name_of(action));
}

bool carries_object_tags(std::string_view action) noexcept {
  return is_service(action, "s3") && base::is_word_of(kRequestObjectTag, name_of(action));
}

bool has_encryption_context(std::string_view action) noexcept {
  return is_service(action, "kms") && base::is_word_of(kEncryptionContext, name_of(action));
}

}  // namespace policysim::operations
