#include "report/coverage_json.hpp"

#include "policy/parse.hpp"

namespace policysim::report {
namespace {

using text::JsonWriter;

void write_ratio(JsonWriter& json, std::string_view name, const gate::Ratio& ratio) {
  json.key(name).begin_object();
  json.key("hit").value(ratio.hit).key("total").value(ratio.total).end_object();
}

void write_ratios(JsonWriter& json, const gate::CoverageRatios& ratios) {
  json.key("ratios").begin_object();
  write_ratio(json, "statements", ratios.statements);
  write_ratio(json, "conditions", ratios.conditions);
  write_ratio(json, "elements", ratios.elements);
  write_ratio(json, "variables", ratios.variables);
  write_ratio(json, "effects", ratios.effects);
  json.end_object();
}

void write_range(JsonWriter& json, const gate::SourceRange& range) {
  json.key("line").value(range.line).key("column").value(range.column);
  json.key("end_line").value(range.end_line).key("end_column").value(range.end_column);
}

std::string_view name_of(gate::ItemKind kind) {
  switch (kind) {
    case gate::ItemKind::kAction:
      return "action";
    case gate::ItemKind::kPrincipal:
      return "principal";
    case gate::ItemKind::kResource:
      return "resource";
    case gate::ItemKind::kCondition:
      return "condition";
    case gate::ItemKind::kVariable:
      return "variable";
  }
  return "";
}

void write_item(JsonWriter& json, const gate::CoverageItem& item) {
  json.begin_object();
  json.key("kind").value(name_of(item.kind)).key("what").value(item.what);
  write_range(json, item.range);
  json.key("outcomes").begin_object();
  for (const gate::ItemOutcome& outcome : item.outcomes) {
    json.key(outcome.name).value(outcome.count);
  }
  json.end_object().end_object();
}

void write_statement(JsonWriter& json, const gate::StatementCoverage& statement) {
  json.begin_object();
  json.key("statement").value(statement.index);
  json.key("sid");
  statement.sid ? json.value(*statement.sid) : json.null();
  json.key("effect").value(statement.deny ? "Deny" : "Allow");
  write_range(json, statement.range);
  json.key("evaluated").value(statement.evaluated);
  json.key("matched").value(statement.matched);
  json.key("decisive").value(statement.decisive);
  json.key("excluded");
  statement.excluded.empty() ? json.null() : json.value(statement.excluded);
  json.key("items").begin_array();
  for (const gate::CoverageItem& item : statement.items) write_item(json, item);
  json.end_array().end_object();
}

}  // namespace

void write_coverage(JsonWriter& json, const gate::CoverageReport& coverage) {
  json.begin_object();
  write_ratios(json, coverage);
  json.key("policies").begin_array();
  for (const gate::PolicyCoverage& policy : coverage.policies) {
    json.begin_object();
    json.key("policy").value(policy.name);
    json.key("type").value(policy::type_name(policy.type));
    json.key("file").value(policy.file);
    write_ratios(json, gate::ratios_of(policy));
    json.key("statements").begin_array();
    for (const gate::StatementCoverage& statement : policy.statements) {
      write_statement(json, statement);
    }
    json.end_array().end_object();
  }
  json.end_array().end_object();
}

}  // namespace policysim::report
