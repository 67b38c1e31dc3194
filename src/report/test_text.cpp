// Test runs for people: every test that did not pass with its reason, then the counts.
#include <set>
#include <string>

#include "report/changes.hpp"
#include "report/coverage_text.hpp"
#include "report/mutation_text.hpp"
#include "report/test_format.hpp"
#include "report/text_layout.hpp"
#include "text/source.hpp"

namespace policysim::report {
namespace {

using gate::PartOutcome;
using gate::Status;
using gate::TestResult;
using text::escape_terminal;

constexpr std::size_t kMargin = 13;  // labels and their indentation

std::string place(const Location& location) {
  return escape_terminal(explain::shown_file(location)) + ":" + std::to_string(location.line) +
         ":" + std::to_string(location.column);
}

class TestText {
 public:
  explicit TestText(const TestRenderOptions& options) : options_(options), layout_(options) {}

  std::string render(const gate::TestRun& run) {
    for (const TestResult& result : run.results) {
      if (shown(result)) write(result);
    }
    if (!out_.empty()) out_ += '\n';
    write_counts(run);
    return std::move(out_);
  }

 private:
  bool shown(const TestResult& result) const {
    return result.status != Status::kNotRun &&
           (result.status != Status::kPassed || options_.verbosity > 0);
  }

  std::string glyph(const TestResult& result) const {
    switch (result.status) {
      case Status::kPassed:
        return layout_.paint(Style::kGood, options_.unicode ? "✓ passed" : "+ passed");
      case Status::kFailed:
        return layout_.paint(Style::kBad, options_.unicode ? "✗ failed" : "x failed");
      case Status::kErrored:
        return layout_.paint(Style::kBad, "! error");
      case Status::kSkipped:
        return layout_.paint(Style::kDim, "- skipped");
      case Status::kTodo:
        return layout_.paint(Style::kUnsure, result.met() ? "~ todo, passes" : "~ todo");
      case Status::kNotRun:
        break;
    }
    return {};
  }

  void write(const TestResult& result) {
    const bool wrong = result.status == Status::kFailed || result.status == Status::kErrored;
    const bool detailed = wrong && is_new(result);
    if (detailed && !out_.empty()) out_ += '\n';
    out_ += glyph(result) + "  " + layout_.paint(Style::kStrong, escape_terminal(result.id));
    out_ += wrong && !detailed ? layout_.paint(Style::kDim, "  likewise") + "\n" : "\n";
    if (!result.why.empty()) field("why", escape_terminal(result.why));
    if (!detailed) return;
    if (!result.name.empty()) field("name", escape_terminal(result.name));
    field("stated at", place(result.location));
    if (!result.because.empty()) field("because", escape_terminal(result.because));
    if (result.status == Status::kErrored) return write_error(result);
    for (const gate::Mismatch& mismatch : result.mismatches) write(mismatch);
    for (const gate::StatementTrace& trace : result.wanted) write(trace);
    if (result.record) write(*result.record);
  }

  // Cells of one matrix that fail by one rule and are decided by one statement are told once, and
  // so are errors of one cause.
  bool is_new(const TestResult& result) {
    if (options_.verbosity > 0) return true;
    if (result.status == Status::kErrored) return told_.insert(error_key(result)).second;
    if (result.group.empty()) return true;
    std::string key =
        result.fixture + '\n' + result.group + '\n' + std::to_string(result.location.line) + '\n';
    if (result.decided) key += result.decided->policy + '\n' + result.decided->sid + '\n';
    for (const gate::Mismatch& one : result.mismatches) {
      key += one.what + '\n' + one.expected + '\n' + one.actual + '\n';
    }
    return told_.insert(std::move(key)).second;
  }

  // What stands in one place, as in a policy, is one error for all tests that meet it.
  static std::string error_key(const TestResult& result) {
    const explain::RecordError& error = *result.record->error;
    std::string key = error.code + '\n' + error.message + '\n' + error.findings;
    return error.location ? key + place(*error.location) : key;
  }

