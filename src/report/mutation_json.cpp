#include "report/mutation_json.hpp"

namespace policysim::report {
namespace {

using gate::Mutant;
using text::JsonWriter;

// What does not exist is null.
void write_text(JsonWriter& json, std::string_view key, const std::string& text) {
  json.key(key);
  if (text.empty()) {
    json.null();
  } else {
    json.value(text);
  }
}

void write(JsonWriter& json, const Mutant& mutant) {
  json.begin_object();
  json.key("number").value(mutant.number);
  json.key("operator").value(mutant.op);
  json.key("fate").value(gate::to_string(mutant.fate));
  json.key("policy").value(mutant.policy);
  json.key("sid");
  mutant.sid ? json.value(*mutant.sid) : json.null();
  json.key("statement");
  mutant.statement ? json.value(*mutant.statement) : json.null();
  json.key("file").value(mutant.file);
  json.key("line").value(mutant.range.line);
  json.key("column").value(mutant.range.column);
  json.key("end_line").value(mutant.range.end_line);
  json.key("end_column").value(mutant.range.end_column);
  json.key("change").value(mutant.what);
  write_text(json, "diff", mutant.diff);
  write_text(json, "killed_by", mutant.killed_by);
  write_text(json, "why", mutant.why);
  write_text(json, "witness", mutant.witness);
  json.end_object();
}

}  // namespace

void write_mutation(JsonWriter& json, const gate::MutationReport& report) {
  json.begin_object();
  json.key("seed").value(report.seed);
  json.key("generated").value(report.generated);
  json.key("budget_ended").value(report.budget_ended);
  json.key("score").begin_object();
  json.key("hit").value(report.score.hit);
  json.key("total").value(report.score.total);
  json.end_object();
  json.key("mutants").begin_array();
  for (const Mutant& mutant : report.mutants) write(json, mutant);
  json.end_array().end_object();
}

}  // namespace policysim::report
