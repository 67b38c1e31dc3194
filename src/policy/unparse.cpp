#include <string_view>

#include "policy/parse.hpp"
#include "text/json_writer.hpp"

namespace policysim::policy {
namespace {

using text::JsonWriter;

void write(JsonWriter& json, const Texts& texts) {
  if (!texts.list && texts.values.size() == 1) {
    json.value(texts.values.front().value);
    return;
  }
  json.begin_array();
  for (const Text& text : texts.values) json.value(text.value);
  json.end_array();
}

void write(JsonWriter& json, const Element& element, std::string_view plain,
           std::string_view negated) {
  json.key(element.negated ? negated : plain);
  write(json, element.texts);
}

std::string_view kind_name(PrincipalKind kind) noexcept {
  switch (kind) {
    case PrincipalKind::kAws:
      return "AWS";
    case PrincipalKind::kService:
      return "Service";
    case PrincipalKind::kFederated:
      return "Federated";
    case PrincipalKind::kCanonicalUser:
      return "CanonicalUser";
  }
  return {};
}

void write(JsonWriter& json, const Principal& principal) {
  json.key(principal.negated ? "NotPrincipal" : "Principal");
  if (principal.star) {
    json.value("*");
    return;
  }
  json.begin_object();
  for (const PrincipalEntry& entry : principal.entries) {
    json.key(kind_name(entry.kind));
    write(json, entry.texts);
  }
  json.end_object();
}

void write(JsonWriter& json, const std::vector<ConditionBlock>& blocks) {
  json.key("Condition").begin_object();
  for (const ConditionBlock& block : blocks) {
    json.key(block.name.value).begin_object();
    for (const Condition& condition : block.conditions) {
      json.key(condition.key.value);
      write(json, condition.values);
    }
    json.end_object();
  }
  json.end_object();
}

void write(JsonWriter& json, const Statement& statement) {
  json.begin_object();
  if (statement.sid) json.key("Sid").value(statement.sid->value);
  json.key("Effect").value(statement.effect == Effect::kAllow ? "Allow" : "Deny");
  if (statement.principal) write(json, *statement.principal);
  write(json, statement.action, "Action", "NotAction");
  if (statement.resource) write(json, *statement.resource, "Resource", "NotResource");
  if (statement.has_condition) write(json, statement.condition);
  json.end_object();
}

}  // namespace

std::string unparse(const Document& document) {
  std::string out;
  JsonWriter json(out, text::JsonStyle::kPretty);
  json.begin_object();
  if (document.version) json.key("Version").value(document.version->value);
  if (document.id) json.key("Id").value(document.id->value);
  json.key("Statement");
  if (document.statement_list) json.begin_array();
  for (const Statement& statement : document.statements) write(json, statement);
  if (document.statement_list) json.end_array();
  json.end_object();
  out += '\n';
  return out;
}

}  // namespace policysim::policy
