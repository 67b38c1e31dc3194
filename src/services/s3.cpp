// Amazon S3 (evaluation.md 6.4): ownership of objects, ACLs, Block Public Access, refusals.
#include <algorithm>

#include "base/ascii.hpp"
#include "services/service.hpp"

namespace policysim::services {
namespace {

using request::AclGrant;
using request::CallerKind;
using request::S3Facts;

constexpr std::string_view kOwner = "s3.owner";
constexpr std::string_view kLogDelivery = "logging.s3.amazonaws.com";
constexpr std::string_view kCustomerKey = "s3:x-amz-server-side-encryption-customer-algorithm";

// Operations on an existing object; whoever owns the object takes part.
constexpr std::string_view kObjectActions =
    " deleteobjecttagging deleteobjectversiontagging getobject getobjectacl getobjectattributes "
    "getobjectlegalhold getobjectretention getobjecttagging getobjecttorrent getobjectversion "
    "getobjectversionacl getobjectversionattributes getobjectversionforreplication "
    "getobjectversiontagging getobjectversiontorrent putobjectacl "
    "putobjectlegalhold putobjectretention putobjecttagging putobjectversionacl "
    "putobjectversiontagging restoreobject ";

// ACL overview, Amazon S3 user guide: permission -> actions on buckets and on objects.
struct AclRow {
  AclGrant::Permission permission;
  std::string_view bucket, object;
};
constexpr AclRow kAclRows[] = {
    {AclGrant::Permission::kRead, " listbucket listbucketmultipartuploads listbucketversions ",
     " getobject getobjecttorrent getobjectversion "},
    {AclGrant::Permission::kWrite, " putobject ", " "},
    {AclGrant::Permission::kReadAcp, " getbucketacl ", " getobjectacl getobjectversionacl "},
    {AclGrant::Permission::kWriteAcp, " putbucketacl ", " putobjectacl putobjectversionacl "},
};

constexpr std::string_view kEncryptedWrites =
    " createmultipartupload copyobject putobject uploadpart uploadpartcopy ";

bool permits(AclGrant::Permission permission, const Call& call) noexcept {
  const bool object_action = call.in(kObjectActions);
  for (const AclRow& row : kAclRows) {
    const bool covered =
        permission == row.permission || permission == AclGrant::Permission::kFullControl;
    if (covered && call.in(object_action ? row.object : row.bucket)) return true;
  }
  return false;
}

bool covers(const AclGrant& grant, const Call& call) noexcept {
  const request::Caller& caller = call.request.caller;
  switch (grant.grantee) {
    case AclGrant::Grantee::kAccount:
      return call.has_account() && grant.id == caller.account;
    case AclGrant::Grantee::kCanonicalUser:
      return call.has_account() && grant.id == caller.canonical_id;
    case AclGrant::Grantee::kAllUsers:
      return true;
    case AclGrant::Grantee::kAuthenticatedUsers:
      return call.has_account();
    case AclGrant::Grantee::kLogDelivery:
      return caller.kind == CallerKind::kService &&
             std::count(caller.service_names.begin(), caller.service_names.end(), kLogDelivery) !=
                 0;
  }
  return false;
}

// Behind an access point the bucket may be another account's.
std::string_view bucket_account(const S3Facts& facts, const Call& call) noexcept {
  return facts.bucket_account.empty() ? std::string_view(call.request.resource_facts.account)
                                      : std::string_view(facts.bucket_account);
}

bool is_public(const AclGrant& grant) noexcept {
  return grant.grantee == AclGrant::Grantee::kAllUsers ||
         grant.grantee == AclGrant::Grantee::kAuthenticatedUsers;
}

bool acl_allows(const S3Facts& facts, const Call& call) noexcept {
  for (const AclGrant& grant : facts.acl) {
    if (facts.ignore_public_acls && is_public(grant)) continue;
    if (permits(grant.permission, call) && covers(grant, call)) return true;
  }
  return false;
}

void access_control_lists(const S3Facts& facts, const Call& call, Rules& out) noexcept {
  if (!facts.acls_enabled) return;
  out.acls = true;
  out.acl_allows = acl_allows(facts, call);
  if (!call.in(kObjectActions) || !call.on("s3", "") ||
      call.resource->resource().find('/') == std::string_view::npos) {
    return;
  }
  const std::string_view owner = call.value(kOwner);
  if (owner.empty()) {
    out.owner = call.unknown(kOwner) ? ObjectOwner::kUnknown : ObjectOwner::kBucketOwner;
    out.may_be_callers =
        call.has_account() && call.request.caller.account != bucket_account(facts, call);
  } else if (owner != bucket_account(facts, call)) {
    out.owner = ObjectOwner::kOther;
    out.owner_account = owner;
  }
}

// Neither an AWS service nor somebody of the owner's account.
void block_public_access(const S3Facts& facts, const Call& call, Rules& out) noexcept {
  const request::Caller& caller = call.request.caller;
  const bool own = call.has_account() && (caller.account == bucket_account(facts, call) ||
                                          caller.account == call.request.resource_facts.account);
  out.restricts_public =
      facts.restrict_public_buckets && caller.kind != CallerKind::kService && !own;
  out.access_point = call.on("s3", "accesspoint/");
  out.resource_policy_private = facts.vpc_origin;
}

void blocked_encryption(const S3Facts& facts, const Call& call, Rules& out) noexcept {
  const bool blocked = [&] {
    for (const std::string& type : facts.blocked_encryption_types) {
      if (type == "SSE-C") return true;
    }
    return false;
  }();
  if (!blocked || !call.in(kEncryptedWrites)) return;
  if (!call.value(kCustomerKey).empty()) {
    out.refusal = kBlockedCustomerKeys;
  } else {
    out.refusal_unknown = call.unknown(kCustomerKey);
  }
}

}  // namespace

bool asks_object_acl(std::string_view action) noexcept {
  return base::is_word_of(kObjectActions, action.substr(action.find(':') + 1));
}

void s3_rules(const Call& call, Rules& out) noexcept {
  out.root_may_unlock = call.in(kBucketPolicyActions);
  const S3Facts* const facts = call.request.resource_facts.s3.get();
  if (facts == nullptr) return;
  access_control_lists(*facts, call, out);
  block_public_access(*facts, call, out);
  blocked_encryption(*facts, call, out);
}

UnknownFact s3_unknown_fact(const Call& call) noexcept {
  Rules rules;
  s3_rules(call, rules);
  if (rules.owner == ObjectOwner::kUnknown) {
    const std::string_view bucket = bucket_account(*call.request.resource_facts.s3, call);
    return {kOwner, {bucket, "another account", call.request.caller.account}, false};
  }
  if (rules.refusal_unknown) return {kCustomerKey, {"AES256", "", ""}, true};
  return {};
}

// Directory buckets have no ACLs; sessions do the work.
void s3express_rules(const Call& call, Rules& out) noexcept {
  out.root_may_unlock = call.in(kBucketPolicyActions);
}

}  // namespace policysim::services
