#include "conformance/scenario_run.hpp"

#include <stdexcept>

#include "catalog/rules.hpp"
#include "conformance/vectors.hpp"
#include "operations/request_builder.hpp"
#include "reference/convert.hpp"
#include "world/fixture.hpp"

namespace policysim::conformance {
namespace {

std::string rule_of(const Error& error) {
  std::string id = error.code;
  for (const Diagnostic& finding : error.diagnostics) {
    if (finding.severity == Severity::kError) id = finding.rule;
  }
  const catalog::Rule* rule = catalog::find_rule(id);
  const std::string name = rule == nullptr ? id : std::string(rule->name);
  return name + ": " + (error.diagnostics.empty() ? error.message : error.diagnostics[0].message);
}

}  // namespace

Loaded load(const Scenario& scenario) {
  Loaded out;
  const auto fixture = world::load_fixture_text("scenario.json", scenario.fixture);
  if (!fixture) {
    out.error = rule_of(fixture.error());
    return out;
  }
  out.world = fixture->base;
  const world::Step& step = fixture->cases.at(0).steps.at(0);
  for (const text::Node& written : step.requests) {
    const auto node = world::interpolated_request(*fixture, {}, written);
    operations::BuildOptions options;
    options.single = step.listed;
    auto built = operations::build_requests(node.value(), out.world.get(), options);
    if (!built) {
      out.error = rule_of(built.error());
      return out;
    }
    for (request::Data& data : built->requests) out.requests.push_back(std::move(data));
    for (const Diagnostic& warning : built->warnings) {
      if (warning.rule >= "PS3023" && warning.rule <= "PS3026")
        out.names.push_back(warning.message);
    }
  }
  return out;
}

std::string name_of(Layer layer) {
  constexpr const char* kNames[] = {"none",     "rcp",     "scp",   "vpce", "resource", "identity",
                                    "boundary", "session", "grant", "acl",  "bpa",      "service"};
  return kNames[static_cast<std::size_t>(layer)];
}

Documents documents_of(const std::vector<Attached>& attached) {
  static const policy::Document kNothing;
  Documents out;
  out.parsed.reserve(attached.size());
  for (const Attached& a : attached) {
    const policy::Document* document = &kNothing;
    if (!a.document.empty()) {
      out.parsed.push_back(parse(a.document, a.type));
      document = &out.parsed.back().ast();
    }
    out.policies.push_back({document, a.type, a.name, a.level});
  }
  return out;
}

reference::Request reference_request(const Scenario& scenario, const Loaded& loaded,
                                     const request::Data& data, const reference::Options& options) {
  reference::Request out = reference::from(data, options);
  out.caller.in_management_account = scenario.caller_in_management_account;
  out.resource_in_management_account = scenario.resource_in_management_account;
  const world::Resource* resource = loaded.world->data().resource(data.resource);
  if (resource == nullptr) return out;
  for (const world::KmsGrant& grant : resource->kms.grants) {
    out.grants.push_back(reference::from(grant));
  }
  return out;
}

PolicySet compile(const Loaded& loaded,
                  const std::vector<std::pair<std::string, std::string>>& semantics) {
  PolicySet::Builder builder;
  builder.world(loaded.world);
  CompileOptions options;
  options.semantics = semantics;
  auto compiled = std::move(builder).compile(options);
  if (!compiled) throw std::runtime_error(compiled.error().message);
  return std::move(compiled).value();
}

}  // namespace policysim::conformance
