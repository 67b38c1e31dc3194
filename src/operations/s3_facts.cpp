#include "operations/s3_facts.hpp"

#include "services/rules.hpp"
#include "values/arn.hpp"

namespace policysim::operations {
namespace {

using request::S3Facts;
using world::BlockPublicAccess;

void join(const BlockPublicAccess& settings, S3Facts& out) {
  out.ignore_public_acls = out.ignore_public_acls || settings.ignore_public_acls;
  out.restrict_public_buckets = out.restrict_public_buckets || settings.restrict_public_buckets;
}

// Any of organization, account, access point and bucket can switch a setting on.
void join_places(const world::Data& world, const std::string& account, S3Facts& out) {
  if (const auto* entry = world.account(account)) join(entry->block_public_access, out);
  if (const auto* entry = world.organization_of(account)) join(entry->block_public_access, out);
}

void add_bucket(const world::Resource& bucket, S3Facts& out) {
  out.acls_enabled = bucket.s3.acls_enabled;
  out.bucket_account = bucket.account;
  out.blocked_encryption_types = bucket.s3.blocked_encryption_types;
  join(bucket.s3.block_public_access, out);
}

}  // namespace

bool is_access_point(std::string_view text) noexcept {
  const auto arn = values::split_arn(text);
  return arn && arn->service() == "s3" && arn->resource().substr(0, 12) == "accesspoint/";
}

std::optional<AccessPointPath> access_point_path(const ResourceParty& resource,
                                                 const world::Data& world) {
  if (!is_access_point(resource.arn)) return std::nullopt;
  AccessPointPath out;
  out.point = resource.container != nullptr ? resource.container : resource.entry;
  if (out.point == nullptr || !out.point->s3.access_point) return std::nullopt;
  out.bucket = world.resource(out.point->s3.access_point->bucket);
  if (out.bucket == nullptr) return std::nullopt;
  constexpr std::string_view kObject = "/object/";
  const std::size_t object = resource.arn.find(kObject, out.point->arn.size());
  out.other = out.bucket->arn;
  if (object != std::string::npos) out.other += '/' + resource.arn.substr(object + kObject.size());
  return out;
}

std::shared_ptr<const S3Facts> s3_facts(const world::Data& world, const ResourceParty& resource,
                                        std::string_view action) {
  const auto arn = values::split_arn(resource.arn);
  if (!arn || arn->service() != "s3") return nullptr;
  auto out = std::make_shared<S3Facts>();
  out->bucket_account = resource.facts.account;
  join_places(world, resource.facts.account, *out);
  if (const auto path = access_point_path(resource, world)) {
    // ACLs and encryption are the bucket's matter, which decides after the access point.
    const world::Resource& point = *path->point;
    out->bucket_account = path->bucket->account;
    out->vpc_origin = point.s3.access_point->vpc_origin;
    join(point.s3.block_public_access, *out);
    join(path->bucket->s3.block_public_access, *out);
    join_places(world, path->bucket->account, *out);
    return out;
  }
  const world::Resource* const bucket =
      resource.container != nullptr ? resource.container : resource.entry;
  if (bucket != nullptr) add_bucket(*bucket, *out);
  // What makes or deletes objects is the bucket's matter.
  const world::Resource* const holder = services::asks_object_acl(action) ? resource.entry : bucket;
  if (holder != nullptr) out->acl = holder->s3.acl;
  return out;
}

ResourceParty behind(const AccessPointPath& path, const world::Data& world,
                     std::string_view action) {
  ResourceParty out;
  out.arn = path.other;
  out.region = path.bucket->region;
  out.entry = world.resource(path.other);
  if (path.other != path.bucket->arn) out.container = path.bucket;
  out.facts.account = path.bucket->account;
  const auto arn = values::split_arn(out.arn);
  if (arn) out.facts.partition = std::string(arn->partition());
  out.facts.policy_target = path.bucket->arn;
  if (const auto* organization = world.organization_of(out.facts.account)) {
    out.facts.organization = organization->id;
  }
  auto facts = std::make_shared<S3Facts>(*s3_facts(world, out, action));
  join(path.point->s3.block_public_access, *facts);
  join_places(world, path.point->account, *facts);
  out.facts.s3 = std::move(facts);
  return out;
}

}  // namespace policysim::operations
