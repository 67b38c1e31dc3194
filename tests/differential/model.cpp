#include "differential/model.hpp"

#include "policy/parse.hpp"

namespace policysim::differential {
namespace {

std::string list(const std::vector<std::string>& texts) {
  std::string out = "[";
  for (std::size_t i = 0; i < texts.size(); ++i) out += (i == 0 ? "" : ",") + quote(texts[i]);
  return out + "]";
}

// One text stands alone, several in a list.
std::string texts(const std::vector<std::string>& values) {
  return values.size() == 1 ? quote(values[0]) : list(values);
}

// Conditions of one operator share its block; `op` and key are unique together.
std::string condition_block(const std::vector<Condition>& conditions) {
  std::string out;
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    bool first_of_op = true;
    for (std::size_t j = 0; j < i; ++j) {
      if (conditions[j].op == conditions[i].op) first_of_op = false;
    }
    if (!first_of_op) continue;
    std::string keys;
    for (std::size_t j = i; j < conditions.size(); ++j) {
      if (conditions[j].op != conditions[i].op) continue;
      keys +=
          (keys.empty() ? "" : ",") + quote(conditions[j].key) + ":" + texts(conditions[j].values);
    }
    out += (out.empty() ? "" : ",") + quote(conditions[i].op) + ":{" + keys + "}";
  }
  return "{" + out + "}";
}

std::string to_json(const Statement& s, std::size_t index) {
  std::string out = "{\"Sid\":\"S" + std::to_string(index) + "\",\"Effect\":";
  out += s.deny ? "\"Deny\"" : "\"Allow\"";
  if (!s.principal.empty()) {
    out += (s.not_principal ? ",\"NotPrincipal\":" : ",\"Principal\":") + s.principal;
  }
  out += (s.not_action ? ",\"NotAction\":" : ",\"Action\":") + texts(s.actions);
  if (s.has_resource) {
    out += (s.not_resource ? ",\"NotResource\":" : ",\"Resource\":") + texts(s.resources);
  }
  if (!s.conditions.empty()) out += ",\"Condition\":" + condition_block(s.conditions);
  return out + "}";
}

std::string state_text(const request::ContextEntry& entry) {
  switch (entry.state) {
    case request::ValueState::kScalar:
      return quote(entry.values.at(0));
    case request::ValueState::kList:
      return list(entry.values);
    case request::ValueState::kUnknown:
      return "unknown";
    case request::ValueState::kAbsent:
      break;
  }
  return "absent";
}

}  // namespace

std::string quote(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

std::string to_json(const Policy& policy) {
  std::string out = "{";
  if (!policy.version.empty()) out += "\"Version\":" + quote(policy.version) + ",";
  out += "\"Statement\":[";
  for (std::size_t i = 0; i < policy.statements.size(); ++i) {
    out += (i == 0 ? "" : ",") + to_json(policy.statements[i], i);
  }
  return out + "]}";
}

std::string to_text(const request::Data& r) {
  std::string out = "  caller " + std::string(request::to_string(r.caller.kind)) + " " +
                    r.caller.arn + " role=" + r.caller.principal_arn + " id=" + r.caller.unique_id +
                    " issuer=" + r.caller.issuer_arn +
                    (r.caller.has_session_policies ? " +session" : "") + "\n  action " + r.action +
                    " on " + r.resource + " of " + r.resource_facts.account + "\n";
  if (!r.endpoint.empty()) out += r.endpoint_gateway ? "  gateway endpoint\n" : "  endpoint\n";
  if (r.via_service) out += "  via service\n";
  if (r.missing_unknown) out += "  missing keys are unknown\n";
  for (const request::ContextEntry& entry : r.context) {
    out += "    " + entry.key + " = " + state_text(entry) + "\n";
  }
  return out;
}

std::string to_text(const Case& generated) {
  std::string out;
  for (std::size_t i = 0; i < generated.policies.size(); ++i) {
    const Policy& policy = generated.policies[i];
    out += "p" + std::to_string(i) + " " + std::string(policy::type_name(policy.type)) + " " +
           policy.level + " " + to_json(policy) + "\n";
  }
  for (const auto& [option, reading] : generated.options) out += option + "=" + reading + "\n";
  return out;
}

}  // namespace policysim::differential
