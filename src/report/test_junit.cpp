// JUnit XML, as GitLab, Jenkins, CodeBuild and others read it.
#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "report/changes.hpp"
#include "report/escape.hpp"
#include "report/test_format.hpp"
#include "report/test_words.hpp"
#include "report/xml_writer.hpp"
#include "text/source.hpp"

namespace policysim::report {
namespace {

using gate::Status;
using gate::TestResult;

// What GitLab takes, with room to spare: bytes, and objects, which are more than test cases.
constexpr std::size_t kMostBytes = 29'000'000;
constexpr std::size_t kMostObjects = 240'000;
constexpr std::size_t kNamedTests = 20;    // of a folded case
constexpr std::size_t kMostText = 4'000;   // code points of one text
constexpr std::size_t kMostMessage = 500;  // and of one attribute

// Which tests become one case: none, those of a matrix that passed, or all of a matrix or fixture
// that turned out alike.
enum class Fold { kNone, kPassed, kAll };

// One <testcase>: a test, or several that turned out alike.
struct TestCase {
  std::vector<const TestResult*> tests;
  std::string name;
};

struct Suite {
  std::string_view fixture;
  std::vector<TestCase> cases;
};

enum class Kind { kPassed, kFailed, kErrored, kSkipped };

Kind kind_of(const TestResult& result) noexcept {
  switch (result.status) {
    case Status::kPassed:
      return Kind::kPassed;
    case Status::kFailed:
      return Kind::kFailed;
    case Status::kErrored:
      return Kind::kErrored;
    case Status::kSkipped:
    case Status::kTodo:
    case Status::kNotRun:
      break;
  }
  return Kind::kSkipped;
}

bool folds(const TestResult& result, Fold fold) noexcept {
  if (fold == Fold::kAll) return true;
  return fold == Fold::kPassed && result.status == Status::kPassed && !result.group.empty();
}

std::string folded_name(const TestResult& result) {
  const std::string of = result.group.empty() ? "cases" : result.group;
  return of + "[" + std::string(gate::to_string(result.status)) + "]";
}

// One suite a fixture, in the order of the run.
std::vector<Suite> make_suites(const gate::TestRun& run, Fold fold) {
  std::vector<Suite> suites;
  std::map<std::string_view, std::size_t> suite_of;
  std::map<std::array<std::string_view, 3>, std::size_t> folded;  // fixture, matrix, status
  for (const TestResult& result : run.results) {
    const auto [place, is_new] = suite_of.emplace(result.fixture, suites.size());
    if (is_new) suites.push_back({result.fixture, {}});
    std::vector<TestCase>& cases = suites[place->second].cases;
    if (!folds(result, fold)) {
      cases.push_back({{&result}, result.own_id.empty() ? result.id : result.own_id});
      continue;
    }
    const auto [known, first] =
        folded.emplace(std::array<std::string_view, 3>{result.fixture, result.group,
                                                       gate::to_string(result.status)},
                       cases.size());
    if (first) cases.push_back({{}, folded_name(result)});
    cases[known->second].tests.push_back(&result);
  }
  return suites;
}

std::size_t count_objects(const std::vector<Suite>& suites) {
  std::size_t count = 0;
  for (const Suite& suite : suites) {
    for (const TestCase& one : suite.cases) {
      const bool plain = one.tests.size() == 1 && one.tests[0]->status == Status::kPassed;
      count += plain ? 1 : 2;
    }
  }
  return count;
}

std::size_t count(const Suite& suite, Kind kind) {
  return static_cast<std::size_t>(
      std::count_if(suite.cases.begin(), suite.cases.end(),
                    [kind](const TestCase& one) { return kind_of(*one.tests[0]) == kind; }));
}

std::size_t count(const std::vector<Suite>& suites, Kind kind) {
  std::size_t sum = 0;
  for (const Suite& suite : suites) sum += count(suite, kind);
  return sum;
}

// What people need to see in the report of a failed test.
std::string failure_text(const TestResult& result) {
  // Text of others has no line ends here, so that it cannot pass for a line of ours.
  std::string out = text::escape_terminal(failure_words(result)) + "\n";
  const auto line = [&out](std::string_view label, const std::string& words) {
    if (!words.empty()) out += std::string(label) + ": " + text::escape_terminal(words) + "\n";
  };
  line("name", result.name);
  line("because", result.because);
  line("stated at", place_words(result.location));
  if (result.record && result.record->message) line("AWS says", *result.record->message);
  if (result.record && result.record->location) {
    line("decided at", place_words(*result.record->location));
  }
  for (const gate::StatementTrace& trace : result.wanted) {
    line("wanted", trace.policy + " " + statement_words(trace.sid, trace.index) +
                       (trace.matched ? " matches" : " does not match") + " (" +
                       place_words(trace.location) + ")");
  }
  return cut_text(out, kMostText);
}

std::string folded_text(const TestCase& one) {
  std::string out = counted(one.tests.size(), "test") + ":\n";
  for (std::size_t i = 0; i < std::min(one.tests.size(), kNamedTests); ++i) {
    out += text::escape_terminal(one.tests[i]->own_id);
    const std::string words = text::escape_terminal(failure_words(*one.tests[i]));
    out += words.empty() ? "\n" : ": " + words + "\n";
  }
  if (one.tests.size() > kNamedTests) {
    out += "and " + std::to_string(one.tests.size() - kNamedTests) + " more\n";
  }
  return cut_text(out, kMostText);
}

std::string skipped_words(const TestResult& result) {
  if (result.status == Status::kNotRun) return "not run";
  return (result.status == Status::kTodo ? "todo: " : "skipped: ") + result.why;
}

class JunitReport {
 public:
  JunitReport(const TestReport& report, std::size_t most_bytes)
      : report_(report), most_bytes_(most_bytes) {}

