#include "operations/request_builder.hpp"

#include <utility>

#include "base/ascii.hpp"
#include "operations/derive.hpp"
#include "operations/fields.hpp"
#include "operations/parties.hpp"
#include "operations/tables.hpp"
#include "services/registry.hpp"
#include "text/reader.hpp"
#include "world/members.hpp"

namespace policysim::operations {
namespace {

using request::ContextEntry;
using text::Node;
using world::Findings;
using world::in_ticks;

// What reading a fixture calls PS20xx is, in a request, PS30xx.
std::vector<Diagnostic> as_request_findings(std::vector<Diagnostic> findings) {
  constexpr std::pair<std::string_view, std::string_view> kRules[] = {{"PS2002", "PS3002"},
                                                                      {"PS2003", "PS3003"},
                                                                      {"PS2004", "PS3003"},
                                                                      {"PS2005", "PS3004"},
                                                                      {"PS2006", "PS3009"}};
  for (Diagnostic& finding : findings) {
    for (const auto& [from, to] : kRules) {
      if (finding.rule == from) {
        finding.rule = std::string(to);
        break;
      }
    }
  }
  return findings;
}

Error to_error(Findings findings) {
  Findings renamed;
  renamed.add(as_request_findings(findings.take()));
  return renamed.to_error();
}

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

// One access point is two authorizations; a list spells them out.
void check_access_point(const ResourceParty& resource, const Fields& fields, bool single,
                        Findings& findings) {
  if (single || resource.arn.find(":accesspoint/") == std::string::npos ||
      resource.arn.find(":s3:") == std::string::npos) {
    return;
  }
  findings.error("PS2101", fields.span_of("resource"),
                 "a request on an access point is not evaluated by this version",
                 "spell its two authorizations out as a list of requests");
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

class Build {
 public:
  Build(const Fields& fields, const world::Data* world, const BuildOptions& options,
        Findings& findings)
      : fields_(fields), world_(world), options_(options), findings_(findings) {}

  void add(const CallerParty& caller, const ResourceParty& resource, const std::string& action,
           Built& out);

 private:
  request::Data start(const CallerParty& caller, const ResourceParty& resource,
                      const std::string& action) const;

  const Fields& fields_;
  const world::Data* world_;
  const BuildOptions& options_;
  Findings& findings_;
};

request::Data Build::start(const CallerParty& caller, const ResourceParty& resource,
                           const std::string& action) const {
  const world::Defaults unstated;
  const world::Defaults& defaults = world_ != nullptr ? world_->defaults : unstated;
  request::Data out;
  out.id = fields_.id;
  out.caller = caller.caller;
  out.action = action;
  out.resource = resource.arn;
  out.resource_facts = resource.facts;
  out.missing_unknown = setting(fields_.missing_unknown, options_.flags.missing_unknown,
                                defaults.missing_unknown, options_.configuration.missing_unknown);
  out.certain = setting(fields_.certain, options_.flags.certain, defaults.certain,
                        options_.configuration.certain);
  return out;
}

void Build::add(const CallerParty& caller, const ResourceParty& resource, const std::string& action,
                Built& out) {
  request::Data data = start(caller, resource, action);
  KeySet keys;
  for (const ContextEntry& entry : fields_.context) keys.add(entry);
  Derivation d{fields_,
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
  const bool force = fields_.force || options_.force;
  std::move(keys).resolve(data, [&](const ContextEntry& stated, const std::string& fact) {
    if (force) return;
    findings_.error("PS3001", fields_.span_of("context"),
                    in_ticks(stated.key) + " contradicts the world, where it is " + fact,
                    "say `force: true` if the request's value is meant");
  });
  if (base::equals_ignore_case(fields_.stated("aws:ViaAWSService"), "true"))
    data.via_service = true;
  warn_exclusive(data, fields_, findings_);
  out.requests.push_back(std::move(data));
}

Result<Built> build(const Node& node, const World* world, const BuildOptions& options,
                    world::RequestForm form) {
  Findings findings;
  Built out;
  const Fields fields = read_fields(node, form, options, findings);
  if (findings.failed()) return to_error(std::move(findings));
  const world::Data* data = world != nullptr ? &world->data() : nullptr;
  const auto caller = find_caller(fields, data, findings);
  if (!caller) return to_error(std::move(findings));
  Build build(fields, data, options, findings);
  for (const std::string& action : fields.actions) {
    for (const std::string& text : fields.resources) {
      const auto resource = find_resource(text, fields, *caller, data, findings);
      if (!resource) continue;
      check_access_point(*resource, fields, options.single, findings);
      build.add(*caller, *resource, action, out);
    }
  }
  if (findings.failed()) return to_error(std::move(findings));
  out.warnings = as_request_findings(findings.take());
  return out;
}

}  // namespace

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

Result<Built> build_requests(const Node& node, const World* world, const BuildOptions& options) {
  return build(node, world, options, world::RequestForm::kFixture);
}

Result<Built> build_requests(std::string_view json, const World* world,
                             const BuildOptions& options) {
  text::SourceMap sources;
  const std::uint32_t source = sources.add("<request>", std::string(json));
  auto node = text::read(sources, source, text::Syntax::kJson);
  if (!node) return std::move(node).error();
  Findings findings;
  std::vector<Diagnostic> duplicates;
  text::find_duplicate_keys(*node, duplicates);
  findings.add(std::move(duplicates));
  if (findings.failed()) return findings.to_error();
  if (!node->is_list() || options.single) {
    const auto form = options.single ? world::RequestForm::kStream : world::RequestForm::kText;
    return build(*node, world, options, form);
  }
  BuildOptions each = options;
  each.single = true;
  Built out;
  for (const Node& item : node->items) {
    auto built = build(item, world, each, world::RequestForm::kFixture);
    if (!built) return built;
    for (request::Data& data : built->requests) out.requests.push_back(std::move(data));
    for (Diagnostic& warning : built->warnings) out.warnings.push_back(std::move(warning));
  }
  return out;
}

}  // namespace policysim::operations
