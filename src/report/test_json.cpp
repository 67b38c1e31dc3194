// JSON and NDJSON: members and their order are those of docs/formats/test-run-v1.schema.json.
#include <array>
#include <map>

#include "policysim/version.hpp"
#include "report/changes.hpp"
#include "report/coverage_json.hpp"
#include "report/decision_json.hpp"
#include "report/json_members.hpp"
#include "report/mutation_json.hpp"
#include "report/test_format.hpp"

namespace policysim::report {
namespace {

using gate::Status;
using gate::TestResult;
using text::JsonWriter;

constexpr std::uint32_t kVersion = 1;

// The dimensions of each matrix, by fixture and id.
class Dimensions {
 public:
  explicit Dimensions(const gate::TestRun& run) {
    for (const gate::MatrixInfo& info : run.matrices) {
      by_matrix_.emplace(std::pair(std::string_view(info.fixture), std::string_view(info.id)),
                         &info.dimensions);
    }
  }

  // Null where the result is no cell.
  const std::vector<std::string>* of(const TestResult& result) const {
    const auto found = by_matrix_.find({result.fixture, result.group});
    const bool fits = found != by_matrix_.end() && found->second->size() == result.values.size();
    return fits ? found->second : nullptr;
  }

 private:
  std::map<std::pair<std::string_view, std::string_view>, const std::vector<std::string>*>
      by_matrix_;
};

std::string_view outcome_of(gate::PartOutcome outcome) noexcept {
  constexpr std::array<std::string_view, 4> kNames = {"false", "true", "absent", "unknown"};
  return kNames[static_cast<std::size_t>(outcome)];
}

std::string_view kind_of(gate::PartKind kind) noexcept {
  constexpr std::array<std::string_view, 4> kNames = {"action", "principal", "resource",
                                                      "condition"};
  return kNames[static_cast<std::size_t>(kind)];
}

void write_part(JsonWriter& json, const gate::PartTrace& part) {
  json.begin_object();
  write_member(json, "kind", kind_of(part.kind));
  write_member(json, "what", part.what);
  write_member(json, "outcome", outcome_of(part.outcome));
  json.key("holds").value(part.holds);
  write_member(json, "wanted", part.wanted);
  write_or_null(json, "actual", part.actual);
  write_location(json, part.location);
  json.end_object();
}

void write_trace(JsonWriter& json, const gate::StatementTrace& trace) {
  json.begin_object();
  write_member(json, "policy", trace.policy);
  write_member(json, "sid", trace.sid);
  json.key("statement").value(trace.index);
  write_member(json, "effect", trace.deny ? "Deny" : "Allow");
  json.key("matched").value(trace.matched);
  write_location(json, trace.location);
  write_list(json, "parts", trace.parts,
             [&](const gate::PartTrace& part) { write_part(json, part); });
  json.end_object();
}

// The decision in short, so that nobody needs the record for it.
void write_decided(JsonWriter& json, const std::optional<gate::Decided>& decided) {
  const gate::Decided none;
  const gate::Decided& shown = decided ? *decided : none;
  write_or_null(json, "decision", decided ? explain::to_string(shown.outcome) : "");
  write_or_null(json, "layer", explain::to_string(shown.layer));
  write_or_null(json, "policy", shown.policy);
  write_or_null(json, "sid", shown.sid);
}

void write_mismatch(JsonWriter& json, const gate::Mismatch& mismatch) {
  json.begin_object();
  write_member(json, "what", mismatch.what);
  write_member(json, "expected", mismatch.expected);
  write_member(json, "actual", mismatch.actual);
  json.end_object();
}

void write_result(JsonWriter& json, const TestResult& result, const Dimensions& matrices) {
  json.begin_object();
  write_member(json, "id", result.id);
  write_member(json, "fixture", result.fixture);
  write_or_null(json, "matrix", result.group);
  write_or_null(json, "name", result.name);
  write_list(json, "tags", result.tags, [&](const std::string& tag) { json.value(tag); });
  json.key("values").begin_object();
  if (const std::vector<std::string>* dimensions = matrices.of(result)) {
    for (std::size_t i = 0; i < dimensions->size(); ++i) {
      write_member(json, (*dimensions)[i], result.values[i]);
    }
  }
  json.end_object();
  write_member(json, "status", gate::to_string(result.status));
  write_or_null(json, "why", result.why);
  write_or_null(json, "expected", result.expected);
  write_decided(json, result.decided);
  write_list(json, "mismatches", result.mismatches,
             [&](const gate::Mismatch& mismatch) { write_mismatch(json, mismatch); });
  write_or_null(json, "because", result.because);
  const bool placed = result.location.line != 0;
  write_location(json, placed ? std::optional(result.location) : std::nullopt);
  write_list(json, "wanted", result.wanted,
             [&](const gate::StatementTrace& trace) { write_trace(json, trace); });
  json.key("record");
  if (result.record) {
    write_decision_record(json, *result.record);
  } else {
    json.null();
  }
  json.end_object();
}

void write_summary(JsonWriter& json, const gate::TestRun& run) {
  json.key("summary").begin_object();
  json.key("total").value(std::uint64_t{run.results.size()});
  for (const Status status : {Status::kPassed, Status::kFailed, Status::kErrored, Status::kSkipped,
                              Status::kTodo, Status::kNotRun}) {
    json.key(gate::to_string(status)).value(std::uint64_t{run.count(status)});
  }
  json.key("interrupted").value(run.interrupted);
  json.end_object();
}

template <class Part, class Write>
void write_part_of_run(JsonWriter& json, std::string_view key, const Part* part, Write write) {
  json.key(key);
  if (part == nullptr) {
    json.null();
  } else {
    write(json, *part);
  }
}

// What was asked for beside the tests.
void write_parts(JsonWriter& json, const TestReport& report) {
  write_part_of_run(json, "coverage", report.coverage, write_coverage);
  write_part_of_run(json, "mutation", report.mutation, write_mutation);
  write_part_of_run(json, "golden", report.golden, write_changes);
  write_part_of_run(json, "base", report.base, write_changes);
}

void begin(JsonWriter& json) {
  json.begin_object();
  json.key("version").value(kVersion);
  write_member(json, "policysim", version());
}

}  // namespace

std::string render_test_json(const TestReport& report, const TestRenderOptions&) {
  const Dimensions matrices(*report.run);
  std::string out;
  JsonWriter json(out, text::JsonStyle::kPretty);
  begin(json);
  write_summary(json, *report.run);
  write_list(json, "results", report.run->results,
             [&](const TestResult& result) { write_result(json, result, matrices); });
  write_parts(json, report);
  json.end_object();
  out += '\n';
  return out;
}

std::string render_test_ndjson(const TestReport& report, const TestRenderOptions&) {
  const Dimensions matrices(*report.run);
  std::string out;
  for (const TestResult& result : report.run->results) {
    JsonWriter json(out);
    write_result(json, result, matrices);
    out += '\n';
  }
  JsonWriter json(out);
  begin(json);
  write_summary(json, *report.run);
  write_parts(json, report);
  json.end_object();
  out += '\n';
  return out;
}

}  // namespace policysim::report
