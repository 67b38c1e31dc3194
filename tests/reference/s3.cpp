#include "reference/s3.hpp"

#include <algorithm>

#include "reference/rules.hpp"
#include "reference/text.hpp"
#include "reference/values.hpp"

namespace policysim::reference {
namespace {

using Words = std::set<std::string, std::less<>>;

// Operations on an existing object beside those that get something of it. What puts or deletes
// objects is the bucket's.
const Words kObjectWrites{"putobjectacl",
                          "putobjectversionacl",
                          "putobjecttagging",
                          "putobjectversiontagging",
                          "putobjectlegalhold",
                          "putobjectretention",
                          "restoreobject",
                          "deleteobjecttagging",
                          "deleteobjectversiontagging"};

std::string operation_of(const Request& request) {
  const std::string action = ascii_lower(request.action);
  return action.starts_with("s3:") ? action.substr(3) : "";
}

bool on_existing_object(const Request& request) {
  const std::string operation = operation_of(request);
  const bool object = request.resource.find('/') != std::string::npos;
  return object && (operation.starts_with("getobject") || kObjectWrites.contains(operation));
}

std::optional<Permission> needed_permission(const std::string& operation) {
  static const Words kRead{"getobject",  "getobjectversion",   "getobjecttorrent",
                           "listbucket", "listbucketversions", "listbucketmultipartuploads"};
  static const Words kReadAcp{"getobjectacl", "getobjectversionacl", "getbucketacl"};
  static const Words kWriteAcp{"putobjectacl", "putobjectversionacl", "putbucketacl"};
  if (kRead.contains(operation)) return Permission::kRead;
  if (kReadAcp.contains(operation)) return Permission::kReadAcp;
  if (kWriteAcp.contains(operation)) return Permission::kWriteAcp;
  if (operation == "putobject") return Permission::kWrite;  // of the bucket
  return std::nullopt;
}

bool covers(const AclEntry& entry, const Caller& c) {
  switch (entry.group) {
    case Group::kAllUsers:
      return true;
    case Group::kAuthenticatedUsers:
      return !c.account.empty();
    case Group::kLogDelivery:
      return c.kind == CallerKind::kService && names_service(c, "logging.s3.amazonaws.com");
    case Group::kNone:
      break;
  }
  return (!c.account.empty() && entry.grantee == c.account) ||
         (!c.canonical_id.empty() && entry.grantee == c.canonical_id);
}

bool has_wildcard(std::string_view value) {
  return value.find_first_of("*?") != std::string_view::npos;
}

bool within(const Network& network, std::string_view range) {
  const auto outer = parse_network(range);
  return outer && network.bits >= outer->bits && contains(*outer, network);
}

bool is_fixed_address(const std::string& value) {
  const auto network = parse_network(value);
  if (!network) return false;
  if (network->v6) return network->bits >= 32;
  return network->bits >= 8 || within(*network, "10.0.0.0/8") ||
         within(*network, "172.16.0.0/12") || within(*network, "192.168.0.0/16");
}

// An ARN whose account is written out, whatever else is a wildcard.
bool has_fixed_account(const std::string& arn) {
  std::size_t begin = 0;
  for (int i = 0; i < 4; ++i) {
    begin = arn.find(':', begin);
    if (begin == std::string::npos) return false;
    ++begin;
  }
  const std::size_t end = arn.find(':', begin);
  const std::string account = arn.substr(begin, end - begin);
  return end != std::string::npos && account.size() == 12 &&
         account.find_first_not_of("0123456789") == std::string::npos;
}

// "AROA…:*"
bool is_any_session_of_role(const std::string& value) {
  if (!value.starts_with("AROA") || !value.ends_with(":*")) return false;
  return value.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == value.size() - 2;
}

class PublicTest {
 public:
  PublicTest(const Options& options, bool access_point)
      : options_(options), access_point_(access_point) {}

  bool is_public(const policy::Document& document) const {
    return std::any_of(document.statements.begin(), document.statements.end(),
                       [&](const policy::Statement& s) { return opens(s); });
  }

 private:
  bool reads(std::string_view option, std::string_view reading) const {
    const auto found = options_.find(option);
    return found != options_.end() && found->second == reading;
  }

  bool opens(const policy::Statement& statement) const {
    if (statement.effect == policy::Effect::kDeny || !statement.principal) return false;
    bool everyone = statement.principal->negated || statement.principal->star;
    for (const policy::PrincipalEntry& entry : statement.principal->entries) {
      for (const policy::Text& text : entry.texts.values) {
        everyone = everyone || (entry.kind == policy::PrincipalKind::kAws && text.value == "*");
      }
    }
    return everyone && !is_restricted(statement);
  }

