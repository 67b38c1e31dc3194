// What `kms`, `s3`, `lambda` and `encryption` of a resource say: the facts of single services.
#include <algorithm>
#include <array>
#include <set>

#include "values/arn.hpp"
#include "world/parts.hpp"

namespace policysim::world {
namespace {

using request::AclGrant;
using request::CallerKind;
using text::Node;

// The party that a name, ARN or service principal means in a grant: what KMS shows as its grantee.
std::optional<std::string> party(const Node& node, std::string_view what, const Resource& key,
                                 const Known& known, Findings& findings) {
  auto text = read_text(node, what, findings);
  if (!text) return std::nullopt;
  if (const Principal* const named = known.principal(*text)) {
    return named->resource_arn.empty() ? named->caller.arn : named->resource_arn;
  }
  if (values::is_account_id(*text)) {
    const auto arn = values::split_arn(key.arn);
    return "arn:" + std::string(arn->partition()) + ":iam::" + *text + ":root";
  }
  const auto caller = request::caller_from_arn(*text);
  const bool good =
      caller && caller->kind != CallerKind::kAnonymous && caller->kind != CallerKind::kFederatedIdp;
  if (good) return text;
  unknown_name(node.span, "principal", *text, known.principal_names(), findings);
  return std::nullopt;
}

constexpr std::array<std::string_view, 17> kGrantOperations = {
    "Decrypt",
    "Encrypt",
    "GenerateDataKey",
    "GenerateDataKeyWithoutPlaintext",
    "GenerateDataKeyPair",
    "GenerateDataKeyPairWithoutPlaintext",
    "GenerateMac",
    "VerifyMac",
    "ReEncryptFrom",
    "ReEncryptTo",
    "Sign",
    "Verify",
    "DeriveSharedSecret",
    "CreateGrant",
    "DescribeKey",
    "GetPublicKey",
    "RetireGrant"};

void check_operations(const Members& members, const KmsGrant& grant, Findings& findings) {
  for (const std::string& name : grant.operations) {
    const auto* found = std::find(kGrantOperations.begin(), kGrantOperations.end(), name);
    if (found != kGrantOperations.end()) continue;
    findings.error("PS2123", members.span_of("operations"),
                   in_ticks(name) + " is no operation that a grant can allow",
                   did_you_mean(name, std::span<const std::string_view>(kGrantOperations)));
  }
  if (members.has("operations") && grant.operations.empty()) {
    findings.error("PS2123", members.span_of("operations"),
                   "a grant allows at least one operation");
  }
}

void read_constraints(const Node& node, KmsGrant& out, Findings& findings) {
  constexpr std::size_t kMostPairs = 8;
  Members members(node, "constraint of a grant", findings);
  out.context_equals = members.tags("encryption_context_equals");
  out.context_subset = members.tags("encryption_context_subset");
  out.source_arn = members.text("source_arn").value_or("");
  for (const auto* pairs : {&out.context_equals, &out.context_subset}) {
    if (!*pairs || (*pairs)->size() <= kMostPairs) continue;
    findings.error("PS2123", node.span, "an encryption context has at most eight pairs");
  }
  if (out.context_equals && out.context_subset) {
    findings.error("PS2123", node.span,
                   "a grant has one encryption context constraint, not two of them");
  }
  members.finish();
}

KmsGrant read_grant(const Node& node, const Resource& key, const Known& known, Findings& findings) {
  KmsGrant out;
  Members members(node, "grant", findings);
  if (!members.ok()) return out;
  for (const char* member : {"grantee", "operations"}) members.require(member);
  if (const Node* grantee = members.any("grantee")) {
    out.grantee = party(*grantee, "a grantee", key, known, findings).value_or("");
  }
  out.operations = members.texts("operations").value_or(Names{});
  check_operations(members, out, findings);
  if (const Node* constraints = members.map("constraints")) {
    read_constraints(*constraints, out, findings);
  }
  if (const Node* retiring = members.any("retiring")) {
    out.retiring = party(*retiring, "a retiring principal", key, known, findings).value_or("");
  }
  out.issuer = key.account;
  if (const Node* issuer = members.any("issuer")) {
    out.issuer = account_id(*issuer, findings).value_or("");
  }
  members.finish();
  const bool service = !out.grantee.empty() && out.grantee.rfind("arn:", 0) != 0;
  if (service && out.source_arn.empty()) {
    findings.error("PS2123", node.span, "a grant to a service principal needs `source_arn`",
                   "KMS demands the constraint when such a grant is created");
  }
  return out;
}

AclGrant::Permission permission(Members& members) {
  constexpr std::array<std::string_view, 5> kPermissions = {"READ", "WRITE", "READ_ACP",
                                                            "WRITE_ACP", "FULL_CONTROL"};
  members.require("permission");
  return static_cast<AclGrant::Permission>(members.word("permission", kPermissions).value_or(0));
}

bool is_canonical_id(std::string_view text) noexcept {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// ACLs know accounts and three groups; a named principal stands for its account.
void read_acl_grantee(const Node& node, const Known& known, AclGrant& out, Findings& findings) {
  using Grantee = AclGrant::Grantee;
  const auto text = read_text(node, "a grantee of an ACL", findings);
  if (!text) return;
  if (*text == "AllUsers" || *text == "AuthenticatedUsers" || *text == "LogDelivery") {
    out.grantee = *text == "AllUsers"             ? Grantee::kAllUsers
                  : *text == "AuthenticatedUsers" ? Grantee::kAuthenticatedUsers
                                                  : Grantee::kLogDelivery;
  } else if (values::is_account_id(*text)) {
    out.id = *text;
  } else if (is_canonical_id(*text)) {
    out.grantee = Grantee::kCanonicalUser;
    out.id = *text;
  } else if (const Principal* const named = known.principal(*text);
             named != nullptr && !named->caller.account.empty()) {
    out.id = named->caller.account;
  } else {
    Names names = known.principal_names();
    for (const char* group : {"AllUsers", "AuthenticatedUsers", "LogDelivery"}) {
      names.emplace_back(group);
    }
    std::sort(names.begin(), names.end());
    unknown_name(node.span, "grantee", *text, names, findings);
  }
}

std::vector<AclGrant> read_acl(const Node& list, const Known& known, Findings& findings) {
  std::vector<AclGrant> out;
  for (const Node& item : list.items) {
    Members members(item, "entry of an ACL", findings);
    if (!members.ok()) continue;
    AclGrant grant;
    members.require("grantee");
    if (const Node* grantee = members.any("grantee")) {
      read_acl_grantee(*grantee, known, grant, findings);
    }
    grant.permission = permission(members);
    members.finish();
    out.push_back(std::move(grant));
  }
  return out;
}

AccessPoint read_access_point(const Node& node, Findings& findings) {
  constexpr std::array<std::string_view, 2> kOrigins = {"Internet", "VPC"};
  AccessPoint out;
  Members members(node, "access point", findings);
  members.require("bucket");
  out.bucket = members.text("bucket").value_or("");
  out.vpc_origin = members.word("network_origin", kOrigins).value_or(0) == 1;
  out.vpc = members.text("vpc").value_or("");
  members.finish();
  return out;
}

void check_access_point(const Data& data, const Resource& entry, Findings& findings) {
  const std::string& bucket = entry.s3.access_point->bucket;
  const auto is_it = [&](const Resource& other) {
    return (other.name == bucket || other.arn == bucket) && !other.s3.access_point;
  };
  const auto found = std::find_if(data.resources.begin(), data.resources.end(), is_it);
  if (found == data.resources.end()) {
    Names names;
    for (const Resource& other : data.resources) {
      if (other.arn.find(":s3:::") != std::string::npos) names.push_back(other.name);
    }
    unknown_name(entry.span, "bucket", bucket, names, findings);
  } else if (!entry.region.empty() && !found->region.empty() && entry.region != found->region) {
    findings.error("PS2124", entry.span,
                   "the access point and its bucket are in different Regions");
  }
}

}  // namespace

void read_kms(const Node& node, const Known& known, Resource& out, Findings& findings) {
  constexpr std::array<std::string_view, 2> kManagers = {"customer", "aws"};
  constexpr std::array<std::string_view, 3> kMultiRegion = {"false", "primary", "replica"};
  Members members(node, "KMS key", findings);
  out.kms.aws_managed = members.word("manager", kManagers).value_or(0) == 1;
  out.kms.aliases = members.texts("aliases");
  for (const std::string& alias : out.kms.aliases.value_or(Names{})) {
    if (alias.rfind("alias/", 0) == 0) continue;
    findings.error("PS2006", members.span_of("aliases"),
                   in_ticks(alias) + " is no name of an alias",
                   "names of aliases begin with `alias/`");
  }
  if (const auto word = members.word("multi_region", kMultiRegion)) {
    out.kms.multi_region = std::string(kMultiRegion[*word]);
  }
  out.kms.spec = members.text("spec");
  out.kms.usage = members.text("usage");
  out.kms.origin = members.text("origin");
  if (const Node* grants = members.list("grants")) {
    for (const Node& item : grants->items) {
      out.kms.grants.push_back(read_grant(item, out, known, findings));
    }
  }
  members.finish();
}

std::optional<Encryption> read_encryption(Members& holder, std::string_view member, bool existing,
                                          Findings& findings) {
  const Node* node = holder.map(member);
  if (node == nullptr) return std::nullopt;
  Members members(*node, "description of an encryption", findings);
  Encryption out;
  if (existing) {
    out.enabled = members.flag("enabled");
  } else {
    members.require("algorithm");
  }
  out.algorithm = members.text("algorithm").value_or("");
  out.key = members.text("key").value_or("");
  out.bucket_key = members.flag("bucket_key").value_or(false);
  members.finish();
  return out;
}

void read_s3(const Node& node, const Known& known, Resource& out, Findings& findings) {
  constexpr std::array<std::string_view, 3> kOwnerships = {"BucketOwnerEnforced",
                                                           "BucketOwnerPreferred", "ObjectWriter"};
  constexpr std::array<std::string_view, 2> kBlockable = {"NONE", "SSE-C"};
  Members members(node, "description of an S3 resource", findings);
  S3Description& s3 = out.s3;
  s3.abac = members.flag("abac");
  out.default_encryption = read_encryption(members, "default_encryption", false, findings);
  s3.acls_enabled = members.word("ownership", kOwnerships).value_or(0) != 0;
  if (const Node* owner = members.any("owner")) s3.owner = account_id(*owner, findings);
  if (const Node* acl = members.list("acl")) s3.acl = read_acl(*acl, known, findings);
  for (const std::string& type : members.texts("blocked_encryption_types").value_or(Names{})) {
    if (std::find(kBlockable.begin(), kBlockable.end(), type) == kBlockable.end()) {
      findings.error("PS2006", members.span_of("blocked_encryption_types"),
                     in_ticks(type) + " is no encryption type that a bucket can block",
                     did_you_mean(type, std::span<const std::string_view>(kBlockable)));
    } else if (type != "NONE") {
      s3.blocked_encryption_types.push_back(type);
    }
  }
  s3.block_public_access = read_block_public_access(members, "block_public_access", findings);
  if (const Node* point = members.map("access_point")) {
    s3.access_point = read_access_point(*point, findings);
  }
  members.finish();
}

void read_lambda(const Node& node, Resource& out, Findings& findings) {
  constexpr std::array<std::string_view, 2> kAuthTypes = {"NONE", "AWS_IAM"};
  Members members(node, "description of a function", findings);
  if (const auto word = members.word("function_url", kAuthTypes)) {
    out.function_url = *word == 0 ? FunctionUrl::kPublic : FunctionUrl::kIam;
  }
  out.function_url_legacy = members.flag("function_url_legacy").value_or(false);
  members.finish();
}

void check_service_facts(const Data& data, Findings& findings) {
  for (const Resource& entry : data.resources) {
    if (entry.s3.access_point) check_access_point(data, entry, findings);
  }
}

}  // namespace policysim::world
