// One API call: what it sends, and what the world says of what it touches. The rows of the
// operation table are read against it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "operations/fields.hpp"
#include "operations/operation_table.hpp"
#include "operations/parties.hpp"
#include "request/request.hpp"
#include "world/data.hpp"
#include "world/findings.hpp"

namespace policysim::operations {

// A KMS key as something names it.
struct KeyName {
  std::string arn;    // of the key; of the alias where the world lacks it
  std::string alias;  // "alias/x" if it was named by one
  const world::Resource* entry = nullptr;
};

// How S3 is going to encrypt what is written, and what it shows of that.
struct S3Encryption {
  bool kms = false, dsse = false, bucket_key = false;
  bool from_default = false;      // no header says anything
  std::string algorithm;          // of the header
  std::string default_algorithm;  // in force without headers
  std::string key_id;             // as the condition key shows it; empty: absent
  request::Origin key_origin = request::Origin::kRequest;  // of the choice of that key
  std::string resolved;                                    // ARN of the key
  bool unresolved_alias = false;  // key_id shows an alias of the bucket's configuration
};

// Lives no longer than what it refers to. `element` changes while rows fan out.
struct Call {
  const OperationRow& row;
  const Fields& fields;
  const CallerParty& caller;
  const world::Data* world;  // may be null
  world::Findings& findings;
  std::string partition, region, account;  // that templates are filled with
  ResourceParty main;
  KeyName main_key;  // where the main resource is a KMS key
  const world::Resource* bucket = nullptr;
  std::string object;    // ARN of the object, behind an access point too
  ResourceParty source;  // of a copy
  std::string source_version;
  S3Encryption sse;  // of what this call writes
  world::Tags tags;
  world::Names tag_keys;
  const text::Node* element = nullptr;
};

// Parameters: paths of names with dots, alternatives with bars. Names compare without case and
// hyphens; lists on the path give the values of all their elements.
const text::Node* find_param(const Call& call, std::string_view names);
std::vector<std::string> param_values(const Call& call, std::string_view names);
std::string param(const Call& call, std::string_view names);  // the first value, or empty
world::Tags param_pairs(const Call& call, std::string_view names);

// Null without that header; `pattern` may end in `*`.
const std::string* find_header(const Fields& fields, std::string_view pattern);
bool header_fits(std::string_view patterns, std::string_view header);

// Reads `tags`, `Tags`, `x-amz-tagging`, `tag_keys`, `TagKeys`.
void read_tags(Call& call);
// The tags that a call gives to a type of resource that it creates.
world::Tags tags_for(const Call& call, std::string_view type);

// ${partition}, ${region}, ${account}, ${name}, ${main}, ${param:X} of a template.
std::string fill(const Call& call, std::string_view shape, std::string_view name = {});

// The KMS key that `text` names: ARN, alias, id, or name in the world. What the world lacks is
// reported, as an error if the call itself is about the key.
KeyName name_key(const Call& call, const std::string& text, const std::string& region,
                 std::string_view member, bool needed);
// The AWS managed key of a service in an account.
KeyName service_key(const Call& call, std::string_view alias, const std::string& account,
                    const std::string& region);

// Finds the main resource, the bucket and the source of a copy. False: a finding says why.
bool find_main(Call& call);
// The resources of a row; none where the parameter that names them is not sent.
std::vector<ResourceParty> subjects(Call& call, const RequestRow& row);

// `headers` of the call that writes, or of the one that began a multipart upload.
S3Encryption s3_encryption(const Call& call, const Fields& headers);
// The encryption that was recorded when the multipart upload began.
S3Encryption recorded_encryption(const Call& call);
// The stored encryption of a resource under a KMS key; empty: under none that is known.
std::string stored_key(const Call& call, const world::Resource* entry);

// Is what exists encrypted, as far as the world tells?
bool is_encrypted(const world::Resource* entry);

// A volume that is created.
struct Volume {
  std::optional<bool> encrypted;  // none: it depends on a snapshot that the world does not tell
  bool stated = false;            // the call says it
  request::Origin origin = request::Origin::kDefault;
  bool snapshot_encrypted = false;
  std::string key, snapshot_key;  // ARNs
  bool customer_key = false;
};
Volume volume_of(const Call& call);

struct StorageEncrypted {
  bool value = false, stated = false, aurora_instance = false;
};
StorageEncrypted storage_of(const Call& call);

bool holds(const Call& call, std::span<const Condition> when);

// The pairs of the header x-amz-server-side-encryption-context.
world::Tags header_context(const Call& call);

// Adds the keys of a row to what an authorization carries.
void add_keys(const Call& call, const RequestRow& row, const ResourceParty& subject, Fields& out);
void add_encryption_context(const Call& call, const RequestRow& row, const ResourceParty& subject,
                            Fields& out);

}  // namespace policysim::operations
