#include "conformance/scenarios.hpp"

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "conformance/scenario_fixture.hpp"
#include "conformance/vectors.hpp"

namespace policysim::conformance {
namespace {

using Json = nlohmann::json;

constexpr const char* kFullAwsAccess =
    R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]})";

Outcome outcome_of(const std::string& word) {
  if (word == "Allowed") return Outcome::kAllow;
  if (word == "ExplicitDeny") return Outcome::kExplicitDeny;
  if (word == "ImplicitDeny") return Outcome::kImplicitDeny;
  if (word == "Conditional") return Outcome::kConditional;
  throw std::runtime_error("decision " + word);
}

Layer layer_of(const std::string& word) {
  constexpr std::pair<const char*, Layer> kLayers[] = {
      {"rcp", Layer::kRcp},           {"scp", Layer::kScp},
      {"vpce", Layer::kVpce},         {"resource", Layer::kResource},
      {"identity", Layer::kIdentity}, {"boundary", Layer::kBoundary},
      {"session", Layer::kSession},   {"grant", Layer::kGrant},
      {"acl", Layer::kAcl},           {"bpa", Layer::kBpa},
      {"service", Layer::kService}};
  for (const auto& [name, layer] : kLayers) {
    if (word == name) return layer;
  }
  throw std::runtime_error("layer " + word);
}

template <class Strings>
std::optional<Strings> strings(const Json& node, const char* member) {
  if (!node.contains(member)) return std::nullopt;
  Strings out;
  for (const Json& item : node.at(member)) out.insert(out.end(), item.get<std::string>());
  return out;
}

Expected expected_of(const Json& expect) {
  Expected out;
  out.error = expect.value("error", "");
  if (!out.error.empty()) return out;
  out.outcome = outcome_of(expect.at("decision"));
  if (!expect.at("decided_by_layer").is_null()) out.layer = layer_of(expect.at("decided_by_layer"));
  out.sid = expect.value("statement_sid", "");
  out.clause = expect.value("aws_message_clause", "");
  out.bypassed = strings<std::vector<std::string>>(expect, "bypassed");
  out.keys = strings<std::set<std::string>>(expect, "keys");
  out.assumptions = strings<std::set<std::string>>(expect, "assumptions");
  if (!out.assumptions && out.outcome == Outcome::kAllow) out.assumptions.emplace();
  return out;
}

PolicyType resource_type(const std::string& arn) {
  if (arn.find(":kms:") != std::string::npos) return PolicyType::kKey;
  if (arn.find(":role/") != std::string::npos) return PolicyType::kTrust;
  return PolicyType::kResource;
}

// Levels that hold nothing are levels all the same.
void attach_levels(const Json& levels, PolicyType type, std::vector<Attached>& out) {
  const std::string prefix = type == PolicyType::kScp ? "scp" : "rcp";
  for (std::size_t i = 0; i < levels.size(); ++i) {
    const std::string level = "level " + std::to_string(i);
    out.push_back({"", type, prefix, level});
    for (const Json& policy : levels.at(i)) {
      const bool full = policy.is_string();
      if (full && type == PolicyType::kRcp) continue;
      out.push_back({full ? kFullAwsAccess : policy.dump(), type, prefix, level});
    }
  }
}

std::vector<Attached> attached(const Json& policies, const std::string& resource) {
  std::vector<Attached> out;
  const auto each = [&](const char* member, PolicyType type) {
    if (!policies.contains(member) || policies.at(member).is_null()) return;
    for (const Json& policy : policies.at(member)) {
      out.push_back({policy.dump(), type, member, ""});
    }
  };
  each("identity", PolicyType::kIdentity);
  each("boundary", PolicyType::kBoundary);
  each("session", PolicyType::kSession);
  each("vpce", PolicyType::kEndpoint);
  attach_levels(policies.value("scp", Json::array()), PolicyType::kScp, out);
  attach_levels(policies.value("rcp", Json::array()), PolicyType::kRcp, out);
  const Json resource_policy = policies.value("resource", Json());
  if (!resource_policy.is_null()) {
    out.push_back({resource_policy.dump(), resource_type(resource), "resource", ""});
  }
  return out;
}

bool in_management_account(const Json& party) {
  const Json organization = party.value("org", Json());
  return organization.is_object() && organization.value("management", false);
}

Scenario read_scenario(const Json& row) {
  Scenario out;
  out.id = row.at("id");
  out.about = row.at("about");
  out.fixture = fixture_of(row).dump(1);
  for (const Json& changes : row.value("requests", Json::array({Json::object()}))) {
    const Json& policies =
        changes.contains("policies") ? changes.at("policies") : row.at("policies");
    const Json& resource =
        changes.contains("resource") ? changes.at("resource") : row.at("resource");
    out.policies.push_back(attached(policies, resource.at("arn")));
  }
  out.caller_in_management_account = in_management_account(row.at("principal"));
  out.resource_in_management_account = in_management_account(row.at("resource"));
  out.certain = row.value("mode", "") == "certain";
  out.expected = expected_of(row.at("expect"));
  return out;
}

}  // namespace

const std::vector<Scenario>& scenarios() {
  static const std::vector<Scenario> kScenarios = [] {
    std::vector<Scenario> out;
    const Json file = Json::parse(read_data("scenarios-evaluation.json"));
    for (const Json& row : file.at("scenarios")) out.push_back(read_scenario(row));
    return out;
  }();
  return kScenarios;
}

}  // namespace policysim::conformance
