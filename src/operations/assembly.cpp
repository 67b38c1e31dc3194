#include "operations/assembly.hpp"

#include <optional>
#include <string_view>
#include <utility>

#include "base/ascii.hpp"
#include "operations/derive.hpp"
#include "operations/s3_facts.hpp"
#include "operations/tables.hpp"
#include "services/rules.hpp"
#include "world/members.hpp"

namespace policysim::operations {
namespace {

using request::ContextEntry;
using request::Origin;
using world::Findings;
using world::in_ticks;

bool setting(const std::optional<bool>& request, const std::optional<bool>& flag,
             const std::optional<bool>& world, const std::optional<bool>& configuration) {
  if (request) return *request;
  if (flag) return *flag;
  if (world) return *world;
  return configuration.value_or(false);
}

std::string clock_of(const world::Data* world, const BuildOptions& options) {
  if (options.flags.time) return *options.flags.time;
  if (world != nullptr && world->defaults.time) return *world->defaults.time;
  return options.configuration.time.value_or(std::string(world::kDefaultTime));
}

// AWS sends either the caller's address or what a VPC endpoint says.
void warn_exclusive(const request::Data& data, const Fields& fields, Findings& findings) {
  constexpr std::string_view kEndpoint[] = {"aws:SourceVpc",   "aws:SourceVpcArn", "aws:SourceVpce",
                                            "aws:VpcSourceIp", "aws:VpceAccount",  "aws:VpceOrgID",
                                            "aws:VpceOrgPaths"};
  bool address = false;
  const ContextEntry* endpoint = nullptr;
  for (const ContextEntry& entry : data.context) {
    if (entry.state != request::ValueState::kScalar && entry.state != request::ValueState::kList) {
      continue;
    }
    address = address || base::equals_ignore_case(entry.key, "aws:SourceIp");
    for (const std::string_view key : kEndpoint) {
      if (base::equals_ignore_case(entry.key, key)) endpoint = &entry;
    }
  }
  if (!address || endpoint == nullptr) return;
  findings.warning("PS3012", fields.span_of("context"),
                   "`aws:SourceIp` and " + in_ticks(endpoint->key) + " are never in one request");
}

}  // namespace

request::Data Assembly::start(const Fields& fields, const CallerParty& caller,
                              const ResourceParty& resource, const std::string& action) const {
  const world::Defaults unstated;
  const world::Defaults& defaults = world_ != nullptr ? world_->defaults : unstated;
  request::Data out;
  out.id = fields.id;
  out.caller = caller.caller;
  out.action = action;
  out.resource = resource.arn;
  out.resource_facts = resource.facts;
  out.missing_unknown = setting(fields.missing_unknown, options_.flags.missing_unknown,
                                defaults.missing_unknown, options_.configuration.missing_unknown);
  out.certain = setting(fields.certain, options_.flags.certain, defaults.certain,
                        options_.configuration.certain);
  return out;
}

request::Data& Assembly::one(const Fields& fields, const CallerParty& caller,
                             const ResourceParty& resource, const std::string& action, Built& out) {
  request::Data data = start(fields, caller, resource, action);
  KeySet keys;
  for (const ContextEntry& entry : fields.context) keys.add(entry);
  Derivation d{fields,
               caller,
               resource,
               world_,
               action,
               services::service_of(action),
               requested_region(resource, caller, action, world_),
               clock_of(world_, options_),
               data,
               keys,
               findings_};
  derive_caller(d);
  derive_resource(d);
  derive_request(d);
  derive_defaults(d);
  const bool force = fields.force || options_.force;
  std::move(keys).resolve(data, [&](const ContextEntry& stated, const std::string& fact) {
    if (force) return;
    findings_.error("PS3001", fields.span_of("context"),
                    in_ticks(stated.key) + " contradicts the world, where it is " + fact,
                    "say `force: true` if the request's value is meant");
  });
  if (base::equals_ignore_case(fields.stated("aws:ViaAWSService"), "true")) data.via_service = true;
  warn_exclusive(data, fields, findings_);
  out.requests.push_back(std::move(data));
  return out.requests.back();
}

// Two authorizations: on the access point, and on the bucket or object behind it.
void Assembly::through_access_point(const Fields& fields, const CallerParty& caller,
                                    ResourceParty& resource, const std::string& action,
                                    Built& out) {
  const auto path =
      world_ != nullptr ? access_point_path(resource, *world_) : std::optional<AccessPointPath>();
  if (!path && !options_.single) {
    findings_.error("PS3015", fields.span_of("resource"),
                    "the bucket behind " + in_ticks(resource.arn) + " is not known",
                    "describe the access point in the world, with `s3.access_point.bucket`");
    return;
  }
  if (path) resource.access_point = path->point;
  request::Data& own = one(fields, caller, resource, action, out);
  if (!path) return;
  own.other_arn = path->other;
  if (options_.single) return;
  const std::string point = own.resource;
  ResourceParty other = behind(*path, *world_, action);
  other.access_point = path->point;
  one(fields, caller, other, action, out).other_arn = point;
}

// Since October 2025 a call by URL needs the permission to invoke the function, too.
void Assembly::function_url(const Fields& fields, const CallerParty& caller,
                            const ResourceParty& resource, const std::string& action, Built& out) {
  const auto with = [&fields](const char* key, const char* value, Origin origin) {
    Fields own = fields;
    own.derived.push_back({key, request::ValueState::kScalar, {value}, origin});
    return own;
  };
  constexpr const char* kAuthType = "lambda:FunctionUrlAuthType";
  const world::FunctionUrl url =
      resource.entry != nullptr ? resource.entry->function_url : world::FunctionUrl::kNone;
  const bool open = url == world::FunctionUrl::kPublic;  // the function's policy alone decides
  const auto call = [&](const Fields& own, const std::string& asked) {
    one(own, caller, resource, asked, out).resource_facts.policy_mandatory = open;
  };
  if (url != world::FunctionUrl::kNone) {
    call(with(kAuthType, open ? "NONE" : "AWS_IAM", Origin::kWorld), action);
  } else if (fields.of_operation) {
    findings_.warning("PS3018", fields.span_of("operation"),
                      "the world does not tell the function URL of " + in_ticks(resource.arn) +
                          ", so it is taken to be one with AuthType AWS_IAM",
                      "describe it with `lambda.function_url`");
    call(with(kAuthType, "AWS_IAM", Origin::kDefault), action);
  } else {
    call(fields, action);
  }
  if (options_.single || (resource.entry != nullptr && resource.entry->function_url_legacy)) return;
  call(with("lambda:InvokedViaFunctionUrl", "true", Origin::kRequest), "lambda:InvokeFunction");
}

void Assembly::add(const Fields& fields, const CallerParty& caller, ResourceParty resource,
                   const std::string& action, Built& out) {
  // Calls that tag an access point are about it alone.
  const bool tagging = fields.of_operation && (is_action(action, "s3:TagResource") ||
                                               is_action(action, "s3:UntagResource"));
  if (is_access_point(resource.arn) && !tagging &&
      base::equals_ignore_case(services::service_of(action), "s3")) {
    through_access_point(fields, caller, resource, action, out);
  } else if (base::equals_ignore_case(action, "lambda:InvokeFunctionUrl")) {
    function_url(fields, caller, resource, action, out);
  } else {
    one(fields, caller, resource, action, out);
  }
}

std::string requested_region(const ResourceParty& resource, const CallerParty& caller,
                             std::string_view action, const world::Data* world) {
  if (!resource.region.empty()) return resource.region;
  const world::Defaults unstated;
  const world::Defaults& defaults = world != nullptr ? world->defaults : unstated;
  std::string_view partition = resource.facts.partition;
  if (partition.empty()) partition = caller.caller.partition;
  if (partition.empty()) partition = defaults.partition;
  const std::string_view global = global_region(services::service_of(action), partition);
  return global.empty() ? defaults.region : std::string(global);
}

}  // namespace policysim::operations
