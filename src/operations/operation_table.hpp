// API operations as data: the authorizations of each, when they are asked for and with which keys.
// The rows are generated from data/operations.json; docs/formats/operations.md tells its words.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace policysim::operations {

// What a condition asks. Some have a name ("header:x-amz-acl"), some of these a value.
enum class Fact : std::uint8_t {
  kHeader,
  kParam,
  kTags,
  kTagType,
  kSseKms,
  kSseDsse,
  kRecordedKms,
  kObjectKms,
  kSourceKms,
  kSourceTags,
  kSourceVersion,
  kResourceKms,
  kSecureParameter,
  kBucketAbac,
  kEncrypted,
  kNewDataKey,
  kReEncrypted,
  kCustomerKey,
  kVolumeEncrypted,
  kStorageEncrypted,
  kFirstMultiRegionKey,
  kFirstDatabase,
  kTransitiveTags,
};

// One alternative of one condition. All conditions must hold; of alternatives, one.
struct Condition {
  Fact fact;
  std::string_view name, value;
  bool negated;
  bool or_next;  // the next row is another alternative of the same condition
};

// Where a key's value comes from.
enum class Value : std::uint8_t {
  kText,
  kParam,
  kHeader,
  kAbsent,
  kUnknown,
  kArn,     // of what a parameter names
  kKeyArn,  // of the KMS key that a parameter names
  kSseAlgorithm,
  kSseKeyId,
  kRecordedAlgorithm,
  kRecordedKeyId,
  kCopySource,
  kSourceVersion,
  kSseContext,
  kObjectContext,
  kSourceContext,
  kRequestAlias,
  kSameKey,
  kDirectGrant,
  kEncrypted,
  kResourceEncrypted,
  kStorageEncrypted,
  kParentSnapshot,
  kVolumeId,
  kLeadingKeys,
  kAttributes,
  kVersionId,
  kGrantConstraint,
  kSessionMode,
};

struct KeyRow {
  std::string_view key;
  Value value;
  std::string_view name;       // of a parameter or header; the text of kText
  std::string_view otherwise;  // without that parameter
  std::string_view shape;      // kArn: the template
  std::span<const Condition> when;
};

// What an authorization is about.
enum class Subject : std::uint8_t {
  kAny,     // "*"
  kMain,    // the resource of the request
  kObject,  // as main resource only: the object `key` of a bucket
  kBucket,
  kSource,  // the object that is copied
  kNamed,   // what a parameter names, one authorization each
  kNew,     // what does not exist yet: the template, filled with a parameter or "*"
  kKey,     // as main resource: a KMS key in any of its forms; else the one that a parameter names
  kSseKey,
  kRecordedKey,
  kObjectKey,
  kSourceKey,
  kResourceKey,
  kChosenKey,  // the key that a parameter names, else the service's own
  kVolumeKey,  // the same for volumes: parameter, snapshot, account
  kSnapshotKey,
  kAliasTarget,
  kProfileRole,
};

struct RequestRow {
  std::string_view action;
  Subject subject;
  std::string_view shape;      // template of ARNs
  std::string_view parameter;  // that names the subject
  std::string_view via;        // service that calls on
  std::string_view caller;     // service principal, or "role" for the session of a passed role
  std::string_view headers;    // patterns of headers whose keys it carries
  std::string_view tags;       // "request", "keys" or a resource type of TagSpecifications
  std::string_view each;       // list parameter: one authorization an element
  std::string_view context;    // parameter with an encryption context, besides the request's member
  std::span<const Condition> when;
  std::span<const KeyRow> keys;
  std::span<const KeyRow> pairs;  // of the encryption context
};

struct OperationRow {
  std::string_view name;  // "s3:PutObject"
  Subject main;
  std::string_view shape, parameter;  // of the main resource
  std::string_view headers;           // allowed ones; empty: none has a meaning
  std::string_view parameters;        // those with a meaning
  std::string_view needs;             // "header:x-amz-copy-source param:Role"
  std::string_view service_key;       // alias of the service's own KMS key
  std::string_view remark;            // an authorization that cannot be derived, or empty
  std::span<const Condition> remark_when;
  std::string_view unavailable;  // why, while `unavailable_when` holds
  std::span<const Condition> unavailable_when;
  std::span<const RequestRow> requests;
};

// Sorted by name.
std::span<const OperationRow> operation_rows() noexcept;
// Compares without case; null: none.
const OperationRow* find_operation(std::string_view name) noexcept;

}  // namespace policysim::operations
