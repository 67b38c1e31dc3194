// What running a suite found: one result a test, in the order of the suite.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "explain/decision_record.hpp"
#include "gate/expectation_check.hpp"
#include "gate/statement_trace.hpp"

namespace policysim::gate {

// kTodo ran without effect on the outcome; kNotRun was stopped by fail-fast or an interrupt.
enum class Status : std::uint8_t { kPassed, kFailed, kErrored, kSkipped, kTodo, kNotRun };
std::string_view to_string(Status status) noexcept;  // "passed" …

// What was decided, as the decision object names it.
struct Decided {
  Outcome outcome = Outcome::kAllow;
  Layer layer = Layer::kNone;
  std::string policy, sid;  // of the statement; empty: none
};

// Plain data.
struct TestResult {
  std::string id;       // unique in the run
  std::string fixture;  // its name
  std::string group;    // id of the matrix; empty: a case of its own
  std::string own_id;   // id within the fixture
  std::string name;     // for people; empty: none
  std::vector<std::string> tags;
  std::vector<std::string> values;  // of a cell: a value for each dimension of its matrix
  Status status = Status::kNotRun;
  std::string why;       // skip, todo: the reason
  std::string because;   // what the expectation says for people
  std::string expected;  // "explicit_deny", "error PS2101"; empty: not run
  Location location;     // of the case; of a cell: of the rule or matrix that says what is expected
  std::optional<Decided> decided;  // none: not run, or an error
  std::string error;               // what stands in its place: the rule
  std::uint64_t request = 0;       // hash of what was asked; 0: nothing was, or not wanted
  std::vector<Mismatch> mismatches;
  // Failed, errored and failing todo tests; passed ones only where they are asked for.
  std::shared_ptr<const explain::DecisionRecord> record;
  // Failed with a reason expected: the statements that it names, part by part.
  std::vector<StatementTrace> wanted;

  bool met() const noexcept { return mismatches.empty(); }  // ran and met its expectation
};

// A matrix of the run: what the values of its results stand for.
struct MatrixInfo {
  std::string fixture, id;
  std::vector<std::string> dimensions;
};

struct TestRun {
  std::vector<TestResult> results;
  std::vector<MatrixInfo> matrices;
  std::array<std::size_t, 6> counts{};  // by Status
  bool interrupted = false;

  std::size_t count(Status status) const noexcept {
    return counts[static_cast<std::size_t>(status)];
  }
};

}  // namespace policysim::gate
