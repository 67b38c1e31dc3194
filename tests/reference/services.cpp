// Rules of single services: what they refuse whatever policies say, and what never works across
// accounts.
#include "reference/facts.hpp"
#include "reference/rules.hpp"
#include "reference/text.hpp"

namespace policysim::reference {
namespace {

using Words = std::set<std::string, std::less<>>;

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

const Words kLambdaNotAcross{"addpermission", "removepermission", "updatefunctionconfiguration"};

// What would change an AWS managed key.
const Words kKeyChanges{"putkeypolicy",         "enablekey",
                        "disablekey",           "enablekeyrotation",
                        "disablekeyrotation",   "rotatekeyondemand",
                        "schedulekeydeletion",  "cancelkeydeletion",
                        "importkeymaterial",    "deleteimportedkeymaterial",
                        "updatekeydescription", "updateprimaryregion",
                        "replicatekey",         "createalias",
                        "updatealias",          "deletealias",
                        "tagresource",          "untagresource"};

// Calls that a GetSessionToken session may make to STS; the last two go with AssumeRole.
const Words kStsOfSessionToken{"assumerole", "getcalleridentity", "tagsession",
                               "setsourceidentity"};

bool contains(const std::string& text, std::string_view word) {
  return text.find(word) != std::string::npos;
}

bool is_account_of_aws(const std::string& resource) {
  return contains(resource, ":iam::aws:policy/");
}

bool iam_refuses(const Facts& f, const Request& request) {
  const bool protected_entity = is_account_of_aws(request.resource) ||
                                contains(request.resource, ":role/aws-reserved/") ||
                                contains(request.resource, ":role/aws-service-role/");
  if (!protected_entity) return false;
  if (f.operation == "passrole") return contains(request.resource, ":role/aws-service-role/");
  // A service-linked role is made and removed by the two actions that exist for it.
  const bool reads = f.operation.starts_with("get") || f.operation.starts_with("list") ||
                     f.operation.starts_with("generate") || f.operation.starts_with("simulate");
  return !reads && f.operation != "createservicelinkedrole" &&
         f.operation != "deleteservicelinkedrole";
}

// AssumeRoot: from the management account of the member's organization, not by root.
bool may_assume_root(const Request& request, const Facts& f) {
  const Caller& c = request.caller;
  return !f.root && c.in_management_account && !c.organization.empty() &&
         c.organization == request.resource_organization;
}

bool sts_refuses(const Request& request, const Facts& f) {
  const Caller& c = request.caller;
  const bool long_term =
      (c.kind == CallerKind::kUser || c.kind == CallerKind::kRoot) && !c.session_token;
  if (f.operation == "getsessiontoken" || f.operation == "getfederationtoken") {
    return !long_term;
  }
  if (f.operation == "getcalleridentity") return false;
  if (c.kind == CallerKind::kFederatedUser) return true;
  if (c.session_token && !kStsOfSessionToken.contains(f.operation)) return true;
  if (f.operation == "assumeroot") return !may_assume_root(request, f);
  return f.trust_operation && f.operation == "assumerole" && c.kind == CallerKind::kRoot;
}

Tri writes_blocked_encryption(const Surroundings& s, const Facts& f) {
  if (!s.request.s3 || f.operation != "putobject") return Tri::kFalse;
  bool blocked = false;
  for (const std::string& type : s.request.s3->blocked_encryption_types) {
    blocked = blocked || type == "SSE-C";
  }
  if (!blocked) return Tri::kFalse;
  const ContextKey header = look_up(s, "s3:x-amz-server-side-encryption-customer-algorithm");
  if (header.state == State::kUnknown) return Tri::kUnknown;
  return tri(header.state != State::kAbsent);
}

bool kms_refuses(const Facts& f, const Request& request) {
  if (f.operation.ends_with("alias") && contains(request.resource, ":alias/aws/")) return true;
  return request.aws_managed_key && kKeyChanges.contains(f.operation);
}

}  // namespace

bool changes_bucket_policy(const Facts& f) {
  static const Words kOperations{"getbucketpolicy", "putbucketpolicy", "deletebucketpolicy"};
  return kOperations.contains(f.operation);
}

bool never_across(const Facts& f, const Request& request, const Options& options) {
  if (request.encrypted_by_aws_managed_key) return true;
  if (f.service == "kms") return request.aws_managed_key || !kKmsAcross.contains(f.operation);
  if (f.service == "dynamodb") return !kDynamodbAcross.contains(f.operation);
  if (f.service == "sqs") return kSqsNotAcross.contains(f.operation);
  if (f.service == "s3" || f.service == "s3-outposts") return changes_bucket_policy(f);
  if (f.service == "s3express") return f.operation != "createsession";
  if (f.service == "lambda") {
    const auto found = options.find("xaccount.lambda");
    return kLambdaNotAcross.contains(f.operation) &&
           (found == options.end() || found->second == "on");
  }
  // An organization can delegate by a policy of its own.
  if (f.service == "organizations") return !f.has_resource_policy;
  return f.service == "iam";
}

Tri refused_by_service(const Facts& f, const Request& request, const Options& options,
                       UnknownKeys* unknown) {
  const Surroundings s{request, options, PolicyType::kIdentity, false, true, unknown};
  if (f.service == "sts") return tri(sts_refuses(request, f));
  if (f.service == "kms") return tri(kms_refuses(f, request));
  if (f.service == "s3") return writes_blocked_encryption(s, f);
  if (f.service != "iam") return Tri::kFalse;
  const Caller& c = request.caller;
  const bool no_mfa = c.session_token && !c.mfa;
  return tri(c.kind == CallerKind::kFederatedUser || no_mfa || iam_refuses(f, request));
}

// Services whose resource-based policies AWS describes as ordinary ones, and those that demand one.
bool is_listed_service(const std::string& service) {
  static const Words kListed{"acm-pca",
                             "apigateway",
                             "backup",
                             "bedrock",
                             "bedrock-agentcore",
                             "cloudtrail",
                             "codeartifact",
                             "codebuild",
                             "comprehend",
                             "dynamodb",
                             "ec2",
                             "ecr",
                             "elasticfilesystem",
                             "entityresolution",
                             "es",
                             "events",
                             "execute-api",
                             "glacier",
                             "glue",
                             "iam",
                             "kafka",
                             "kinesis",
                             "kms",
                             "lambda",
                             "lex",
                             "logs",
                             "mediapackagev2",
                             "mediastore",
                             "network-firewall",
                             "organizations",
                             "payment-cryptography",
                             "ram",
                             "redshift",
                             "redshift-serverless",
                             "rekognition",
                             "route53resolver",
                             "s3",
                             "s3-object-lambda",
                             "s3-outposts",
                             "s3express",
                             "s3tables",
                             "s3vectors",
                             "sagemaker",
                             "schemas",
                             "secretsmanager",
                             "serverlessrepo",
                             "servicediscovery",
                             "ses",
                             "signer",
                             "sns",
                             "sqs",
                             "sts",
                             "vpc-lattice",
                             "vpc-lattice-svcs",
                             "xray"};
  return kListed.contains(service);
}

}  // namespace policysim::reference