  bool is_restricted(const policy::Statement& statement) const {
    for (const policy::ConditionBlock& block : statement.condition) {
      if (!restricts(ascii_lower(block.name.value))) continue;
      for (const policy::Condition& condition : block.conditions) {
        const auto& values = condition.values.values;
        const std::string key = ascii_lower(condition.key.value);
        const bool fixed = std::all_of(values.begin(), values.end(), [&](const auto& value) {
          return is_fixed(key, value.value);
        });
        if (fixed && !values.empty()) return true;
      }
    }
    return false;
  }

  // A positive operator that a missing key does not satisfy.
  static bool restricts(std::string name) {
    if (name.starts_with("forallvalues:") || name.ends_with("ifexists")) return false;
    if (name.starts_with("foranyvalue:")) name = name.substr(12);
    return name.find("not") == std::string::npos && name != "null";
  }

  bool is_fixed(const std::string& key, const std::string& value) const {
    static const Words kKeys{"aws:principalorgid",
                             "aws:principalorgpaths",
                             "aws:principalaccount",
                             "aws:sourcearn",
                             "aws:sourcevpc",
                             "aws:sourcevpce",
                             "aws:sourceowner",
                             "aws:sourceaccount",
                             "s3:x-amz-server-side-encryption-aws-kms-key-id",
                             "s3:dataaccesspointaccount"};
    static const Words kExtended{"aws:sourcevpcarn", "aws:vpceaccount", "aws:vpceorgid",
                                 "aws:vpceorgpaths"};
    if (value.find("${") != std::string::npos) return false;
    if (key == "aws:sourceip") return is_fixed_address(value);
    if (key == "aws:principalarn") return has_fixed_account(value);
    if (key == "s3:dataaccesspointarn") {
      return has_fixed_account(value) && !(access_point_ && has_wildcard(value));
    }
    if (key == "aws:userid" && is_any_session_of_role(value)) {
      return reads("bpa.userid_role_pattern", "fixed");
    }
    if (has_wildcard(value)) return false;
    if (kExtended.contains(key)) return reads("bpa.extended_keys", "on");
    return key == "aws:userid" || kKeys.contains(key);
  }

  const Options& options_;
  bool access_point_;
};

}  // namespace

std::vector<std::optional<std::string>> object_owners(const Request& request,
                                                      UnknownKeys* unknown) {
  if (!request.s3 || !request.s3->acls_enabled || !on_existing_object(request)) return {{}};
  const auto stated = std::find_if(request.context.begin(), request.context.end(),
                                   [](const ContextKey& entry) { return entry.key == "s3.owner"; });
  const std::string& bucket =
      request.s3->bucket_account.empty() ? request.resource_account : request.s3->bucket_account;
  const bool known =
      stated == request.context.end() ? !request.missing_unknown : stated->state == State::kScalar;
  if (known && stated == request.context.end()) return {{}};
  if (known) {
    const std::string& owner = stated->values.at(0);
    return {owner == bucket ? std::nullopt : std::optional(owner)};
  }
  if (unknown != nullptr) unknown->insert("s3.owner");
  std::vector<std::optional<std::string>> out{{}};
  const std::string& caller = request.caller.account;
  if (!caller.empty() && caller != bucket) out.emplace_back(caller);
  out.emplace_back("another account");
  return out;
}

Acl read_acl(const Request& request) {
  if (!request.s3 || !request.s3->acls_enabled) return Acl::kNone;
  const auto needed = needed_permission(operation_of(request));
  for (const AclEntry& entry : request.s3->acl) {
    const bool open = entry.group == Group::kAllUsers || entry.group == Group::kAuthenticatedUsers;
    if (open && request.s3->ignore_public_acls) continue;
    const bool enough =
        needed && (entry.permission == *needed || entry.permission == Permission::kFullControl);
    if (enough && covers(entry, request.caller)) return Acl::kAllows;
  }
  return Acl::kSilent;
}

bool shut_out(const std::vector<Policy>& policies, const Facts& facts, const Request& request,
              const Options& options) {
  if (facts.service != "s3" || !request.s3 || !request.s3->restrict_public_buckets) return false;
  const Caller& c = request.caller;
  if (c.kind == CallerKind::kService || request.s3->vpc_origin) return false;
  const bool of_owner = !c.account.empty() && (c.account == request.resource_account ||
                                               c.account == request.s3->bucket_account);
  if (of_owner) return false;
  const bool access_point = request.resource.find(":accesspoint/") != std::string::npos;
  const PublicTest test(options, access_point);
  return std::any_of(policies.begin(), policies.end(), [&](const Policy& policy) {
    return policy.type == PolicyType::kResource && test.is_public(*policy.document);
  });
}

}  // namespace policysim::reference
