#include "origins.hpp"

#include <algorithm>
#include <set>

#include "base/ascii.hpp"

namespace policysim::operations {
namespace {

using request::ContextEntry;
using request::Origin;
using request::ValueState;

// Classes as letters: r request, w world, d default. Of a present, an absent, an unknown value.
struct Rule {
  const char* key;  // a final `*` stands for anything
  const char* present;
  const char* absent = "";
  const char* unknown = "";
};

// The first that fits. Keys that the context states are of its class, whatever stands here.
constexpr Rule kRules[] = {
    // Facts of the world.
    {"aws:PrincipalOrg*", "w", "wd"},
    {"aws:PrincipalAccount", "w", "", "w"},
    {"aws:PrincipalType", "w", "", "w"},
    {"aws:userid", "w", "", "w"},
    {"aws:Principal*", "w", "w"},
    {"aws:username", "w", "w"},
    {"aws:AssumedRoot", "w", "w"},
    {"aws:MultiFactorAuth*", "w", "w"},
    {"aws:SourceIdentity", "w", "w"},
    {"aws:TokenIssueTime", "wd", "w"},
    {"aws:ResourceTag/*", "w", "w", "w"},
    {"aws:Resource*", "w", "d", "w"},
    {"iam:ResourceTag/*", "w", "", "w"},
    {"ec2:ResourceTag/*", "w"},
    {"kms.policy", "", "", "w"},
    {"s3:ResourceAccount", "w"},
    {"s3:BucketTag/*", "w"},
    {"s3:ExistingObjectTag/*", "w"},
    {"s3:AccessPointTag/*", "w"},
    {"s3:DataAccessPoint*", "w", "d"},
    {"s3:AccessPointNetworkOrigin", "w", "d"},
    {"kms:CallerAccount", "w"},
    {"kms:ResourceAliases", "w", "w"},
    {"lambda:FunctionUrlAuthType", "w"},
    {"ec2:Owner", "w"},
    {"aws:SourceAccount", "w"},
    // Defaults.
    {"aws:SecureTransport", "d"},
    {"aws:RequestedRegion", "rd"},  // a replica's is a parameter
    {"ec2:Region", "d"},
    {"ec2:Vpc", "", "", "d"},
    // What the request says, or leaves out.
    {"aws:RequestTag/*", "r"},
    {"aws:TagKeys", "r", "r"},
    {"s3:RequestObjectTag*", "r", "r"},
    {"rds:req-tag/*", "r"},
    {"aws:SourceIp", "r", "rd"},
    {"aws:SourceArn", "r"},
    {"aws:SourceVpc*", "r", "rd"},
    {"aws:VpcSourceIp", "r", "rd"},
    {"aws:Vpce*", "r", "rd"},
    {"aws:CalledVia*", "r", "d", "r"},
    {"kms:ViaService", "r", "d"},
    {"kms:EncryptionContextKeys", "r"},
    {"kms:EncryptionContext:*", "r", "r", "d"},
    {"dynamodb:*", "r", "r", "d"},
    {"ec2:Encrypted", "rwd", "", "d"},  // looked at below
    {"ec2:Tenancy", "rd"},
    {"ecs:cluster", "rd"},
    {"rds:StorageEncrypted", "rd"},
    {"kms:EncryptionAlgorithm", "rd"},
    {"kms:GrantIsForAWSResource", "rd"},
    {"kms:BypassPolicyLockoutSafetyCheck", "r", "r"},
    {"kms:Key*", "rwd"},
    {"kms:MultiRegion*", "rwd", "rw"},
    {"s3express:SessionMode", "rd"},
    {"s3:x-amz-server-side-encryption-aws-kms-key-id", "rwd", "r"},  // looked at below
};
// Of these services all else is said by the call.
constexpr const char* kOfCall[] = {"s3:",  "kms:", "sts:", "lambda:",         "ec2:",
                                   "rds:", "iam:", "ecs:", "secretsmanager:", "cloudformation:"};

bool fits(std::string_view pattern, std::string_view key) {
  if (pattern.back() != '*') return base::equals_ignore_case(pattern, key);
  return base::starts_with_ignore_case(key, pattern.substr(0, pattern.size() - 1));
}

char letter(Origin origin) {
  constexpr char kLetters[] = {'c', 'r', 'w', 'd'};
  return kLetters[static_cast<std::size_t>(origin)];
}

// Does the request name `word` as a member, header or parameter, however deep?
bool says(const Json& node, std::string_view word) {
  if (node.is_object()) {
    for (const auto& [key, value] : node.items()) {
      if (base::equals_ignore_case(key, word) || says(value, word)) return true;
    }
  } else if (node.is_array()) {
    return std::any_of(node.begin(), node.end(),
                       [&](const Json& item) { return says(item, word); });
  }
  return false;
}

bool states(const Json& request, const std::string& key) {
  if (!request.contains("context")) return false;
  for (const auto& [name, value] : request.at("context").items()) {
    if (base::equals_ignore_case(name, key)) return true;
  }
  return false;
}

// Where a value decides by the request alone which class it has.
std::string sharper(const Json& request, const ContextEntry& entry) {
  const std::string value = entry.values.empty() ? "" : entry.values.front();
  const auto said = [&](const char* word) { return says(request, word) ? "r" : "d"; };
  if (fits("aws:CurrentTime", entry.key) || fits("aws:EpochTime", entry.key)) return said("time");
  if (fits("aws:ViaAWSService", entry.key)) return value == "true" ? "r" : "d";
  if (entry.state != ValueState::kScalar) return {};
  if (fits("ec2:Tenancy", entry.key)) return said("Tenancy");
  if (fits("ecs:cluster", entry.key)) return said("cluster");
  if (fits("kms:EncryptionAlgorithm", entry.key)) return said("EncryptionAlgorithm");
  if (fits("kms:GrantIsForAWSResource", entry.key)) return value == "true" ? "r" : "d";
  if (fits("s3express:SessionMode", entry.key)) {
    return says(request, "x-amz-create-session-mode") ? "r" : said("SessionMode");
  }
  if (fits("s3:x-amz-server-side-encryption-aws-kms-key-id", entry.key)) {
    if (says(request, "x-amz-server-side-encryption-aws-kms-key-id")) return "r";
    return says(request, "x-amz-server-side-encryption") ? "d" : "w";
  }
  return {};
}

std::string allowed(const Json& request, const ContextEntry& entry) {
  if (const std::string one = sharper(request, entry); !one.empty()) return one;
  for (const Rule& rule : kRules) {
    if (!fits(rule.key, entry.key)) continue;
    if (entry.state == ValueState::kAbsent) return rule.absent;
    return entry.state == ValueState::kUnknown ? rule.unknown : rule.present;
  }
  for (const char* service : kOfCall) {
    if (base::starts_with_ignore_case(entry.key, service)) return "r";
  }
  return {};
}

}  // namespace

std::string wrong_origins(const Json& request, const request::Data& data) {
  std::string out;
  std::set<std::string> seen;
  Origin last = Origin::kContext;
  for (const ContextEntry& entry : data.context) {
    if (entry.origin < last) out += "  out of order: " + entry.key + "\n";
    last = entry.origin;
    if (!seen.insert(entry.key).second) out += "  twice: " + entry.key + "\n";
    const bool stated = states(request, entry.key);
    // What the context says of one authorization another one lacks.
    const bool lacks = entry.state == ValueState::kAbsent;
    const std::string classes =
        (stated ? "c" : "") + (stated && !lacks ? "" : allowed(request, entry));
    if (classes.find(letter(entry.origin)) == std::string::npos) {
      out += "  " + entry.key + " is of class " + letter(entry.origin) + ", not of `" + classes +
             "`\n";
    }
  }
  return out;
}

}  // namespace policysim::operations
