// What S3 looks at beside policies, from the entries of bucket, object and access point.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "operations/parties.hpp"
#include "request/request.hpp"
#include "world/data.hpp"

namespace policysim::operations {

// An S3 access point that a request goes through.
struct AccessPointPath {
  const world::Resource* point = nullptr;
  const world::Resource* bucket = nullptr;
  std::string other;  // ARN of the bucket or object behind it
};
// None: the resource is no access point (or object of one), or its entry does not say the bucket.
std::optional<AccessPointPath> access_point_path(const ResourceParty& resource,
                                                 const world::Data& world);

bool is_access_point(std::string_view arn) noexcept;

// Null where the resource is none of S3's.
std::shared_ptr<const request::S3Facts> s3_facts(const world::Data& world,
                                                 const ResourceParty& resource,
                                                 std::string_view action);

// The second authorization of a request through `path`: on the bucket's side, under the settings
// of both.
ResourceParty behind(const AccessPointPath& path, const world::Data& world,
                     std::string_view action);

}  // namespace policysim::operations
