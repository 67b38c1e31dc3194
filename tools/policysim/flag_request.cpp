#include "flag_request.hpp"

#include "flag_context.hpp"
#include "print_findings.hpp"
#include "request/request.hpp"
#include "text/json_writer.hpp"
#include "text/reader.hpp"
#include "usage.hpp"
#include "values/arn.hpp"
#include "world/fixture.hpp"

namespace policysim::cli {
namespace {

using text::JsonWriter;

constexpr const char* kPrincipal = "policysim-principal";
constexpr const char* kResource = "policysim-resource";

std::optional<Error> write_tags(JsonWriter& json, const std::string& option,
                                const std::vector<std::string>& pairs) {
  json.key("tags").begin_object();
  for (const std::string& pair : pairs) {
    std::string key;
    std::string value;
    if (auto error = split_pair(option, pair, key, value)) return error;
    json.key(key).value(value);
  }
  json.end_object();
  return std::nullopt;
}

// Does the ARN belong to an account's user, role or root, so that the world can hold it?
bool is_principal_arn(const std::string& text) {
  const std::optional<request::Caller> caller = request::caller_from_arn(text);
  return text.rfind("arn:", 0) == 0 && caller && !caller->account.empty();
}

bool is_bucket(const std::string& arn) {
  const std::optional<values::Arn> parts = values::split_arn(arn);
  return parts && parts->service() == "s3" && parts->account().empty() &&
         parts->resource().find('/') == std::string_view::npos;
}

// What the world holds already, by name or ARN; both may be null.
struct Known {
  const world::Principal* principal = nullptr;
  const world::Principal* role = nullptr;  // the resource is this principal's user or role
  const world::Resource* resource = nullptr;
};

std::optional<Error> write_principals(JsonWriter& json, const Options& options,
                                      const Known& known) {
  json.key("principals").begin_object();
  const bool tagged = !options.principal_tag.empty();
  const bool fresh = known.principal == nullptr && is_principal_arn(*options.principal);
  if (tagged && known.principal == nullptr && !fresh) {
    return usage_error("`--principal-tag` needs a user or role, not `" + *options.principal + "`");
  }
  if (fresh || tagged) {
    json.key(fresh ? kPrincipal : known.principal->name).begin_object();
    if (fresh) json.key("arn").value(*options.principal);
    if (tagged) {
      if (auto error = write_tags(json, "--principal-tag", options.principal_tag)) return error;
    }
    json.end_object();
  }
  // Users and roles are resources too: their tags stand with the principal.
  if (!options.resource_tag.empty() && known.role != nullptr) {
    json.key(known.role->name).begin_object();
    if (auto error = write_tags(json, "--resource-tag", options.resource_tag)) return error;
    json.end_object();
  }
  json.end_object();
  return std::nullopt;
}

std::optional<Error> write_resources(JsonWriter& json, const Options& options, const Known& known) {
  json.key("resources").begin_object();
  const std::optional<values::Arn> arn = values::split_arn(*options.resource);
  const bool tagged = !options.resource_tag.empty() && known.role == nullptr;
  const bool owned = options.resource_account.has_value() && known.resource == nullptr;
  if ((tagged || owned) && known.resource == nullptr && !arn) {
    return usage_error(std::string(tagged ? "`--resource-tag`" : "`--resource-account`") +
                       " needs a resource ARN, not `" + *options.resource + "`");
  }
  if (tagged || owned) {
    json.key(known.resource == nullptr ? kResource : known.resource->name).begin_object();
    if (known.resource == nullptr) json.key("arn").value(*options.resource);
    if (owned) json.key("account").value(*options.resource_account);
    if (tagged) {
      if (auto error = write_tags(json, "--resource-tag", options.resource_tag)) return error;
      // A tag that is stated for a decision is meant to be seen.
      if (is_bucket(*options.resource)) {
        json.key("s3").begin_object().key("abac").value(true).end_object();
      }
    }
    json.end_object();
  }
  json.end_object();
  return std::nullopt;
}

std::optional<Error> check_owner(const Options& options, const Known& known) {
  if (!options.resource_account) return std::nullopt;
  const std::string& account = *options.resource_account;
  if (!values::is_account_id(account)) {
    return usage_error("`--resource-account` takes twelve digits, not `" + account + "`");
  }
  const std::optional<values::Arn> arn = values::split_arn(*options.resource);
  const std::string owner = known.resource != nullptr ? known.resource->account
                            : arn                     ? std::string(arn->account())
                                                      : std::string();
  if (owner.empty() || owner == account) return std::nullopt;
  return usage_error("`--resource-account` is " + account + ", but `" + *options.resource +
                     "` belongs to " + owner);
}

Result<std::string> world_json(const Options& options, const Known& known) {
  if (auto error = check_owner(options, known)) return *std::move(error);
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  if (auto error = write_principals(json, options, known)) return *std::move(error);
  if (auto error = write_resources(json, options, known)) return *std::move(error);
  json.end_object();
  return out;
}

Result<std::shared_ptr<const World>> own_world(const Options& options,
                                               std::shared_ptr<const text::SourceMap>& sources) {
  const Result<std::string> json = world_json(options, {});
  if (!json) return json.error();
  world::FixtureFailure failure;
  const Result<world::Fixture> fixture =
      world::load_fixture_text("<flags>", R"({"policysim":1,"world":)" + *json + "}", &failure);
  sources = failure.sources;
  if (!fixture) return fixture.error();
  return fixture->base;
}

}  // namespace

Result<std::string> flag_request(const Options& options) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.key("id").value(kFlagId);
  json.key("principal").value(*options.principal);
  json.key("action").value(*options.action);
  json.key("resource").value(*options.resource);
  if (options.vpc_endpoint) json.key("vpc_endpoint").value(*options.vpc_endpoint);
  if (!options.context.empty()) {
    json.key("context");
    if (auto error = write_context(json, options.context)) return *std::move(error);
  }
  json.end_object();
  return out;
}

Result<std::shared_ptr<const World>> flag_world(const Options& options, const Settings& settings,
                                                std::shared_ptr<const text::SourceMap>& sources) {
  if (!options.world) return own_world(options, sources);
  world::FixtureFailure failure;
  const Result<world::Fixture> fixture = world::load_fixture(*options.world, &failure);
  sources = fixture ? fixture->sources : failure.sources;
  if (!fixture) return fixture.error();
  print_findings(fixture->warnings, *fixture->sources, settings);
  const world::Data& data = fixture->base->data();
  const Known known{data.principal(*options.principal), data.principal_resource(*options.resource),
                    data.resource(*options.resource)};
  const bool changes = !options.principal_tag.empty() || !options.resource_tag.empty() ||
                       options.resource_account.has_value();
  if (!changes) return fixture->base;
  const Result<std::string> json = world_json(options, known);
  if (!json) return json.error();
  text::SourceMap own;
  Result<text::Node> patch = text::read(own, own.add("<flags>", *json), text::Syntax::kJson);
  if (!patch) return std::move(patch).error();
  return world::patched_world(*fixture, {std::make_shared<text::Node>(*std::move(patch))});
}

}  // namespace policysim::cli
