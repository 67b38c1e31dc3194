// What the authorizations of a call are about.
#include <algorithm>

#include "base/ascii.hpp"
#include "operations/call.hpp"
#include "operations/s3_facts.hpp"
#include "services/rules.hpp"
#include "values/arn.hpp"

namespace policysim::operations {
namespace {

using world::in_ticks;

bool is_directory_bucket(std::string_view text) noexcept {
  const auto arn = values::split_arn(text);
  return arn && arn->service() == "s3express";
}

std::string_view member_of_main(const Call& call) {
  return call.fields.resources.empty() ? "parameters" : "resource";
}

// What does not exist yet belongs to the caller's account, and nothing is known of it.
ResourceParty created(const Call& call, const std::string& text) {
  ResourceParty out;
  out.arn = text;
  const auto arn = values::split_arn(text);
  if (!arn) return out;
  out.region = std::string(arn->region());
  out.facts.partition = std::string(arn->partition());
  out.facts.account = arn->account().empty() ? call.account : std::string(arn->account());
  out.facts.policy_target = std::string(services::policy_target(text));
  if (call.world == nullptr) return out;
  if (const auto* organization = call.world->organization_of(out.facts.account)) {
    out.facts.organization = organization->id;
  }
  out.facts.s3 = s3_facts(*call.world, out, {});
  return out;
}

std::optional<ResourceParty> existing(Call& call, const std::string& arn, std::string_view member) {
  // What depends on the action is added for each of them.
  return find_resource(arn, {}, call.fields, call.caller, call.world, call.findings, member);
}

// "https://sqs.us-east-1.amazonaws.com/111122223333/queue" -> ARN.
std::string queue_of_url(const Call& call, const std::string& url) {
  const std::size_t host = url.find("://sqs.");
  const std::size_t path = host == std::string::npos ? host : url.find('/', host + 3);
  if (path == std::string::npos) return {};
  const std::string region = url.substr(host + 7, url.find('.', host + 7) - host - 7);
  const std::size_t name = url.find('/', path + 1);
  if (name == std::string::npos) return {};
  return "arn:" + call.partition + ":sqs:" + region + ":" + url.substr(path + 1, name - path - 1) +
         ":" + url.substr(name + 1);
}

// Six random characters end the ARN of a secret; callers may leave them out.
std::string full_secret(const Call& call, const std::string& arn) {
  if (call.world == nullptr || call.world->resource(arn) != nullptr) return arn;
  for (const world::Resource& entry : call.world->resources) {
    if (entry.arn.size() == arn.size() + 7 && entry.arn.rfind(arn + "-", 0) == 0) return entry.arn;
  }
  return arn;
}

// The ARN that a parameter's value means.
std::string arn_of(const Call& call, std::string_view shape, const std::string& text) {
  if (shape.find("${name}") == std::string_view::npos) return fill(call, shape);
  if (call.world != nullptr) {
    if (const auto* entry = call.world->resource(text)) return entry->arn;
    if (const auto* entry = call.world->principal_resource(text)) return entry->resource_arn;
  }
  std::string out = text;
  if (!values::split_arn(text)) {
    const std::string queue = queue_of_url(call, text);
    // Names of parameters and of paths begin with a slash that the ARN has anyway.
    const std::string name = text.substr(text.find_first_not_of('/') == 1 ? 1 : 0);
    out = queue.empty() ? fill(call, shape, name) : queue;
  }
  const bool secret =
      shape.find(":secret:") != std::string_view::npos && shape.find('?') == std::string_view::npos;
  return secret ? full_secret(call, out) : out;
}

std::string missing_name(const Call& call) {
  return "`" + std::string(call.row.name) + "` needs a `resource`" +
         (call.row.parameter.empty()
              ? std::string()
              : " or the parameter " +
                    in_ticks(call.row.parameter.substr(0, call.row.parameter.find('|'))));
}

// Names in the member `resource` are those of the world; parameters may hold any name.
std::string main_text(Call& call) {
  if (!call.fields.resources.empty() && call.fields.resources.front() != "*") {
    return call.fields.resources.front();
  }
  std::string out = param(call, call.row.parameter);
  if (out.empty() && (call.row.main == Subject::kObject || call.row.main == Subject::kBucket)) {
    out = param(call, "Bucket");
  }
  return out;
}

// Bucket, access point or object, and `key`.
std::string object_of(Call& call, const std::string& place) {
  const auto arn = values::split_arn(place);
  const bool point = is_access_point(place);
  const std::string_view name = arn ? arn->resource() : std::string_view(place);
  const bool whole = point ? name.find("/object/") != std::string_view::npos
                           : name.find('/') != std::string_view::npos;
  const std::string key = call.fields.key.empty() ? param(call, "Key") : call.fields.key;
  if (whole) {
    const bool same = key.empty() || (place.size() > key.size() &&
                                      place.compare(place.size() - key.size() - 1,
                                                    std::string::npos, '/' + key) == 0);
    if (!same) {
      call.findings.error("PS3009", call.fields.span_of("key"),
                          in_ticks(place) + " is an object already, and not " + in_ticks(key));
    }
    return place;
  }
  if (key.empty()) {
    call.findings.error("PS3004", call.fields.span_of("operation"),
                        "`" + std::string(call.row.name) + "` needs the `key` of an object");
    return {};
  }
  return place + (point ? "/object/" : "/") + key;
}

std::optional<std::string> s3_main(Call& call, const std::string& text) {
  constexpr std::string_view kBucket = "arn:${partition}:s3:::${name}";
  const bool named = !call.fields.resources.empty();
  std::string place = text;
  if (!named || (call.world != nullptr && call.world->resource(text) != nullptr)) {
    place = arn_of(call, kBucket, text);
  }
  if (is_directory_bucket(place)) return place;
  if (call.row.main == Subject::kObject) {
    if (named && !values::split_arn(place)) return place;  // reported when it is not found
    place = object_of(call, place);
    if (place.empty()) return std::nullopt;
  }
  return place;
}

// A table's index, a function's version or alias.
std::string with_part(const Call& call, std::string arn) {
  const bool table = call.row.shape.find(":table/") != std::string_view::npos;
  const bool function = call.row.shape.find(":function:") != std::string_view::npos;
  const std::string index = table ? param(call, "IndexName") : std::string();
  if (!index.empty() && arn.find("/index/") == std::string::npos) arn += "/index/" + index;
  const std::string qualifier = function ? param(call, "Qualifier") : std::string();
  if (!qualifier.empty()) arn += ':' + qualifier;
  return arn;
}

bool set_main(Call& call, const std::string& arn, std::string_view member) {
  auto found = existing(call, arn, member);
  if (!found) return false;
  call.main = *std::move(found);
  return true;
}

bool find_key_main(Call& call, const std::string& text) {
  call.main_key = name_key(call, text, call.region, member_of_main(call), true);
  if (call.findings.failed()) return false;
  return set_main(call, call.main_key.arn, member_of_main(call));
}

bool find_new_main(Call& call, const std::string& text) {
  const bool any = call.row.parameter.empty();
  if (text.empty() && !any) {
    call.findings.error("PS3004", call.fields.span_of("operation"), missing_name(call));
    return false;
  }
  std::string name = text.empty() ? "*" : text;
  const world::Resource* const entry = call.world != nullptr ? call.world->resource(name) : nullptr;
  if (entry != nullptr) name = entry->arn;
  const std::string path = param(call, "Path");  // of a role
  if (!path.empty() && path != "/" && !values::split_arn(name)) {
    name = path.substr(path.front() == '/' ? 1 : 0) + name;
  }
  if (!values::split_arn(name)) {
    name = fill(call, call.row.shape, name.substr(name.front() == '/' ? 1 : 0));
  }
  call.main = created(call, name);
  return true;
}

bool find_copy_source(Call& call) {
  const std::string* header = find_header(call.fields, "x-amz-copy-source");
  if (header == nullptr) return true;
  std::string text = *header;
  const std::size_t version = text.find("?versionId=");
  if (version != std::string::npos) {
    call.source_version = text.substr(version + 11);
    text.resize(version);
  }
  if (!values::split_arn(text)) {
    text = "arn:" + call.partition + ":s3:::" + text.substr(text.rfind('/', 0) == 0 ? 1 : 0);
  }
  if (text.find('/') == std::string::npos) {
    call.findings.error("PS3009", call.fields.span_of("headers"),
                        in_ticks(*header) + " names no object to copy",
                        "`x-amz-copy-source` is a bucket, a slash and a key");
    return false;
  }
  auto found = existing(call, text, "headers");
  if (!found) return false;
  call.source = *std::move(found);
  return true;
}

// The bucket and the object behind an access point are those that S3 encrypts.
void find_bucket(Call& call) {
  call.object = call.main.arn;
  call.bucket = call.main.container != nullptr ? call.main.container : call.main.entry;
  if (call.world == nullptr) return;
  if (const auto path = access_point_path(call.main, *call.world)) {
    call.bucket = path->bucket;
    call.object = path->other;
  }
}

ResourceParty object_party(Call& call, const std::string& key) {
  const auto found = existing(call, call.main.arn + '/' + key, "parameters");
  return found ? *found : ResourceParty{};
}

std::string key_arn(Call& call, const RequestRow& row) {
  switch (row.subject) {
    case Subject::kSseKey:
      return call.sse.resolved;
    case Subject::kRecordedKey:
      return recorded_encryption(call).resolved;
    case Subject::kObjectKey:
      return stored_key(call, call.world->resource(call.object));
    case Subject::kSourceKey:
      return stored_key(call, call.source.entry);
    case Subject::kVolumeKey:
      return volume_of(call).key;
    case Subject::kSnapshotKey:
      return volume_of(call).snapshot_key;
    case Subject::kKey:
      return name_key(call, param(call, row.parameter), call.region, "parameters", true).arn;
    case Subject::kAliasTarget:
      return name_key(call, param(call, row.parameter), call.region, "parameters", true).arn;
    case Subject::kChosenKey: {
      const std::string chosen = param(call, row.parameter);
      if (!chosen.empty()) return name_key(call, chosen, call.region, "parameters", false).arn;
      return service_key(call, call.row.service_key, call.account, call.region).arn;
    }
    case Subject::kAny:
    case Subject::kMain:
    case Subject::kObject:
    case Subject::kBucket:
    case Subject::kSource:
    case Subject::kNamed:
    case Subject::kNew:
    case Subject::kResourceKey:
    case Subject::kProfileRole:
      break;
  }
  // kResourceKey: a container holds the encryption of its parts, as a table that of an index.
  const world::Resource* const entry =
      call.main.entry != nullptr ? call.main.entry : call.main.container;
  const std::string stored = stored_key(call, entry);
  if (!stored.empty()) return stored;
  const std::string& region = call.main.region.empty() ? call.region : call.main.region;
  return service_key(call, call.row.service_key, call.main.facts.account, region).arn;
}

std::vector<ResourceParty> named(Call& call, const RequestRow& row) {
  std::vector<ResourceParty> out;
  for (const std::string& text : param_values(call, row.parameter)) {
    const auto found = existing(call, arn_of(call, row.shape, text), "parameters");
    if (found) out.push_back(*found);
  }
  return out;
}

// Instance profiles are no entries of the world: the console gives them the name of their role.
std::vector<ResourceParty> profile_role(Call& call, const RequestRow& row) {
  const std::string text = param(call, row.parameter);
  if (text.empty()) return {};
  const std::string role = fill(call, row.shape, text.substr(text.rfind('/') + 1));
  call.findings.warning(
      "PS3018", call.fields.span_of("parameters"),
      "the role of the instance profile " + in_ticks(text) + " is taken to be " + in_ticks(role));
  std::vector<ResourceParty> out;
  if (const auto found = existing(call, arn_of(call, row.shape, role), "parameters")) {
    out.push_back(*found);
  }
  return out;
}

}  // namespace

bool find_main(Call& call) {
  const std::string text = main_text(call);
  if (call.row.main == Subject::kAny) {
    call.main.arn = "*";
    call.main.facts.account = call.account;
    return true;
  }
  if (call.row.main == Subject::kNew) return find_new_main(call, text);
  if (text.empty()) {
    call.findings.error("PS3004", call.fields.span_of("operation"), missing_name(call));
    return false;
  }
  if (call.row.main == Subject::kKey) return find_key_main(call, text);
  if (call.row.main == Subject::kNamed) {
    const std::string arn =
        call.fields.resources.empty() ? arn_of(call, call.row.shape, text) : text;
    if (!set_main(call, arn, member_of_main(call))) return false;
    const std::string part = with_part(call, call.main.arn);
    return part == call.main.arn || set_main(call, part, "parameters");
  }
  const auto arn = s3_main(call, text);
  if (!arn || !set_main(call, *arn, member_of_main(call))) return false;
  find_bucket(call);
  return find_copy_source(call);
}

std::vector<ResourceParty> subjects(Call& call, const RequestRow& row) {
  switch (row.subject) {
    case Subject::kMain:
      return {call.main};
    case Subject::kAny: {
      ResourceParty any;
      any.arn = "*";
      any.facts.account = call.account;
      return {any};
    }
    case Subject::kSource:
      return {call.source};
    case Subject::kNamed:
      return named(call, row);
    case Subject::kProfileRole:
      return profile_role(call, row);
    case Subject::kNew: {
      const std::string name = param(call, row.parameter);
      return {created(call, fill(call, row.shape, name.empty() ? "*" : name))};
    }
    case Subject::kObject:
      return {object_party(call, param(call, row.parameter))};
    case Subject::kBucket:
    case Subject::kKey:
    case Subject::kSseKey:
    case Subject::kRecordedKey:
    case Subject::kObjectKey:
    case Subject::kSourceKey:
    case Subject::kResourceKey:
    case Subject::kChosenKey:
    case Subject::kVolumeKey:
    case Subject::kSnapshotKey:
    case Subject::kAliasTarget:
      break;
  }
  const auto found = existing(call, key_arn(call, row), "operation");
  return found ? std::vector<ResourceParty>{*found} : std::vector<ResourceParty>{};
}

}  // namespace policysim::operations