  void write(const gate::Mismatch& mismatch) {
    field("expected", escape_terminal(mismatch.what + " " + mismatch.expected));
    field("but is", escape_terminal(mismatch.actual));
  }

  void write_error(const TestResult& result) {
    const explain::RecordError& error = *result.record->error;
    if (!error.findings.empty()) {
      out_ += error.findings;
      return;
    }
    std::string words = "error[" + error.code + "]: " + escape_terminal(error.message);
    if (error.location) words.insert(0, place(*error.location) + ": ");
    out_ += "  " + words + "\n";
  }

  // The statement that was expected to decide: part by part.
  void write(const gate::StatementTrace& trace) {
    std::string what =
        "`" + escape_terminal(trace.policy) + "`, statement " + std::to_string(trace.index);
    if (trace.sid) what += " `" + escape_terminal(*trace.sid) + "`";
    what += trace.matched ? " matches" : " does not match";
    field("wanted", what + " (" + place(trace.location) + ")");
    for (const gate::PartTrace& part : trace.parts) write(part);
  }

  void write(const gate::PartTrace& part) {
    std::string words = mark(part) + " " + escape_terminal(part.what);
    if (!part.wanted.empty()) words += " " + escape_terminal(part.wanted);
    if (part.outcome == PartOutcome::kAbsent) {
      words += std::string(": absent, which ") + (part.holds ? "holds" : "fails");
    } else if (!part.actual.empty()) {
      words += ": is " + escape_terminal(part.actual);
    }
    out_ += std::string(kMargin, ' ') + layout_.wrap(words, kMargin + 2) + "\n";
  }

  std::string mark(const gate::PartTrace& part) const {
    if (part.outcome == PartOutcome::kUnknown) return layout_.paint(Style::kUnsure, "?");
    const bool good = part.outcome == PartOutcome::kTrue || part.holds;
    if (good) return layout_.paint(Style::kGood, options_.unicode ? "✓" : "+");
    return layout_.paint(Style::kBad, options_.unicode ? "✗" : "x");
  }

  // As `policysim evaluate` prints it, under the heading that stands already.
  void write(const explain::DecisionRecord& record) {
    std::string text;
    const std::unique_ptr<DecisionWriter> writer = make_decision_text(options_);
    writer->write(record, text);
    out_ += text.substr(text.find('\n') + 1);
  }

  void field(std::string_view label, const std::string& words) {
    out_ += layout_.label(label) + layout_.wrap(words, kMargin) + "\n";
  }

  void write_counts(const gate::TestRun& run) {
    std::string line = std::to_string(run.results.size()) + " tests";
    if (run.results.size() == 1) line.pop_back();
    const char* separator = ": ";
    const auto add = [&](Status status, Style style, std::string_view word) {
      const std::size_t number = run.count(status);
      if (number == 0) return;
      line += separator + layout_.paint(style, std::to_string(number) + " " + std::string(word));
      separator = ", ";
    };
    add(Status::kPassed, Style::kGood, "passed");
    add(Status::kFailed, Style::kBad, "failed");
    add(Status::kErrored, Style::kBad, run.count(Status::kErrored) == 1 ? "error" : "errors");
    add(Status::kSkipped, Style::kDim, "skipped");
    add(Status::kTodo, Style::kUnsure, "todo");
    add(Status::kNotRun, Style::kDim, "not run");
    out_ += line + (run.interrupted ? " (interrupted)\n" : "\n");
  }

  const TestRenderOptions& options_;
  TextLayout layout_;
  std::set<std::string> told_;
  std::string out_;
};

}  // namespace

std::string render_test_text(const TestReport& report, const TestRenderOptions& options) {
  std::string out = TestText(options).render(*report.run);
  for (const gate::ChangeReport* changes : {report.golden, report.base}) {
    if (changes != nullptr) out += "\n" + render_changes_text(*changes, options);
  }
  if (report.coverage != nullptr) out += '\n' + render_coverage_text(*report.coverage, options);
  if (report.mutation != nullptr) out += '\n' + render_mutation_text(*report.mutation, options);
  return out;
}

}  // namespace policysim::report
