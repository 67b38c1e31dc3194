// Decisions on file: what tests decided when somebody last looked, one a line.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_set>
#include <vector>

#include "gate/change_report.hpp"
#include "gate/test_run.hpp"
#include "policysim/result.hpp"
#include "text/source.hpp"

namespace policysim::gate {

struct GoldenEntry {
  std::string id;
  std::string
      request;  // TestResult::request as sixteen hexadecimal digits; empty: nothing was asked
  DecisionSide decision;
};

// What was decided, without its place; of an error the rule.
DecisionSide decision_of(const TestResult& result);

// One JSON object a line for each test that was decided, in the order of the run. The run must have
// been made with `hash_requests`.
std::string write_golden(const TestRun& run);

// Reads such a text, which may come from anywhere. Fails with findings (PS4040, or those of the
// JSON reader) whose spans point into the source; after some of them it stops.
Result<std::vector<GoldenEntry>> read_golden(const text::SourceMap& sources, std::uint32_t source);

// An entry without a test was removed, unless its id is among those that were left out of the run.
// `name` is the file's. Tests that were not run are not compared.
ChangeReport compare_golden(const std::string& name, const std::vector<GoldenEntry>& golden,
                            const TestRun& run, const std::unordered_set<std::string>& left_out);

}  // namespace policysim::gate
