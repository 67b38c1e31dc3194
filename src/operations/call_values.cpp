// Keys of the table's rows.
#include <algorithm>

#include "base/ascii.hpp"
#include "catalog/keys.hpp"
#include "operations/call.hpp"
#include "operations/tables.hpp"
#include "values/arn.hpp"

namespace policysim::operations {
namespace {

using catalog::Option;
using request::ContextEntry;
using request::Origin;
using request::ValueState;

constexpr Origin kRequest = Origin::kRequest;

ContextEntry scalar(std::string_view key, std::string value, Origin origin = kRequest) {
  return {std::string(key), ValueState::kScalar, {std::move(value)}, origin};
}
// What the call does not send, it says to be absent.
ContextEntry absent(std::string_view key) {
  return {std::string(key), ValueState::kAbsent, {}, kRequest};
}
// Nobody tells.
ContextEntry unknown(std::string_view key) {
  return {std::string(key), ValueState::kUnknown, {}, Origin::kDefault};
}
ContextEntry text_or_absent(std::string_view key, std::string value, Origin origin = kRequest) {
  return value.empty() ? absent(key) : scalar(key, std::move(value), origin);
}

ContextEntry values_of(std::string_view key, std::vector<std::string> values,
                       Origin origin = kRequest) {
  if (values.empty()) return absent(key);
  const catalog::KeyInfo info = catalog::find_key(key);
  if (info.known && info.multivalued) {
    return {std::string(key), ValueState::kList, std::move(values), origin};
  }
  // Booleans as AWS writes them.
  std::string& first = values.front();
  if (info.type == catalog::KeyType::kBool) first = base::lower(first);
  return scalar(key, std::move(first), origin);
}

void differ(Fields& out, Option option, ContextEntry entry) {
  out.alternatives.push_back({option, 1, std::move(entry)});
}

ContextEntry algorithm_key(const S3Encryption& sse, std::string_view key, Fields& out) {
  if (sse.from_default) {
    differ(out, Option::kS3SseContext, scalar(key, sse.default_algorithm));
  }
  return text_or_absent(key, sse.algorithm);
}

ContextEntry key_id_key(const S3Encryption& sse, std::string_view key, Fields& out) {
  if (sse.from_default && !sse.key_id.empty()) {
    differ(out, Option::kS3KeyIdFromDefault, absent(key));
    if (sse.unresolved_alias) {
      differ(out, Option::kS3DefaultAliasResolution, scalar(key, sse.resolved));
    }
  }
  return text_or_absent(key, sse.key_id, sse.key_origin);
}

// Parts that show nothing of their upload show nothing of the bucket's default either.
ContextEntry recorded(const S3Encryption& sse, const ContextEntry& entry, Fields& out) {
  if (sse.from_default || entry.state != ValueState::kAbsent) {
    differ(out, Option::kS3MultipartSseRecorded, absent(entry.key));
  }
  return entry;
}

ContextEntry encrypted_key(const Call& call, std::string_view key, Fields& out) {
  const Volume volume = volume_of(call);
  if (!volume.stated) differ(out, Option::kEc2EncryptedContext, absent(key));
  if (!volume.encrypted) return unknown(key);
  return scalar(key, *volume.encrypted ? "true" : "false", volume.origin);
}

ContextEntry storage_key(const Call& call, std::string_view key, Fields& out) {
  const StorageEncrypted storage = storage_of(call);
  const bool told = storage.stated || storage.aurora_instance;
  if (!told) differ(out, Option::kRdsStorageEncryptedDefault, absent(key));
  return scalar(key, storage.value ? "true" : "false", told ? kRequest : Origin::kDefault);
}

ContextEntry direct_grant_key(const Call& call, std::string_view key, Fields& out) {
  if (!call.fields.via.empty()) return scalar(key, "true");
  differ(out, Option::kKmsGrantForAwsResourceWhenDirect, absent(key));
  return scalar(key, "false", Origin::kDefault);
}

ContextEntry stored_encryption_key(const ResourceParty& subject, std::string_view key) {
  const world::Resource* const entry = subject.entry;
  if (entry == nullptr || !entry->encryption) return unknown(key);
  return scalar(key, is_encrypted(entry) ? "true" : "false", Origin::kWorld);
}

std::string alias_of(const Call& call, std::string_view name) {
  if (name.empty()) return call.main_key.alias;
  return name_key(call, param(call, name), call.region, "parameters", true).alias;
}

std::string grant_constraint(const Call& call) {
  for (const char* kind : {"EncryptionContextEquals", "EncryptionContextSubset"}) {
    if (find_param(call, std::string("Constraints.") + kind) != nullptr) return kind;
  }
  return {};
}

// "{pk: {S: x}}" or "{pk: x}" of one attribute is the partition key; of more, nobody says which.
ContextEntry leading_keys(const Call& call, std::string_view key) {
  if (is_action(call.row.name, "dynamodb:Scan")) return absent(key);
  const text::Node* const named = find_param(call, "Key");
  if (named == nullptr || named->members.size() != 1) return unknown(key);
  return values_of(key, param_values(call, "Key." + named->members.front().key + ".S|Key." +
                                               named->members.front().key));
}

ContextEntry attributes(const Call& call, std::string_view key) {
  for (const char* expression : {"ProjectionExpression", "KeyConditionExpression",
                                 "FilterExpression", "UpdateExpression", "ConditionExpression"}) {
    if (find_param(call, expression) != nullptr) return unknown(key);
  }
  std::vector<std::string> names = param_values(call, "AttributesToGet");
  for (const char* map : {"Key", "Item"}) {
    const text::Node* const node = find_param(call, map);
    if (node == nullptr) continue;
    for (const text::Member& member : node->members) names.push_back(member.key);
  }
  return values_of(key, std::move(names));
}

std::string context_of(const world::Resource* entry, const std::string& object) {
  const bool bucket_key = entry != nullptr && entry->encryption && entry->encryption->bucket_key;
  return bucket_key ? object.substr(0, object.find('/')) : object;
}

std::string volume_id(const ResourceParty& main) {
  const std::size_t id = main.arn.find(":volume/vol-");
  return id == std::string::npos ? std::string() : main.arn.substr(id + 8);
}

std::string reference(const Call& call, const KeyRow& row) {
  std::string text = param(call, row.name);
  if (text.empty()) text = std::string(row.otherwise);
  if (text.empty() || values::split_arn(text)) return text;
  if (call.world != nullptr) {
    if (const auto* entry = call.world->resource(text)) return entry->arn;
  }
  return fill(call, row.shape, text);
}

std::string bucket_part(const std::string& object) { return object.substr(0, object.find('/')); }

// Values that are one text or absent.
std::string text_of(const Call& call, const KeyRow& row, const ResourceParty& subject) {
  switch (row.value) {
    case Value::kText:
      return row.name == "${owner}" ? subject.facts.account : fill(call, row.name);
    case Value::kHeader: {
      const std::string* header = find_header(call.fields, row.name);
      return header != nullptr ? *header : std::string();
    }
    case Value::kArn:
      return reference(call, row);
    case Value::kKeyArn: {
      const std::string key = param(call, row.name);
      return key.empty() ? key : name_key(call, key, call.region, "parameters", false).arn;
    }
    case Value::kCopySource:
      return "/" + call.source.arn.substr(call.source.arn.find(":::") + 3);
    case Value::kSourceVersion:
      return call.source_version;
    case Value::kSseContext:
      return (call.sse.kms ? call.sse : recorded_encryption(call)).bucket_key
                 ? bucket_part(call.object)
                 : call.object;
    case Value::kObjectContext:
      return context_of(call.world->resource(call.object), call.object);
    case Value::kSourceContext:
      return context_of(call.source.entry, call.source.arn);
    case Value::kRequestAlias:
      return alias_of(call, row.name);
    case Value::kSameKey:
      return name_key(call, param(call, "DestinationKeyId"), call.region, "parameters", true).arn ==
                     call.main.arn
                 ? "true"
                 : "false";
    case Value::kParentSnapshot: {
      const std::string id = param(call, "Ebs.SnapshotId|SnapshotId");
      return id.empty() || values::split_arn(id)
                 ? id
                 : "arn:" + call.partition + ":ec2:" + call.region + "::snapshot/" + id;
    }
    case Value::kGrantConstraint:
      return grant_constraint(call);
    case Value::kParam:
    case Value::kAbsent:
    case Value::kUnknown:
    case Value::kSseAlgorithm:
    case Value::kSseKeyId:
    case Value::kRecordedAlgorithm:
    case Value::kRecordedKeyId:
    case Value::kDirectGrant:
    case Value::kEncrypted:
    case Value::kResourceEncrypted:
    case Value::kStorageEncrypted:
    case Value::kVolumeId:
    case Value::kLeadingKeys:
    case Value::kAttributes:
    case Value::kVersionId:
    case Value::kSessionMode:
      break;
  }
  return {};
}

// Where such a text comes from: what the call names or implies, but for facts and defaults.
Origin origin_of(const Call& call, const KeyRow& row) {
  const bool text = row.value == Value::kText;
  if (text && (row.name == "${owner}" || row.name == "${account}")) return Origin::kWorld;
  if (text && row.name == "${region}") return Origin::kDefault;
  const bool left_out = row.value == Value::kArn && param(call, row.name).empty();
  return left_out ? Origin::kDefault : kRequest;
}

ContextEntry session_mode(const Call& call, std::string_view key) {
  const std::string* const header = find_header(call.fields, "x-amz-create-session-mode");
  const std::string mode = header != nullptr ? *header : param(call, "SessionMode");
  return mode.empty() ? scalar(key, "ReadWrite", Origin::kDefault) : scalar(key, mode);
}

ContextEntry entry_of(const Call& call, const KeyRow& row, const ResourceParty& subject,
                      Fields& out) {
  switch (row.value) {
    case Value::kParam: {
      auto values = param_values(call, row.name);
      if (!values.empty() || row.otherwise.empty()) return values_of(row.key, std::move(values));
      return values_of(row.key, {std::string(row.otherwise)}, Origin::kDefault);
    }
    case Value::kAbsent:
      return absent(row.key);
    case Value::kUnknown:
      return unknown(row.key);
    case Value::kSseAlgorithm:
      return algorithm_key(call.sse, row.key, out);
    case Value::kSseKeyId:
      return key_id_key(call.sse, row.key, out);
    case Value::kRecordedAlgorithm: {
      const S3Encryption sse = recorded_encryption(call);
      return recorded(sse, algorithm_key(sse, row.key, out), out);
    }
    case Value::kRecordedKeyId: {
      const S3Encryption sse = recorded_encryption(call);
      return recorded(sse, key_id_key(sse, row.key, out), out);
    }
    case Value::kDirectGrant:
      return direct_grant_key(call, row.key, out);
    case Value::kEncrypted:
      return encrypted_key(call, row.key, out);
    case Value::kResourceEncrypted:
      return stored_encryption_key(subject, row.key);
    case Value::kStorageEncrypted:
      return storage_key(call, row.key, out);
    case Value::kLeadingKeys:
      return leading_keys(call, row.key);
    case Value::kAttributes:
      return attributes(call, row.key);
    case Value::kVolumeId: {
      const std::string id = volume_id(call.main);
      return id.empty() ? unknown(row.key) : scalar(row.key, id);
    }
    case Value::kVersionId: {
      const std::string id = param(call, "ClientRequestToken|VersionId");
      return id.empty() ? unknown(row.key) : scalar(row.key, id);
    }
    case Value::kSessionMode:
      return session_mode(call, row.key);
    case Value::kText:
    case Value::kHeader:
    case Value::kArn:
    case Value::kKeyArn:
    case Value::kCopySource:
    case Value::kSourceVersion:
    case Value::kSseContext:
    case Value::kObjectContext:
    case Value::kSourceContext:
    case Value::kRequestAlias:
    case Value::kSameKey:
    case Value::kParentSnapshot:
    case Value::kGrantConstraint:
      break;
  }
  return text_or_absent(row.key, text_of(call, row, subject), origin_of(call, row));
}

}  // namespace

void add_keys(const Call& call, const RequestRow& row, const ResourceParty& subject, Fields& out) {
  for (const KeyRow& key : row.keys) {
    if (!holds(call, key.when)) continue;
    out.derived.push_back(entry_of(call, key, subject, out));
  }
}

void add_encryption_context(const Call& call, const RequestRow& row, const ResourceParty& subject,
                            Fields& out) {
  out.encryption_context.reset();
  world::Tags pairs;
  if (!row.context.empty()) {
    std::string_view paths = row.context;
    while (!paths.empty() && pairs.empty()) {
      const std::size_t end = std::min(paths.find(' '), paths.size());
      pairs = param_pairs(call, paths.substr(0, end));
      paths.remove_prefix(std::min(end + 1, paths.size()));
    }
    const bool main = row.subject == Subject::kMain;
    if (main && pairs.empty() && call.fields.encryption_context) {
      pairs = *call.fields.encryption_context;
    }
  }
  std::vector<std::string> names;
  for (const auto& [name, value] : pairs) {
    out.derived.push_back(scalar("kms:EncryptionContext:" + name, value));
    names.push_back(name);
  }
  for (const KeyRow& pair : row.pairs) {
    ContextEntry entry = entry_of(call, pair, subject, out);
    entry.key = "kms:EncryptionContext:" + entry.key;
    out.derived.push_back(std::move(entry));
    names.push_back(std::string(pair.key));
  }
  if (row.subject == Subject::kSseKey) {
    for (const auto& [name, value] : header_context(call)) {
      out.derived.push_back(scalar("kms:EncryptionContext:" + name, value));
      names.push_back(name);
    }
  }
  for (const ContextEntry& entry : out.context) {
    constexpr std::string_view kPair = "kms:EncryptionContext:";
    if (entry.state != ValueState::kScalar || !base::starts_with_ignore_case(entry.key, kPair)) {
      continue;
    }
    const std::string name = entry.key.substr(kPair.size());
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  if (names.empty()) return;
  out.derived.push_back(
      {"kms:EncryptionContextKeys", ValueState::kList, std::move(names), kRequest});
}

}  // namespace policysim::operations
