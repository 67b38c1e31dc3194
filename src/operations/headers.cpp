#include "operations/headers.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "base/ascii.hpp"
#include "operations/tables.hpp"
#include "values/arn.hpp"

namespace policysim::operations {
namespace {

using request::Origin;
using world::in_ticks;

constexpr std::string_view kTagging = "x-amz-tagging";
constexpr std::string_view kKeyId = "x-amz-server-side-encryption-aws-kms-key-id";
constexpr std::string_view kAlgorithm = "x-amz-server-side-encryption";
constexpr std::string_view kCustomerAlgorithm = "x-amz-server-side-encryption-customer-algorithm";

// Headers whose keys are not called like them.
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kRenamed = {{
    {"if-match", "s3:if-match"},
    {"if-none-match", "s3:if-none-match"},
    {"x-amz-object-lock-legal-hold", "s3:object-lock-legal-hold"},
    {"x-amz-object-lock-mode", "s3:object-lock-mode"},
    {"x-amz-object-lock-retain-until-date", "s3:object-lock-retain-until-date"},
}};

int hex_digit(char c) noexcept {
  if (c >= '0' && c <= '9') return c - '0';
  const char folded = base::lower(c);
  return folded >= 'a' && folded <= 'f' ? folded - 'a' + 10 : -1;
}

std::string url_decoded(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool escape = text[at] == '%' && at + 2 < text.size();
    const int high = escape ? hex_digit(text[at + 1]) : -1;
    const int low = high >= 0 ? hex_digit(text[at + 2]) : -1;
    if (low >= 0) {
      out += static_cast<char>(high * 16 + low);
      at += 2;
    } else {
      out += text[at] == '+' ? ' ' : text[at];
    }
  }
  return out;
}

const std::string* find_header(const Derivation& d, std::string_view name) {
  if (!d.fields.headers) return nullptr;
  for (const auto& [header, value] : *d.fields.headers) {
    if (base::equals_ignore_case(header, name)) return &value;
  }
  return nullptr;
}

// The key behind an alias, in the caller's account and the bucket's Region.
const world::Resource* find_alias(const Derivation& d, const std::string& alias,
                                  const std::string& account) {
  if (d.world == nullptr) return nullptr;
  for (const world::Resource& key : d.world->resources) {
    if (key.account != account || key.region != d.region || !key.kms.aliases) continue;
    const auto& names = *key.kms.aliases;
    if (std::find(names.begin(), names.end(), alias) != names.end()) return &key;
  }
  return nullptr;
}

// S3 presents an ARN, whatever form the header has.
std::string resolved_key(Derivation& d, const std::string& text) {
  std::string alias = text;
  std::string account =
      d.caller.caller.account.empty() ? d.resource.facts.account : d.caller.caller.account;
  if (const auto arn = values::split_arn(text)) {
    if (arn->resource().substr(0, 6) != "alias/") return text;
    alias = std::string(arn->resource());
    account = std::string(arn->account());
  }
  const std::string prefix =
      "arn:" + (d.resource.facts.partition.empty() ? "aws" : d.resource.facts.partition) +
      ":kms:" + d.region + ":" + account + ":";
  if (alias.rfind("alias/", 0) != 0) return prefix + "key/" + text;
  if (const world::Resource* key = find_alias(d, alias, account)) return key->arn;
  d.findings.warning("PS3014", d.fields.span_of("headers"),
                     "the world has no KMS key with the alias " + in_ticks(alias) + " in account " +
                         in_ticks(account),
                     "S3 presents the ARN of the key; the alias is used instead");
  return prefix + alias;
}

}  // namespace

void add_query_tags(std::string_view text, world::Tags& tags) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('&', at), text.size());
    const std::string_view pair = text.substr(at, end - at);
    const std::size_t equals = std::min(pair.find('='), pair.size());
    const std::string_view value = equals < pair.size() ? pair.substr(equals + 1) : "";
    if (equals > 0) tags.emplace_back(url_decoded(pair.substr(0, equals)), url_decoded(value));
    at = end + 1;
  }
}

bool add_tagging_header(const Derivation& d, world::Tags& tags) {
  const std::string* header = find_header(d, kTagging);
  if (header == nullptr) return false;
  add_query_tags(*header, tags);
  return true;
}

void derive_headers(Derivation& d) {
  if (!d.fields.headers) return;
  const bool s3 = base::equals_ignore_case(d.service, "s3");
  for (const auto& [header, value] : *d.fields.headers) {
    const std::string name = base::lower(header);
    const auto renamed = std::find_if(kRenamed.begin(), kRenamed.end(),
                                      [&](const auto& row) { return row.first == name; });
    if (s3 && name == kTagging && carries_object_tags(d.action)) continue;
    if (s3 && renamed != kRenamed.end()) {
      d.keys.scalar(Origin::kRequest, std::string(renamed->second), value);
    } else if (s3 && name == kKeyId) {
      d.keys.scalar(Origin::kRequest, "s3:" + name, resolved_key(d, value));
    } else if (s3 && name.rfind("x-amz-", 0) == 0) {
      d.keys.scalar(Origin::kRequest, "s3:" + name, value);
    } else {
      d.findings.warning(
          "PS3013", d.fields.span_of("headers"),
          "no condition key of " + in_ticks(d.action) + " shows the header " + in_ticks(header));
    }
  }
  if (!s3) return;
  d.keys.complete(Origin::kRequest, "s3:x-amz-");
  if (d.fields.of_operation) {
    // Every signed request has it, but nobody states it among the headers.
    if (d.out.missing_unknown) d.keys.unknown(Origin::kDefault, "s3:x-amz-content-sha256");
    return;
  }
  // Without an encryption header the bucket's default chooses the key: unless somebody states it,
  // it is no more known than before.
  const bool chosen =
      find_header(d, kKeyId) != nullptr || find_header(d, kCustomerAlgorithm) != nullptr ||
      (find_header(d, kAlgorithm) != nullptr && *find_header(d, kAlgorithm) == "AES256");
  if (!chosen && d.out.missing_unknown && is_action(d.action, "s3:PutObject")) {
    d.keys.unknown(Origin::kDefault, "s3:" + std::string(kKeyId));
  }
}

}  // namespace policysim::operations