  // Gives up, and returns false, when the text becomes too large.
  bool write(const std::vector<Suite>& suites) {
    xml_.open("testsuites").attribute("name", "policysim").attribute("time", "0");
    std::size_t tests = 0;
    for (const Suite& suite : suites) tests += suite.cases.size();
    xml_.attribute("tests", tests);
    xml_.attribute("failures", count(suites, Kind::kFailed));
    xml_.attribute("errors", count(suites, Kind::kErrored));
    for (const Suite& suite : suites) {
      write(suite, &suite == &suites.front());
      if (out_.size() > most_bytes_) return false;
    }
    xml_.close();
    return out_.size() <= most_bytes_;
  }

  std::string take() { return std::move(out_); }

 private:
  void write(const Suite& suite, bool first) {
    xml_.open("testsuite").attribute("name", suite.fixture);
    xml_.attribute("tests", suite.cases.size());
    xml_.attribute("failures", count(suite, Kind::kFailed));
    xml_.attribute("errors", count(suite, Kind::kErrored));
    xml_.attribute("skipped", count(suite, Kind::kSkipped)).attribute("time", "0");
    if (first) write_properties();
    for (const TestCase& one : suite.cases) {
      write(one);
      if (out_.size() > most_bytes_) return;
    }
    xml_.close();
  }

  // What is no test: read by nobody but people.
  void write_properties() {
    std::vector<std::pair<std::string, std::string>> rows;
    if (report_.coverage != nullptr) {
      for (const NamedRatio& row : coverage_ratios(*report_.coverage)) {
        rows.emplace_back("coverage." + std::string(row.name), ratio_words(row.ratio));
      }
    }
    if (report_.mutation != nullptr) {
      rows.emplace_back("mutation.score", ratio_words(report_.mutation->score));
    }
    if (report_.golden != nullptr) rows.emplace_back("golden", summary_of_changes(*report_.golden));
    if (report_.base != nullptr) rows.emplace_back("base", summary_of_changes(*report_.base));
    if (rows.empty()) return;
    xml_.open("properties");
    for (const auto& [name, value] : rows) {
      xml_.open("property").attribute("name", name).attribute("value", value).close();
    }
    xml_.close();
  }

  void write(const TestCase& one) {
    const TestResult& test = *one.tests[0];
    std::string class_name = test.fixture;
    if (!test.group.empty()) class_name += "." + test.group;
    xml_.open("testcase").attribute("classname", class_name);
    xml_.attribute("name", unique(class_name, one.name)).attribute("time", "0");
    if (test.location.line != 0) {
      xml_.attribute("file", explain::shown_file(test.location));
      xml_.attribute("line", test.location.line);
    }
    write_outcome(one);
    xml_.close();
  }

  void write_outcome(const TestCase& one) {
    const TestResult& test = *one.tests[0];
    const bool single = one.tests.size() == 1;
    const std::string message =
        single ? failure_words(test) : counted(one.tests.size(), "test") + ": " + folded_name(test);
    const std::string text = single ? failure_text(test) : folded_text(one);
    switch (kind_of(test)) {
      case Kind::kPassed:
        if (!single) xml_.open("system-out").text(text).close();
        return;
      case Kind::kFailed:
        return write_failure("failure", test.mismatches.empty() ? "" : test.mismatches[0].what,
                             message, text);
      case Kind::kErrored:
        return write_failure("error",
                             test.record && test.record->error ? test.record->error->code : "",
                             message, text);
      case Kind::kSkipped:
        xml_.open("skipped");
        xml_.attribute("message", cut_text(single ? skipped_words(test) : message, kMostMessage));
        xml_.close();
        return;
    }
  }

  void write_failure(std::string_view element, std::string_view type, const std::string& message,
                     const std::string& text) {
    xml_.open(element).attribute("message", cut_text(message, kMostMessage));
    xml_.attribute("type", type).text(text).close();
  }

  // Of cases with equal names only the first would count.
  std::string unique(const std::string& class_name, const std::string& name) {
    std::string shown = name;
    for (int i = 2; !names_.insert(escape_markup(class_name + '\0' + shown)).second; ++i) {
      shown = name + " #" + std::to_string(i);
    }
    return shown;
  }

  const TestReport& report_;
  std::size_t most_bytes_;
  std::string out_;
  XmlWriter xml_{out_};
  std::set<std::string> names_;
};

}  // namespace

std::string render_test_junit(const TestReport& report, const TestRenderOptions& options) {
  for (const Fold fold : {Fold::kNone, Fold::kPassed}) {
    if (fold == Fold::kNone && options.fold_passed) continue;
    const std::vector<Suite> suites = make_suites(*report.run, fold);
    if (count_objects(suites) > kMostObjects) continue;
    JunitReport junit(report, kMostBytes);
    if (junit.write(suites)) return junit.take();
  }
  JunitReport junit(report, std::string::npos);
  junit.write(make_suites(*report.run, Fold::kAll));
  return junit.take();
}

}  // namespace policysim::report
