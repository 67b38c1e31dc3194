#include "conformance/vectors.hpp"

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>

#include "reference/convert.hpp"

namespace policysim::conformance {
namespace {

using Json = nlohmann::ordered_json;

PolicyType type_of(const Json& vector) {
  const Json& statement = vector.at("statement");
  const bool principal = statement.contains("Principal") || statement.contains("NotPrincipal");
  const std::string name = vector.value("policyType", principal ? "resource" : "identity");
  if (name == "kms") return PolicyType::kKey;
  if (name == "trust") return PolicyType::kTrust;
  if (name == "rcp") return PolicyType::kRcp;
  if (name == "resource") return PolicyType::kResource;
  if (name == "identity") return PolicyType::kIdentity;
  throw std::runtime_error("policyType " + name);
}

std::string text_of(const Json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

reference::ContextKey context_key(const std::string& key, const Json& value) {
  using reference::State;
  if (value.is_null()) return {key, State::kAbsent, {}};
  if (value.is_object()) return {key, State::kUnknown, {}};
  if (!value.is_array()) return {key, State::kScalar, {text_of(value)}};
  reference::ContextKey out{key, State::kList, {}};
  for (const Json& item : value) out.values.push_back(text_of(item));
  return out;
}

Vector read_vector(const Json& json) {
  Vector out;
  out.id = json.at("id");
  out.about = json.at("about");
  const Json& statement = json.at("statement");
  out.statement = statement.dump();
  out.deny = statement.at("Effect") == "Deny";
  const std::string version = json.value("version", "2012-10-17");
  Json document;
  if (version != "absent") document["Version"] = version;
  document["Statement"] = Json::array({statement});
  out.document = document.dump();
  out.type = type_of(json);
  const Json& request = json.at("request");
  out.action = request.at("action");
  out.resource = request.at("resource");
  out.principal = request.at("principal");
  for (const auto& [key, value] : request.at("context").items()) {
    out.context.push_back(context_key(key, value));
  }
  const Json& matches = json.at("matches");
  out.expected = matches.is_string()   ? Match::kUnknown
                 : matches.get<bool>() ? Match::kYes
                                       : Match::kNo;
  return out;
}

}  // namespace

std::string read_data(const std::string& name) {
  const std::string path = std::string(PSIM_SOURCE_DIR) + "/tests/data/conformance/" + name;
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

const std::vector<Vector>& vectors() {
  static const std::vector<Vector> kVectors = [] {
    std::vector<Vector> out;
    for (const Json& json : Json::parse(read_data("vectors-language.json"))) {
      out.push_back(read_vector(json));
    }
    return out;
  }();
  return kVectors;
}

PolicyDocument parse(const std::string& text, PolicyType type) {
  ParseOptions options;
  options.lenient = true;
  auto parsed = PolicyDocument::parse(text, type, options);
  if (!parsed) throw std::runtime_error(parsed.error().message + " in " + text);
  return std::move(parsed).value();
}

reference::Request reference_request(const Vector& vector) {
  reference::Request out;
  out.action = vector.action;
  out.resource = vector.resource;
  out.context = vector.context;
  reference::set_caller(out, vector.principal);
  return out;
}

Request product_request(const Vector& vector) {
  Request::Builder builder;
  builder.principal(vector.principal).action(vector.action).resource(vector.resource);
  const reference::Caller caller = reference_request(vector).caller;
  if (!caller.account.empty()) builder.resource_account(caller.account);
  for (const reference::ContextKey& entry : vector.context) {
    switch (entry.state) {
      case reference::State::kScalar:
        builder.context(entry.key, entry.values.at(0));
        break;
      case reference::State::kList:
        builder.context(entry.key, entry.values);
        break;
      case reference::State::kUnknown:
        builder.context_unknown(entry.key);
        break;
      case reference::State::kAbsent:
        builder.context_absent(entry.key);
        break;
    }
  }
  auto built = builder.build();
  if (!built) throw std::runtime_error(vector.id + ": " + built.error().message);
  return std::move(built).value();
}

}  // namespace policysim::conformance
