#include "conformance/rows.hpp"

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "conformance/vectors.hpp"

namespace policysim::conformance {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kFullAccess =
    R"({"Version":"2012-10-17","Statement":[{"Sid":"FullAWSAccess","Effect":"Allow","Action":"*",)"
    R"("Resource":"*"}]})";

Json read_json(const std::string& name) { return Json::parse(read_data(name)); }

Layer layer_of(const std::string& name) {
  if (name == "identity") return Layer::kIdentity;
  if (name == "resource") return Layer::kResource;
  if (name == "scp") return Layer::kScp;
  if (name == "rcp") return Layer::kRcp;
  throw std::runtime_error("layer " + name);
}

std::string account_of(const std::string& arn) {
  std::size_t begin = 0;
  for (int i = 0; i < 4; ++i) begin = arn.find(':', begin) + 1;
  return arn.substr(begin, arn.find(':', begin) - begin);
}

request::Caller session_caller(const std::string& arn, const std::string& role) {
  request::Caller out;
  out.kind = request::CallerKind::kRoleSession;
  out.arn = arn;
  out.principal_arn = role;
  out.entry = role;
  out.account = account_of(arn);
  out.partition = "aws";
  return out;
}

request::Caller tagops_caller(const Json& principal) {
  const std::string type = principal.at("type");
  const std::string arn = principal.at("arn");
  if (type == "AssumedRole") return session_caller(arn, principal.at("principal_arn"));
  request::Caller out;
  out.arn = arn;
  if (type == "AWSService") {
    out.kind = request::CallerKind::kService;
    out.service_names = {arn};
    return out;
  }
  if (type != "Root") throw std::runtime_error("principal type " + type);
  out.kind = request::CallerKind::kRoot;
  out.account = account_of(arn);
  out.partition = "aws";
  out.entry = arn;
  return out;
}

void add_context(request::Data& data, const Json& context) {
  for (const auto& [key, value] : context.items()) {
    request::ContextEntry entry;
    entry.key = key;
    if (value.is_array()) {
      entry.state = request::ValueState::kList;
      for (const Json& item : value) entry.values.push_back(item.get<std::string>());
    } else if (value.is_null()) {
      entry.state = request::ValueState::kAbsent;
    } else {
      entry.values = {value.is_string() ? value.get<std::string>() : value.dump()};
    }
    data.context.push_back(std::move(entry));
  }
}

request::ResourceFacts resource_facts(const std::string& arn, const std::string& account) {
  request::ResourceFacts out;
  out.account = account;
  out.partition = "aws";
  out.policy_target = arn.starts_with("arn:aws:s3:::") ? arn.substr(0, arn.find('/')) : arn;
  return out;
}

Row tagops_row(const Json& scenario, const Json& policies) {
  Row row;
  row.id = scenario.at("id");
  const auto attach = [&](const Json& name, PolicyType type, const char* level) {
    row.policies.push_back({policies.at(name.get<std::string>()).dump(), type, name, level});
  };
  for (const Json& name : scenario.at("identity")) attach(name, PolicyType::kIdentity, "");
  row.policies.push_back({kFullAccess, PolicyType::kScp, "FullAWSAccess", "root"});
  for (const Json& name : scenario.at("scps")) attach(name, PolicyType::kScp, "root");
  for (const Json& name : scenario.at("rcps")) attach(name, PolicyType::kRcp, "root");
  if (!scenario.at("resource_policy").is_null()) {
    attach(scenario.at("resource_policy"), PolicyType::kKey, "");
  }
  row.request.id = row.id;
  row.request.caller = tagops_caller(scenario.at("principal"));
  row.request.action = scenario.at("action");
  row.request.resource = scenario.at("resource").at("arn");
  row.request.resource_facts =
      resource_facts(row.request.resource, scenario.at("resource").at("account"));
  add_context(row.request, scenario.at("context"));
  row.allow = scenario.at("expect") == "allow";
  const std::string by = scenario.at("decided_by");
  row.implicit = by == "implicit";
  // Every implicit deny of the file lacks the caller's own Allow: the key delegates to the account,
  // or the call is cross-account and identity is blamed first.
  if (!row.allow) row.layer = row.implicit ? Layer::kIdentity : layer_of(by);
  for (const Json& s : scenario.at("statements")) {
    row.statements.push_back({layer_of(s.at(0)), s.at(1), s.at(2)});
  }
  return row;
}

Row matrix_row(const std::string& id, const Json& step, const Json& bucket) {
  Row row;
  row.id = id;
  row.policies = {{kFullAccess, PolicyType::kIdentity, "allow-all", ""},
                  {kFullAccess, PolicyType::kScp, "FullAWSAccess", "root"},
                  {read_data("rcp-require-bucket-kms.json"), PolicyType::kRcp, "rcp", "root"}};
  const Json& authorization = step.at("authorization");
  row.request.id = id;
  row.request.caller = session_caller(authorization.at("principal"),
                                      authorization.at("context").at("aws:PrincipalArn"));
  row.request.action = authorization.at("action");
  row.request.resource = authorization.at("resource");
  row.request.resource_facts = resource_facts(row.request.resource, bucket.at("account"));
  add_context(row.request, authorization.at("context"));
  row.allow = step.at("expect") == "allow";
  if (!row.allow) {
    row.layer = layer_of(step.at("deny_layer"));
    for (const Json& sid : step.at("deny_statements")) {
      row.statements.push_back({row.layer, row.layer == Layer::kScp ? "scp" : "rcp", sid});
    }
  }
  return row;
}

}  // namespace

std::vector<Row> tagops_rows() {
  const Json policies = read_json("tagops-policies.json").at("policies");
  const Json scenarios = read_json("tagops-scenarios.json");
  std::vector<Row> out;
  for (const Json& scenario : scenarios.at("scenarios")) {
    out.push_back(tagops_row(scenario, policies));
  }
  return out;
}

std::vector<Row> rcp_matrix_rows() {
  const Json matrix = read_json("s3-encryption-rcp-matrix.json");
  std::vector<Row> out;
  for (const Json& test : matrix.at("tests")) {
    const std::string id =
        test.at("test").get<std::string>() + "[" + test.at("variant").get<std::string>() + "]";
    out.push_back(matrix_row(id, test, test.at("bucket")));
  }
  return out;
}

// A row of steps ends with its first deny; no step at all sends nothing and is allowed.
std::vector<Row> scp_matrix_rows() {
  const Json matrix = read_json("s3-encryption-scp-matrix.json");
  std::vector<Row> out;
  for (const Json& test : matrix.at("tests")) {
    const Json& steps = test.at("steps");
    bool allowed = true;
    for (std::size_t i = 0; i < steps.size(); ++i) {
      if (!allowed) throw std::runtime_error("a step after a deny");
      const std::string id = test.at("test").get<std::string>() + "[" +
                             test.at("scp").get<std::string>() + "]#" + std::to_string(i);
      Row row = matrix_row(id, steps.at(i), steps.at(i).at("bucket"));
      if (test.at("scp") == "on") {
        row.policies.push_back(
            {read_data("scp-protect-bucket-tag.json"), PolicyType::kScp, "scp", "root"});
      }
      allowed = row.allow;
      out.push_back(std::move(row));
    }
    if (allowed != (test.at("expect") == "allow")) throw std::runtime_error("steps end otherwise");
  }
  return out;
}

}  // namespace policysim::conformance
