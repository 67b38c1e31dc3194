#include "operations/check_call.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "values/arn.hpp"

namespace policysim::operations {
namespace {

using world::in_ticks;

// Headers that every S3 operation may have, none of which is a condition key of one operation.
constexpr std::string_view kEverywhere =
    "x-amz-meta-* x-amz-content-sha256 x-amz-date x-amz-security-token x-amz-expected-bucket-owner "
    "x-amz-source-expected-bucket-owner x-amz-request-payer x-amz-checksum-* "
    "x-amz-sdk-* x-amz-trailer x-amz-decoded-content-length x-amz-user-agent authorization "
    "cache-control content-* date expect expires host range user-agent accept*";

template <class Use>
void each_word(std::string_view words, const Use& use) {
  for (std::size_t at = 0; at < words.size();) {
    const std::size_t end = std::min(words.find(' ', at), words.size());
    if (end > at) use(words.substr(at, end - at));
    at = end + 1;
  }
}

bool known_anywhere(std::string_view header) {
  const auto rows = operation_rows();
  return std::any_of(rows.begin(), rows.end(),
                     [&](const OperationRow& row) { return header_fits(row.headers, header); });
}

void check_header(const Call& call, const std::string& header) {
  const bool s3 = !call.row.headers.empty();
  if (header_fits(call.row.headers, header) || (s3 && header_fits(kEverywhere, header))) return;
  const SourceSpan& span = call.fields.span_of("headers");
  if (s3 && known_anywhere(header)) {
    call.findings.error("PS3017", span,
                        in_ticks(call.row.name) + " does not take the header " + in_ticks(header));
    return;
  }
  std::vector<std::string_view> names;
  for (const OperationRow& row : operation_rows()) {
    each_word(row.headers, [&](std::string_view name) { names.push_back(name); });
  }
  call.findings.warning(
      "PS3013", span,
      "no condition key of " + in_ticks(call.row.name) + " shows the header " + in_ticks(header),
      world::did_you_mean(header, names));
}

// Misspelt parameters would silently give another call.
void check_parameters(const Call& call) {
  if (call.fields.parameters == nullptr) return;
  std::vector<std::string> known;
  const auto add = [&](std::string_view path) {
    known.emplace_back(path.substr(0, path.find('.')));
    if (path.find('.') != std::string_view::npos) {
      known.emplace_back(path.substr(path.rfind('.') + 1));
    }
  };
  each_word(call.row.parameters, add);
  for (std::string_view names : {call.row.parameter, call.row.needs}) {
    std::string words(names);
    std::replace(words.begin(), words.end(), '|', ' ');
    each_word(words, [&](std::string_view word) {
      if (word.substr(0, 7) != "header:") add(word.substr(word.rfind(':') + 1));
    });
  }
  const auto plain = [](std::string_view text) {
    std::string out = base::lower(text);
    out.erase(std::remove(out.begin(), out.end(), '-'), out.end());
    return out;
  };
  for (const text::Member& member : call.fields.parameters->members) {
    const bool fits = std::any_of(known.begin(), known.end(), [&](const std::string& name) {
      return plain(name) == plain(member.key);
    });
    const std::string near = fits ? std::string() : world::did_you_mean(member.key, known);
    if (near.empty()) continue;
    call.findings.warning("PS3019", member.key_span,
                          in_ticks(call.row.name) + " has no parameter " + in_ticks(member.key) +
                              " that matters to a policy",
                          near);
  }
}

void check_needs(const Call& call) {
  each_word(call.row.needs, [&](std::string_view need) {
    const std::size_t colon = std::min(need.find(':'), need.size());
    const std::string_view kind = need.substr(0, colon);
    const std::string_view name = colon < need.size() ? need.substr(colon + 1) : "";
    std::string what;
    if (kind == "header" && find_header(call.fields, name) == nullptr) {
      what = "the header " + in_ticks(name);
    } else if (kind == "param" && find_param(call, name) == nullptr) {
      what = "the parameter " + in_ticks(name.substr(0, name.find('|')));
    } else if (kind == "tags" && call.tags.empty()) {
      what = "`tags`";
    } else if (kind == "tag-keys" && call.tag_keys.empty()) {
      what = "`tag_keys`";
    }
    if (what.empty()) return;
    call.findings.error("PS3004", call.fields.span_of("operation"),
                        in_ticks(call.row.name) + " needs " + what);
  });
}

void check_algorithm(const Call& call) {
  constexpr std::array<std::string_view, 3> kAlgorithms = {"AES256", "aws:kms", "aws:kms:dsse"};
  const std::string* algorithm = find_header(call.fields, "x-amz-server-side-encryption");
  const std::string* id = find_header(call.fields, "x-amz-server-side-encryption-aws-kms-key-id");
  const SourceSpan& span = call.fields.span_of("headers");
  if (algorithm != nullptr &&
      std::find(kAlgorithms.begin(), kAlgorithms.end(), *algorithm) == kAlgorithms.end()) {
    call.findings.error(
        "PS3009", span, in_ticks(*algorithm) + " is no encryption of S3",
        world::did_you_mean(*algorithm, std::span<const std::string_view>(kAlgorithms)));
  }
  if (id != nullptr && (algorithm == nullptr || *algorithm == "AES256")) {
    call.findings.warning("PS3013", span,
                          "S3 takes no key without `x-amz-server-side-encryption: aws:kms`");
  }
}

bool default_is_kms(const world::Resource* bucket) {
  return bucket != nullptr && bucket->default_encryption &&
         bucket->default_encryption->algorithm != "AES256";
}

// Objects may be encrypted otherwise than their bucket's default says today.
void check_stored(const Call& call, const world::Resource* object, const world::Resource* bucket,
                  const std::string& arn) {
  const bool told = object != nullptr && object->encryption;
  if (told || !default_is_kms(bucket)) return;
  call.findings.warning(
      "PS3018", call.fields.span_of("operation"),
      "how " + in_ticks(arn) + " is encrypted is not stated, so nobody is asked for its KMS key",
      "describe the object in the world, with `encryption`");
}

bool has_row(const Call& call, Subject subject) {
  const auto rows = call.row.requests;
  return std::any_of(rows.begin(), rows.end(),
                     [subject](const RequestRow& row) { return row.subject == subject; });
}

}  // namespace

void check_sent(const Call& call) {
  for (const auto& header : call.fields.headers.value_or(world::Tags{})) {
    check_header(call, header.first);
  }
  check_parameters(call);
  check_needs(call);
  check_algorithm(call);
}

void check_found(const Call& call) {
  if (!call.row.unavailable.empty() && holds(call, call.row.unavailable_when)) {
    call.findings.error(
        "PS3016", call.fields.span_of("operation"),
        in_ticks(call.row.name) + " is not available: " + std::string(call.row.unavailable));
  }
  if (has_row(call, Subject::kObjectKey) && call.world != nullptr) {
    check_stored(call, call.world->resource(call.object), call.bucket, call.object);
  }
  if (has_row(call, Subject::kSourceKey)) {
    check_stored(call, call.source.entry, call.source.container, call.source.arn);
  }
  if (has_row(call, Subject::kVolumeKey) && !volume_of(call).encrypted) {
    call.findings.warning("PS3018", call.fields.span_of("parameters"),
                          "whether the snapshot is encrypted is not stated, so nobody is asked for "
                          "a KMS key",
                          "describe the snapshot in the world, with `encryption`");
  }
  if (!call.row.remark.empty() && holds(call, call.row.remark_when)) {
    call.findings.warning("PS3018", call.fields.span_of("operation"), std::string(call.row.remark));
  }
}

void check_service_key(const Call& call, const RequestRow& row, const ResourceParty& key) {
  const auto arn = values::split_arn(key.arn);
  if (!arn || arn->service() != "kms" || row.via.empty()) return;
  if (call.world != nullptr && key.entry == nullptr && arn->resource().substr(0, 4) == "key/") {
    call.findings.warning("PS3018", call.fields.span_of("operation"),
                          "the world lacks the KMS key " + in_ticks(key.arn) +
                              ", so it has no key policy and admits nobody");
  }
  if (row.subject == Subject::kSourceKey || arn->region() == call.region) return;
  call.findings.error("PS3022", call.fields.span_of("operation"),
                      "the KMS key " + in_ticks(key.arn) + " is in another Region than " +
                          in_ticks(call.region) + ", where the call goes to");
}

}  // namespace policysim::operations
