// Keys that say what is called.
#include <algorithm>
#include <string>

#include "base/ascii.hpp"
#include "catalog/keys.hpp"
#include "catalog/managed_keys.hpp"
#include "operations/derive.hpp"
#include "operations/s3_facts.hpp"
#include "operations/tables.hpp"
#include "values/arn.hpp"

namespace policysim::operations {
namespace {

using request::Origin;

constexpr Origin kWorld = Origin::kWorld;

void derive_owner(Derivation& d) {
  const std::string& account = d.resource.facts.account;
  constexpr const char* kKeys[] = {"aws:ResourceAccount", "aws:ResourceOrgID",
                                   "aws:ResourceOrgPaths"};
  if (without_resource_account(d.action)) {
    for (const char* key : kKeys) d.keys.absent(Origin::kDefault, key);
    return;
  }
  // A bus that was a target of another account before March 2023 sends none of them.
  if (is_action(d.action, "events:PutEvents") && account != d.caller.caller.account) {
    for (const char* key : kKeys) d.keys.unknown(kWorld, key);
    return;
  }
  if (account.empty()) return;
  if (!d.resource.owner_stated_in_context) d.keys.scalar(kWorld, "aws:ResourceAccount", account);
  if (base::equals_ignore_case(d.service, "s3")) {
    d.keys.scalar(kWorld, "s3:ResourceAccount", account);
  }
  if (d.world == nullptr) return;
  if (const world::Organization* organization = d.world->organization_of(account)) {
    d.keys.scalar(kWorld, "aws:ResourceOrgID", organization->id);
    d.keys.list(kWorld, "aws:ResourceOrgPaths", {std::string(d.world->organization_path(account))});
  } else if (!d.world->organizations.empty()) {
    d.keys.absent(Origin::kDefault, "aws:ResourceOrgID");
    d.keys.absent(Origin::kDefault, "aws:ResourceOrgPaths");
  }
}

void add_tags(Derivation& d, const std::string& prefix, const world::Tags& tags) {
  for (const auto& tag : tags) d.keys.scalar(kWorld, prefix + tag.first, tag.second);
  d.keys.complete(kWorld, base::lower(prefix));
}

// Bucket tags count for the bucket and its objects, once ABAC is on; object tags are keys of their
// own, which only some actions see.
void derive_s3_tags(Derivation& d) {
  const bool object = d.resource.arn.find('/') != std::string::npos;
  const world::Resource* bucket = object ? d.resource.container : d.resource.entry;
  if (bucket != nullptr && bucket->s3.abac.value_or(false)) {
    if (bucket->tags) {
      add_tags(d, "s3:BucketTag/", *bucket->tags);
      add_tags(d, "aws:ResourceTag/", *bucket->tags);
    }
  } else if (bucket != nullptr) {
    const Origin origin = bucket->s3.abac ? kWorld : Origin::kDefault;
    d.keys.complete(origin, "s3:buckettag/");
    d.keys.complete(origin, "aws:resourcetag/");
  }
  if (!object) return;
  if (!sees_object_tags(d.action)) {
    d.keys.complete(Origin::kDefault, "s3:existingobjecttag/");
  } else if (d.resource.entry != nullptr && d.resource.entry->tags) {
    add_tags(d, "s3:ExistingObjectTag/", *d.resource.entry->tags);
  }
}

// Access points are taggable without a switch. Whether aws:ResourceTag in their own authorization
// is theirs or the bucket's is documented both ways: where the two differ it is unknown.
void derive_access_point_tags(Derivation& d) {
  const world::Resource* const point =
      d.resource.container != nullptr ? d.resource.container : d.resource.entry;
  if (point == nullptr || !point->tags) return;
  add_tags(d, "s3:AccessPointTag/", *point->tags);
  world::Tags bucket;
  if (point->s3.access_point && d.world != nullptr) {
    const world::Resource* const entry = d.world->resource(point->s3.access_point->bucket);
    if (entry != nullptr && entry->s3.abac.value_or(false)) {
      bucket = entry->tags.value_or(world::Tags{});
    }
  }
  const auto holds = [](const world::Tags& tags, const auto& tag) {
    return std::find(tags.begin(), tags.end(), tag) != tags.end();
  };
  for (const auto& tag : bucket) {
    if (holds(*point->tags, tag)) {
      d.keys.scalar(kWorld, "aws:ResourceTag/" + tag.first, tag.second);
    } else {
      d.keys.unknown(kWorld, "aws:ResourceTag/" + tag.first);
    }
  }
  for (const auto& tag : *point->tags) {
    if (!holds(bucket, tag)) d.keys.unknown(kWorld, "aws:ResourceTag/" + tag.first);
  }
  d.keys.complete(kWorld, "aws:resourcetag/");
}

// Both authorizations of a request through an access point say so.
void derive_access_point(Derivation& d) {
  if (!base::equals_ignore_case(d.service, "s3")) return;
  const world::Resource* const point = d.resource.access_point;
  if (point == nullptr) {
    for (const char* key :
         {"s3:DataAccessPointArn", "s3:DataAccessPointAccount", "s3:AccessPointNetworkOrigin"}) {
      d.keys.absent(Origin::kDefault, key);
    }
    return;
  }
  d.keys.scalar(kWorld, "s3:DataAccessPointArn", point->arn);
  d.keys.scalar(kWorld, "s3:DataAccessPointAccount", point->account);
  if (point->s3.access_point) {
    d.keys.scalar(kWorld, "s3:AccessPointNetworkOrigin",
                  point->s3.access_point->vpc_origin ? "VPC" : "Internet");
  }
  if (point->tags && !is_access_point(d.resource.arn)) {
    add_tags(d, "s3:AccessPointTag/", *point->tags);
  }
}

// The owner of an object whose bucket has ACLs; nobody guesses it.
void derive_object_owner(Derivation& d) {
  const auto& facts = d.resource.facts.s3;
  if (facts == nullptr || !facts->acls_enabled) return;
  if (d.resource.arn.find('/') == std::string::npos) return;
  const world::Resource* const entry = d.resource.entry;
  if (entry != nullptr && entry->s3.owner) {
    d.keys.scalar(kWorld, "s3.owner", *entry->s3.owner);
  } else {
    d.keys.unknown(kWorld, "s3.owner");
  }
}

// Tags of a role do not reliably limit passing it: the keys are there or not, AWS does not say.
void derive_passed_role(Derivation& d, const std::optional<world::Tags>& tags) {
  for (const char* prefix : {"aws:ResourceTag/", "iam:ResourceTag/"}) {
    for (const auto& tag : tags.value_or(world::Tags{})) d.keys.unknown(kWorld, prefix + tag.first);
    d.keys.unknown_prefix(base::lower(prefix));
  }
}

// While a role is assumed, transitive tags of the caller's session stand for the role's own.
void overlay_transitive(const Derivation& d, world::Tags& tags) {
  const world::Principal* const caller = d.caller.entry;
  if (caller == nullptr || !caller->session || !caller->session->tags) return;
  for (const auto& [key, value] : *caller->session->tags) {
    const auto& transitive = caller->session->transitive;
    if (std::find(transitive.begin(), transitive.end(), key) == transitive.end()) continue;
    for (auto& tag : tags) {
      if (base::equals_ignore_case(tag.first, key)) tag.second = value;
    }
  }
}

void derive_tags(Derivation& d) {
  const auto arn = values::split_arn(d.resource.arn);
  if (!arn) return;
  if (arn->service() == "s3" && arn->account().empty()) {
    derive_s3_tags(d);
    return;
  }
  if (is_access_point(d.resource.arn)) {
    derive_access_point_tags(d);
    return;
  }
  std::optional<world::Tags> tags;
  if (d.resource.entry != nullptr) tags = d.resource.entry->tags;
  if (d.resource.principal != nullptr) tags = d.resource.principal->tags;
  if (is_action(d.action, "iam:PassRole")) {
    derive_passed_role(d, tags);
    return;
  }
  if (!tags) return;
  if (is_action(d.action, "sts:AssumeRole")) overlay_transitive(d, *tags);
  add_tags(d, "aws:ResourceTag/", *tags);
  const std::string own = std::string(arn->service()) + ":ResourceTag/";
  if (catalog::find_key(own + "K").known) add_tags(d, own, *tags);
}

void derive_key(Derivation& d) {
  const auto arn = values::split_arn(d.resource.arn);
  if (!base::equals_ignore_case(d.service, "kms") || !arn) return;
  if (!d.caller.caller.account.empty()) {
    d.keys.scalar(kWorld, "kms:CallerAccount", d.caller.caller.account);
  }
  const std::string_view id = arn->resource();
  if (id.substr(0, 4) != "key/" || id.find('*') != std::string_view::npos) return;
  const world::KmsFacts facts =
      d.resource.entry != nullptr ? d.resource.entry->kms : world::KmsFacts{};
  const world::Resource* const entry = d.resource.entry;
  if (entry != nullptr && entry->kms.aws_managed && !entry->policy &&
      catalog::managed_key_policy(facts.aliases.value_or(world::Names{})) == nullptr) {
    d.keys.unknown(kWorld, "kms.policy");
  }
  if (facts.aliases && !facts.aliases->empty()) {
    d.keys.list(kWorld, "kms:ResourceAliases", *facts.aliases);
  } else if (facts.aliases) {
    d.keys.absent(kWorld, "kms:ResourceAliases");
  }
  if (facts.spec) d.keys.scalar(kWorld, "kms:KeySpec", *facts.spec);
  if (facts.usage) d.keys.scalar(kWorld, "kms:KeyUsage", *facts.usage);
  if (facts.origin) d.keys.scalar(kWorld, "kms:KeyOrigin", *facts.origin);
  const bool replicated =
      facts.multi_region ? *facts.multi_region != "false" : id.substr(0, 8) == "key/mrk-";
  d.keys.scalar(kWorld, "kms:MultiRegion", replicated ? "true" : "false");
  if (!replicated) {
    d.keys.absent(kWorld, "kms:MultiRegionKeyType");
  } else if (facts.multi_region) {
    d.keys.scalar(kWorld, "kms:MultiRegionKeyType",
                  *facts.multi_region == "primary" ? "PRIMARY" : "REPLICA");
  }
}

}  // namespace

void derive_resource(Derivation& d) {
  derive_owner(d);
  derive_tags(d);
  derive_access_point(d);
  derive_object_owner(d);
  derive_key(d);
}

}  // namespace policysim::operations
