#include "report/test_words.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "report/changes_words.hpp"

namespace policysim::report {
namespace {

using gate::Status;
using gate::TestResult;

std::string in_ticks(std::string_view text) { return "`" + std::string(text) + "`"; }

// " by rcp `s3-keys` `KeyMustBeTagged`"
std::string by_words(std::string_view layer, std::string_view policy, std::string_view sid) {
  if (layer.empty()) return {};
  std::string out = " by " + std::string(layer);
  if (!policy.empty()) out += " " + in_ticks(policy);
  if (!sid.empty()) out += " " + in_ticks(sid);
  return out;
}

// Cells that have this in common fail for the same reason, as far as can be seen.
std::string group_key(const TestResult& result) {
  std::string key;
  const auto add = [&key](std::string_view part) {
    key += part;
    key += '\0';
  };
  add(gate::to_string(result.status));
  add(result.fixture);
  add(result.group.empty() ? result.id : result.group);
  for (const gate::Mismatch& mismatch : result.mismatches) {
    add(mismatch.what);
    add(mismatch.expected);
  }
  add(decided_words(result));
  return key;
}

std::string never(const gate::CoverageItem& item) {
  std::string out;
  for (const gate::ItemOutcome& outcome : item.outcomes) {
    if (outcome.count != 0) continue;
    out += out.empty() ? " is never " : ", never ";
    out += outcome.name;
  }
  return out;
}

}  // namespace

std::string counted(std::size_t count, std::string_view word) {
  return std::to_string(count) + " " + std::string(word) + (count == 1 ? "" : "s");
}

std::string count_words(const gate::TestRun& run) {
  std::string out = std::to_string(run.count(Status::kPassed)) + " passed";
  const auto add = [&](Status status, std::string_view word) {
    const std::size_t count = run.count(status);
    if (count > 0) out += ", " + std::to_string(count) + " " + std::string(word);
  };
  add(Status::kFailed, "failed");
  add(Status::kErrored, run.count(Status::kErrored) == 1 ? "error" : "errors");
  add(Status::kSkipped, "skipped");
  add(Status::kTodo, "todo");
  add(Status::kNotRun, "not run");
  if (run.interrupted) out += " (interrupted)";
  return out;
}

std::string headline_words(const gate::TestRun& run) {
  const std::size_t failed = run.count(Status::kFailed) + run.count(Status::kErrored);
  if (failed == 0) return counted(run.count(Status::kPassed), "test") + " passed";
  return std::to_string(failed) + " of " + counted(run.results.size(), "test") + " failed";
}

bool is_bad(const TestReport& report) noexcept {
  return report.run->count(Status::kFailed) + report.run->count(Status::kErrored) > 0 ||
         !report.failures.empty() || report.run->interrupted;
}

std::string ratio_words(const gate::Ratio& ratio) {
  if (ratio.total == 0) return "none";
  return std::to_string(ratio.hit) + " of " + std::to_string(ratio.total) + " (" +
         std::to_string(ratio.hit * 100 / ratio.total) + " %)";
}

std::vector<NamedRatio> coverage_ratios(const gate::CoverageReport& coverage) {
  return {{"statements", coverage.statements},
          {"conditions", coverage.conditions},
          {"elements", coverage.elements},
          {"variables", coverage.variables},
          {"effects", coverage.effects}};
}

std::string decided_words(const TestResult& result) {
  if (!result.decided) {
    if (result.record && result.record->error) return "error " + result.record->error->code;
    return "-";
  }
  return std::string(outcome_words(result.decided->outcome)) +
         by_words(explain::to_string(result.decided->layer), result.decided->policy,
                  result.decided->sid);
}

std::string failure_words(const TestResult& result) {
  if (result.status == Status::kErrored && result.record && result.record->error) {
    const explain::RecordError& error = *result.record->error;
    return "error " + error.code + ": " + error.message;
  }
  std::string out;
  for (const gate::Mismatch& mismatch : result.mismatches) {
    if (!out.empty()) out += "; ";
    const bool decision = mismatch.what == "decision";
    out += "expected " + (decision ? "" : mismatch.what + " ") + mismatch.expected + ", is " +
           (decision && result.decided ? decided_words(result) : mismatch.actual);
  }
  return out;
}

std::string side_words(const std::optional<gate::DecisionSide>& side) {
  if (!side) return "-";
  if (side->is_error()) return "error " + side->error;
  return std::string(decision_words(side->decision)) +
         by_words(side->layer, side->policy, side->sid);
}

std::string place_words(const Location& location) {
  std::string out = explain::shown_file(location);
  if (location.line != 0) out += ":" + std::to_string(location.line);
  if (location.line != 0) out += ":" + std::to_string(location.column);
  return out;
}

std::vector<FailureGroup> group_failures(const gate::TestRun& run) {
  std::vector<FailureGroup> groups;
  for (const Status status : {Status::kErrored, Status::kFailed}) {
    std::map<std::string, std::size_t> known;
    for (const TestResult& result : run.results) {
      if (result.status != status) continue;
      const auto [at, is_new] = known.emplace(group_key(result), groups.size());
      if (is_new) groups.emplace_back();
      groups[at->second].push_back(&result);
    }
  }
  return groups;
}

std::string statement_words(const std::optional<std::string>& sid, std::uint32_t index) {
  return sid ? in_ticks(*sid) : "statement " + std::to_string(index);
}

std::vector<Uncovered> list_uncovered(const gate::CoverageReport& coverage) {
  std::vector<Uncovered> out;
  for (const gate::PolicyCoverage& policy : coverage.policies) {
    for (const gate::StatementCoverage& statement : policy.statements) {
      if (!statement.excluded.empty()) continue;
      const std::string who = statement_words(statement.sid, statement.index);
      if (statement.decisive == 0) {
        const std::string_view how = statement.evaluated == 0 ? " is never asked"
                                     : statement.matched == 0 ? " never matches"
                                                              : " never decides";
        out.push_back({&policy, &statement, nullptr, statement.range, who + std::string(how)});
      }
      for (const gate::CoverageItem& item : statement.items) {
        const std::string words = never(item);
        if (words.empty()) continue;
        out.push_back(
            {&policy, &statement, &item, item.range, in_ticks(item.what) + " of " + who + words});
      }
    }
  }
  return out;
}

std::vector<const gate::Mutant*> list_survivors(const gate::MutationReport& mutation) {
  std::vector<const gate::Mutant*> out;
  for (const gate::Mutant& mutant : mutation.mutants) {
    if (mutant.fate == gate::Fate::kSurvived) out.push_back(&mutant);
  }
  return out;
}

}  // namespace policysim::report
