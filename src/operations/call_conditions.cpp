// Conditions of the table's rows.
#include <algorithm>

#include "base/ascii.hpp"
#include "operations/call.hpp"
#include "values/arn.hpp"

namespace policysim::operations {
namespace {

bool is_true(std::string_view text) noexcept { return base::equals_ignore_case(text, "true"); }

const world::Resource* main_entry(const Call& call) {
  return call.main.entry != nullptr ? call.main.entry : call.main.container;
}

// Some services create a role of their own with the first thing of a kind in an account. It is the
// first when the world has neither such a thing nor the role.
template <class IsOne>
bool is_first(const Call& call, std::string_view service, const IsOne& is_one) {
  if (call.world == nullptr) return false;
  const auto& resources = call.world->resources;
  const bool one = std::any_of(resources.begin(), resources.end(), [&](const auto& entry) {
    return entry.account == call.account && is_one(entry);
  });
  const std::string path = "/aws-service-role/" + std::string(service) + "/";
  const auto& principals = call.world->principals;
  return !one && std::none_of(principals.begin(), principals.end(), [&](const auto& entry) {
    return entry.caller.account == call.account &&
           entry.resource_arn.find(path) != std::string::npos;
  });
}

bool is_multi_region_key(const world::Resource& entry) {
  return entry.kms.multi_region.value_or("false") != "false" ||
         entry.arn.find(":key/mrk-") != std::string::npos;
}

bool is_database(const world::Resource& entry) {
  const auto arn = values::split_arn(entry.arn);
  return arn && arn->service() == "rds" &&
         (arn->resource().substr(0, 3) == "db:" || arn->resource().substr(0, 8) == "cluster:");
}

bool sent(const std::string* value, std::string_view wanted) {
  return value != nullptr && (wanted.empty() || base::equals_ignore_case(*value, wanted));
}

bool param_is(const Call& call, std::string_view name, std::string_view wanted) {
  if (find_param(call, name) == nullptr) return false;
  return wanted.empty() || base::equals_ignore_case(param(call, name), wanted);
}

bool copies_tags(const Call& call) {
  const std::string* directive = find_header(call.fields, "x-amz-tagging-directive");
  const bool replace = directive != nullptr && base::equals_ignore_case(*directive, "REPLACE");
  const world::Resource* const source = call.source.entry;
  return !replace && source != nullptr && source->tags && !source->tags->empty();
}

bool is_so(const Call& call, const Condition& condition) {
  switch (condition.fact) {
    case Fact::kHeader:
      return sent(find_header(call.fields, condition.name), condition.value);
    case Fact::kParam:
      return param_is(call, condition.name, condition.value);
    case Fact::kTags:
      return !call.tags.empty();
    case Fact::kTagType:
      return !tags_for(call, condition.name).empty();
    case Fact::kSseKms:
      return call.sse.kms;
    case Fact::kSseDsse:
      return call.sse.dsse;
    case Fact::kRecordedKms:
      return recorded_encryption(call).kms;
    case Fact::kObjectKms:
      return call.world != nullptr && !stored_key(call, call.world->resource(call.object)).empty();
    case Fact::kSourceKms:
      return !stored_key(call, call.source.entry).empty();
    case Fact::kSourceTags:
      return copies_tags(call);
    case Fact::kSourceVersion:
      return !call.source_version.empty();
    case Fact::kResourceKms:
      return !stored_key(call, main_entry(call)).empty();
    case Fact::kSecureParameter:
    case Fact::kVolumeEncrypted:
      return is_encrypted(main_entry(call));
    case Fact::kBucketAbac:
      return call.bucket != nullptr && call.bucket->s3.abac.value_or(false);
    case Fact::kEncrypted:
      return volume_of(call).encrypted.value_or(false);
    case Fact::kNewDataKey:
      return !volume_of(call).snapshot_encrypted;
    case Fact::kReEncrypted: {
      const Volume volume = volume_of(call);
      return volume.encrypted.value_or(false) && volume.snapshot_encrypted &&
             volume.key != volume.snapshot_key;
    }
    case Fact::kCustomerKey:
      return volume_of(call).customer_key;
    case Fact::kStorageEncrypted:
      return storage_of(call).value;
    case Fact::kFirstMultiRegionKey:
      return is_true(param(call, "MultiRegion")) &&
             is_first(call, "mrk.kms.amazonaws.com", is_multi_region_key);
    case Fact::kFirstDatabase:
      return is_first(call, "rds.amazonaws.com", is_database);
    case Fact::kTransitiveTags: {
      const world::Principal* const entry = call.caller.entry;
      return entry != nullptr && entry->session && !entry->session->transitive.empty();
    }
  }
  return false;
}

}  // namespace

bool is_encrypted(const world::Resource* entry) {
  if (entry == nullptr || !entry->encryption) return false;
  const world::Encryption& stored = *entry->encryption;
  return stored.enabled.value_or(!stored.key.empty() || !stored.algorithm.empty());
}

bool holds(const Call& call, std::span<const Condition> when) {
  for (std::size_t i = 0; i < when.size(); ++i) {
    bool any = is_so(call, when[i]) != when[i].negated;
    for (; when[i].or_next; ++i) any = any || is_so(call, when[i + 1]) != when[i + 1].negated;
    if (!any) return false;
  }
  return true;
}

}  // namespace policysim::operations
