// Test Anything Protocol, version 14.
#include "report/changes.hpp"
#include "report/test_format.hpp"
#include "report/test_words.hpp"
#include "text/json_writer.hpp"
#include "text/source.hpp"

namespace policysim::report {
namespace {

using gate::Status;
using gate::TestResult;

// `\` and `#` mean something in descriptions and directives.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text::escape_terminal(text)) {
    if (c == '\\' || c == '#') out += '\\';
    out += c;
  }
  return out;
}

std::string directive(const TestResult& result) {
  switch (result.status) {
    case Status::kSkipped:
      return " # SKIP " + escaped(result.why);
    case Status::kNotRun:
      return " # SKIP not run";
    case Status::kTodo:
      return " # TODO " + escaped(result.why);
    case Status::kPassed:
    case Status::kFailed:
    case Status::kErrored:
      break;
  }
  return {};
}

bool is_ok(const TestResult& result) noexcept {
  const bool failed = result.status == Status::kFailed || result.status == Status::kErrored;
  return !failed && result.met();
}

// A JSON string is a YAML scalar.
void member(std::string& out, std::string_view key, std::string_view value) {
  out += "  " + std::string(key) + ": ";
  text::append_json_string(out, text::escape_terminal(value));
  out += '\n';
}

void write_diagnostics(const TestResult& result, std::string& out) {
  out += "  ---\n";
  member(out, "message", failure_words(result));
  member(out, "severity", result.record && result.record->error ? "error" : "fail");
  if (!result.name.empty()) member(out, "name", result.name);
  if (!result.expected.empty()) member(out, "expected", result.expected);
  member(out, "actual", decided_words(result));
  if (!result.because.empty()) member(out, "because", result.because);
  if (result.record && result.record->message) member(out, "aws_says", *result.record->message);
  if (result.location.line != 0) member(out, "at", place_words(result.location));
  if (result.record && result.record->location) {
    member(out, "decided_at", place_words(*result.record->location));
  }
  out += "  ...\n";
}

void comment(std::string& out, std::string_view what, const std::string& words) {
  out += "# " + std::string(what) + ": " + text::escape_terminal(words) + "\n";
}

}  // namespace

std::string render_test_tap(const TestReport& report, const TestRenderOptions&) {
  const gate::TestRun& run = *report.run;
  std::string out = "TAP version 14\n1.." + std::to_string(run.results.size()) + "\n";
  std::size_t number = 0;
  for (const TestResult& result : run.results) {
    const bool ok = is_ok(result);
    out += (ok ? "ok " : "not ok ") + std::to_string(++number) + " - " + escaped(result.id) +
           directive(result) + "\n";
    if (!ok) write_diagnostics(result, out);
  }
  if (report.coverage != nullptr) {
    for (const NamedRatio& row : coverage_ratios(*report.coverage)) {
      comment(out, "coverage of " + std::string(row.name), ratio_words(row.ratio));
    }
  }
  if (report.mutation != nullptr) {
    comment(out, "mutants killed", ratio_words(report.mutation->score));
  }
  if (report.golden != nullptr)
    comment(out, "golden decisions", summary_of_changes(*report.golden));
  if (report.base != nullptr) comment(out, "against the base", summary_of_changes(*report.base));
  comment(out, "tests", count_words(run));
  if (run.interrupted) out += "Bail out! interrupted\n";
  return out;
}

}  // namespace policysim::report
