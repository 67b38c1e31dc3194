// KMS keys that calls and worlds name, and encryption that follows from them.
#include <algorithm>

#include "base/ascii.hpp"
#include "operations/call.hpp"
#include "values/arn.hpp"

namespace policysim::operations {
namespace {

using world::in_ticks;

bool is_kms(std::string_view algorithm) noexcept {
  return algorithm == "aws:kms" || algorithm == "aws:kms:dsse";
}

const world::Resource* find_alias(const world::Data* world, const std::string& alias,
                                  const std::string& account, const std::string& region) {
  if (world == nullptr) return nullptr;
  for (const world::Resource& key : world->resources) {
    if (key.account != account || key.region != region || !key.kms.aliases) continue;
    const auto& names = *key.kms.aliases;
    if (std::find(names.begin(), names.end(), alias) != names.end()) return &key;
  }
  return nullptr;
}

void report_alias(const Call& call, const KeyName& key, std::string_view member, bool needed) {
  if (!needed) {
    call.findings.warning("PS3014", call.fields.span_of(member),
                          "the world has no KMS key with the alias " + in_ticks(key.alias) + ": " +
                              in_ticks(key.arn) + " is used instead",
                          "describe the key with `kms.aliases`");
    return;
  }
  std::vector<std::string> names;
  if (call.world != nullptr) {
    for (const world::Resource& entry : call.world->resources) {
      for (const std::string& alias : entry.kms.aliases.value_or(world::Names{})) {
        names.push_back(alias);
      }
    }
  }
  call.findings.error("PS3005", call.fields.span_of(member),
                      "the world has no KMS key with the alias " + in_ticks(key.alias),
                      world::did_you_mean(key.alias, names));
}

// "1f2e3d4c-5b6a-4789-8abc-def012345678", "mrk-9f8e…".
bool is_key_id(std::string_view text) noexcept {
  if (text.substr(0, 4) == "key/") text.remove_prefix(4);
  if (text.substr(0, 4) == "mrk-") return true;
  return text.size() == 36 &&
         text.find_first_not_of("0123456789abcdefABCDEF-") == std::string_view::npos;
}

void report_id(const Call& call, const std::string& text, std::string_view member, bool needed) {
  std::vector<std::string> names;
  if (call.world != nullptr) {
    for (const world::Resource& entry : call.world->resources) names.push_back(entry.name);
  }
  const std::string message = in_ticks(text) + " is no ARN, alias or id of a KMS key" +
                              (needed ? " and no name of a resource" : "");
  const std::string help = world::did_you_mean(text, names);
  if (needed) {
    call.findings.error("PS3005", call.fields.span_of(member), message, help);
  } else {
    call.findings.warning("PS3014", call.fields.span_of(member), message, help);
  }
}

// In the account of `account` unless the text is an ARN.
KeyName key_in(const Call& call, const std::string& text, std::string account, std::string region,
               std::string_view member, bool needed) {
  KeyName out;
  std::string_view name = text;
  const auto arn = values::split_arn(text);
  if (arn) {
    name = arn->resource();
    account = std::string(arn->account());
    region = std::string(arn->region());
  }
  const std::string prefix = "arn:" + call.partition + ":kms:" + region + ":" + account + ":";
  if (name.substr(0, 6) == "alias/") {
    out.alias = std::string(name);
    out.entry = find_alias(call.world, out.alias, account, region);
    out.arn = out.entry != nullptr ? out.entry->arn : prefix + out.alias;
    if (out.entry == nullptr) report_alias(call, out, member, needed);
    return out;
  }
  if (arn) {
    out.arn = text;
  } else {
    if (!is_key_id(name)) report_id(call, text, member, needed);
    out.arn = prefix + (name.substr(0, 4) == "key/" ? "" : "key/") + text;
  }
  if (call.world != nullptr) out.entry = call.world->resource(out.arn);
  return out;
}

}  // namespace

KeyName name_key(const Call& call, const std::string& text, const std::string& region,
                 std::string_view member, bool needed) {
  if (call.world != nullptr) {
    const world::Resource* const entry = call.world->resource(text);
    if (entry != nullptr) return {entry->arn, {}, entry};
  }
  return key_in(call, text, call.account, region, member, needed);
}

KeyName service_key(const Call& call, std::string_view alias, const std::string& account,
                    const std::string& region) {
  return key_in(call, std::string(alias), account, region, "operation", false);
}

std::string stored_key(const Call& call, const world::Resource* entry) {
  if (entry == nullptr || !entry->encryption || entry->encryption->enabled == false) return {};
  const world::Encryption& stored = *entry->encryption;
  const bool s3 = entry->arn.find(":s3:::") != std::string::npos;
  // Services that call it encryption when it is under KMS, and name no key: their own.
  const bool own = !s3 && stored.enabled.value_or(false) && stored.algorithm.empty();
  if (stored.key.empty() && !is_kms(stored.algorithm) && !own) return {};
  if (stored.key.empty()) {
    const std::string_view alias = s3 ? "alias/aws/s3" : call.row.service_key;
    return service_key(call, alias, entry->account, entry->region).arn;
  }
  const world::Resource* const key = call.world->key(stored.key, *entry);
  if (key != nullptr) return key->arn;
  const std::string region = entry->region.empty() ? call.region : entry->region;
  return key_in(call, stored.key, entry->account, region, "resource", false).arn;
}

S3Encryption s3_encryption(const Call& call, const Fields& headers) {
  S3Encryption out;
  const auto sent = [&](const char* name) {
    const std::string* value = find_header(headers, name);
    return value != nullptr ? *value : std::string();
  };
  const std::string region =
      call.bucket != nullptr && !call.bucket->region.empty() ? call.bucket->region : call.region;
  const std::optional<world::Encryption> unstated;
  const auto& fallback = call.bucket != nullptr ? call.bucket->default_encryption : unstated;
  out.default_algorithm = fallback ? fallback->algorithm : "AES256";
  out.algorithm = sent("x-amz-server-side-encryption");
  const bool customer = !sent("x-amz-server-side-encryption-customer-algorithm").empty();
  std::string algorithm = out.algorithm;
  if (is_kms(algorithm)) {
    const std::string id = sent("x-amz-server-side-encryption-aws-kms-key-id");
    out.resolved =
        key_in(call, id.empty() ? "alias/aws/s3" : id, call.account, region, "headers", false).arn;
    out.key_id = out.resolved;
    if (id.empty()) out.key_origin = request::Origin::kDefault;  // S3's own choice
  } else if (algorithm.empty() && !customer) {
    out.from_default = true;
    algorithm = out.default_algorithm;
    if (is_kms(algorithm)) {
      const std::string& key = fallback->key;
      const KeyName name = key.empty() ? service_key(call, "alias/aws/s3", call.account, region)
                                       : name_key(call, key, region, "resource", false);
      out.resolved = name.arn;
      out.unresolved_alias = !key.empty() && !name.alias.empty() && name.entry != nullptr;
      out.key_id = name.arn;
      out.key_origin = request::Origin::kWorld;
      if (out.unresolved_alias) {
        out.key_id = name.entry->arn.substr(0, name.entry->arn.find(":key/") + 1) + name.alias;
      }
    }
  }
  out.kms = is_kms(algorithm);
  out.dsse = algorithm == "aws:kms:dsse";
  const std::string bucket_key = sent("x-amz-server-side-encryption-bucket-key-enabled");
  out.bucket_key = bucket_key.empty() ? fallback && fallback->bucket_key
                                      : base::equals_ignore_case(bucket_key, "true");
  out.bucket_key = out.bucket_key && out.kms && !out.dsse;
  return out;
}

S3Encryption recorded_encryption(const Call& call) {
  Fields began(call.fields.node);
  began.headers = param_pairs(call, "upload.headers");
  S3Encryption out = s3_encryption(call, began);
  const std::string* customer =
      find_header(call.fields, "x-amz-server-side-encryption-customer-algorithm");
  if (customer == nullptr || find_param(call, "upload") != nullptr) return out;
  // A part with a customer's key belongs to an upload that began with one.
  out = S3Encryption{};
  return out;
}

Volume volume_of(const Call& call) {
  Volume out;
  const std::string text = param(call, "Ebs.Encrypted|Encrypted");
  const std::string snapshot = param(call, "Ebs.SnapshotId|SnapshotId");
  const world::Resource* source = nullptr;
  if (!snapshot.empty() && call.world != nullptr) {
    source = call.world->resource(snapshot);
    if (source == nullptr) {
      source = call.world->resource("arn:" + call.partition + ":ec2:" + call.region +
                                    "::snapshot/" + snapshot);
    }
  }
  const bool told = source != nullptr && source->encryption;
  out.snapshot_encrypted = told && source->encryption->enabled.value_or(true);
  const world::Account* const account =
      call.world != nullptr ? call.world->account(call.account) : nullptr;
  const bool always = account != nullptr && account->ebs_encryption_by_default;
  out.stated = !text.empty();
  if (out.stated) {
    out.encrypted = base::equals_ignore_case(text, "true");
    out.origin = request::Origin::kRequest;
  } else if (out.snapshot_encrypted || always || told) {
    out.encrypted = out.snapshot_encrypted || always;
    out.origin = request::Origin::kWorld;
  } else if (snapshot.empty()) {
    out.encrypted = false;
  }
  if (!out.encrypted.value_or(false)) return out;
  if (out.snapshot_encrypted) {
    const world::Encryption& stored = *source->encryption;
    const world::Resource* const key = call.world->key(stored.key, *source);
    out.snapshot_key = key != nullptr ? key->arn
                       : stored.key.empty()
                           ? service_key(call, "alias/aws/ebs", source->account, call.region).arn
                           : name_key(call, stored.key, call.region, "resource", false).arn;
  }
  const std::string chosen = param(call, "Ebs.KmsKeyId|KmsKeyId");
  KeyName key;
  if (!chosen.empty()) {
    key = name_key(call, chosen, call.region, "parameters", false);
  } else if (out.snapshot_encrypted && source->account == call.account) {
    key = name_key(call, out.snapshot_key, call.region, "parameters", false);
  } else if (account != nullptr && !account->ebs_default_key.empty()) {
    key = name_key(call, account->ebs_default_key, call.region, "operation", false);
  } else {
    key = service_key(call, "alias/aws/ebs", call.account, call.region);
  }
  out.key = key.arn;
  out.customer_key =
      key.entry != nullptr ? !key.entry->kms.aws_managed : key.alias.substr(0, 10) != "alias/aws/";
  return out;
}

StorageEncrypted storage_of(const Call& call) {
  StorageEncrypted out;
  const std::string text = param(call, "StorageEncrypted");
  out.stated = !text.empty();
  out.value = base::equals_ignore_case(text, "true");
  // Storage belongs to the cluster, whose instances always report false.
  out.aurora_instance = call.row.name == "rds:CreateDBInstance" &&
                        base::starts_with_ignore_case(param(call, "Engine"), "aurora");
  if (out.aurora_instance) out.value = false;
  return out;
}

}  // namespace policysim::operations
