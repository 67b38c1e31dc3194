// What AWS documents per service about the keys of a request. Names compare without case.
#pragma once

#include <string>
#include <string_view>

namespace policysim::operations {

// "decrypt" of "kms:Decrypt".
std::string_view name_of(std::string_view action) noexcept;
bool is_action(std::string_view action, std::string_view other) noexcept;

// Actions whose requests never carry aws:ResourceAccount, ResourceOrgID and ResourceOrgPaths.
bool without_resource_account(std::string_view action) noexcept;

// Endpoint keys that the service of an action sets, besides aws:SourceVpc and aws:SourceVpce.
struct EndpointKeys {
  bool account = false;         // aws:VpceAccount, aws:VpceOrgPaths
  bool organization = false;    // aws:VpceOrgID
  bool source_vpc_arn = false;  // aws:SourceVpcArn
};
EndpointKeys endpoint_keys(std::string_view action) noexcept;

// Does the service say in aws:CalledVia that it calls on? For others AWS states neither.
bool sets_called_via(std::string_view service) noexcept;

// The Region of a service that has one endpoint for a whole partition, else empty.
std::string_view global_region(std::string_view service, std::string_view partition) noexcept;

// S3 actions that read or write an object with its tags.
bool sees_object_tags(std::string_view action) noexcept;     // s3:ExistingObjectTag/K
bool carries_object_tags(std::string_view action) noexcept;  // s3:RequestObjectTag/K

// KMS actions with an encryption context.
bool has_encryption_context(std::string_view action) noexcept;

}  // namespace policysim::operations
