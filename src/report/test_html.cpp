// The report of a run as one page for people: what failed and why, the matrices as heat maps, and
// what else was asked for. Everything is there without scripts.
#include <algorithm>
#include <array>

#include "report/coverage_html.hpp"
#include "report/html_page.hpp"
#include "report/html_parts.hpp"
#include "report/html_sections.hpp"
#include "report/test_format.hpp"
#include "report/test_grid.hpp"
#include "report/test_words.hpp"

namespace policysim::report {
namespace {

using gate::Status;
using gate::TestResult;

constexpr std::size_t kOpenFailures = 10;   // groups that are unfolded
constexpr std::size_t kOpenMembers = 30;    // of a group that are unfolded
constexpr std::size_t kFullFailures = 200;  // groups with all that is known
constexpr std::size_t kMostCases = 2'000;   // that passed, as rows

bool is_failure(const TestResult& result) noexcept {
  return result.status == Status::kFailed || result.status == Status::kErrored;
}

std::string mark(const TestResult& result) {
  return "<span class=\"mark " + std::string(html::cell_class(result)) + "\">" +
         html::text(cell_mark(result, true)) + "</span>";
}

// A source text with numbered lines.
std::string numbered(const explain::Excerpt& excerpt) {
  std::string out = "<figure><figcaption>decided at " + html::code(place_words(excerpt.location)) +
                    "</figcaption><pre>";
  std::uint32_t number = excerpt.location.line;
  for (const std::string& line : excerpt.lines) {
    out += "<span class=\"n\">" + std::to_string(number++) + "</span>" + html::text(line) + "\n";
  }
  if (excerpt.omitted > 0) out += "… " + std::to_string(excerpt.omitted) + " more lines\n";
  return out + "</pre></figure>\n";
}

class HtmlPage {
 public:
  explicit HtmlPage(const TestReport& report)
      : report_(report),
        run_(*report.run),
        groups_(group_failures(run_)),
        grids_(make_grids(run_)) {}

  std::string render() {
    const std::string title = headline_words(run_);
    out_ = html_page_begin("policysim: " + title);
    write_header(title, is_bad(report_));
    out_ += "<main>\n";
    write_failures();
    if (report_.base != nullptr) {
      out_ += html::changes_section(*report_.base, "base", "Changes against ");
    }
    if (report_.golden != nullptr) {
      out_ += html::changes_section(*report_.golden, "golden", "Golden decisions: ");
    }
    out_ += html::matrices_section(grids_, group_of_);
    if (report_.coverage != nullptr) out_ += render_coverage_html_section(*report_.coverage);
    if (report_.mutation != nullptr) out_ += html::mutation_section(*report_.mutation);
    write_cases();
    write_waiting();
    out_ += "</main>\n";
    return std::move(out_) + html_page_end();
  }

 private:
  struct Count {
    Status status;
    std::string_view word;
  };
  static constexpr std::array<Count, 6> kCounts = {
      Count{Status::kPassed, "passed"},  Count{Status::kFailed, "failed"},
      Count{Status::kErrored, "errors"}, Count{Status::kSkipped, "skipped"},
      Count{Status::kTodo, "todo"},      Count{Status::kNotRun, "not run"}};

  void write_header(const std::string& title, bool failed) {
    out_ += "<header class=\"" + std::string(failed ? "bad" : "good") +
            "\">\n<h1><span class=\"g\">" + (failed ? "✗" : "✓") + "</span>" + title + "</h1>\n";
    if (run_.interrupted) out_ += "<p>The run was interrupted.</p>\n";
    for (const std::string& failure : report_.failures) {
      out_ += "<p class=\"failure\">✗ " + html::words(failure) + "</p>\n";
    }
    out_ += "<div class=\"bar\" role=\"img\" aria-label=\"" + count_words(run_) + "\">";
    for (const Count& one : kCounts) {
      const std::size_t count = run_.count(one.status);
      if (count == 0) continue;
      out_ += "<i class=\"" + std::string(gate::to_string(one.status)) +
              "\" style=\"flex:" + std::to_string(count) + "\"></i>";
    }
    out_ += "</div>\n<ul class=\"tiles\">\n";
    for (const Count& one : kCounts) {
      const std::size_t count = run_.count(one.status);
      if (count == 0 && one.status != Status::kPassed && one.status != Status::kFailed) continue;
      tile(gate::to_string(one.status), std::to_string(count), one.word);
    }
    if (report_.coverage != nullptr) {
      tile("", html::percent(report_.coverage->statements) + " %", "statements covered");
      tile("", html::percent(report_.coverage->conditions) + " %", "conditions covered");
    }
    if (report_.mutation != nullptr) {
      tile("", html::percent(report_.mutation->score) + " %", "mutants killed");
    }
    out_ += "</ul>\n";
    write_nav();
    out_ += "</header>\n";
  }

  void tile(std::string_view kind, const std::string& number, std::string_view word) {
    out_ += "<li class=\"" + std::string(kind) + "\"><b>" + number + "</b>" +
            (kind.empty() ? "" : "<i></i>") + std::string(word) + "</li>\n";
  }

  void write_nav() {
    out_ += "<nav aria-label=\"Sections\">";
    const auto link = [this](bool there, std::string_view id, std::string_view title) {
      if (!there) return;
      out_ += "<a href=\"#" + std::string(id) + "\">" + std::string(title) + "</a> ";
    };
    link(!groups_.empty(), "failures", "Failures");
    link(report_.base != nullptr, "base", "Changes");
    link(report_.golden != nullptr, "golden", "Golden decisions");
    link(!grids_.empty(), "matrices", "Matrices");
    link(report_.coverage != nullptr, "coverage", "Coverage");
    link(report_.mutation != nullptr, "mutation", "Mutation");
    link(!own_cases(run_).empty(), "cases", "Cases");
    out_ += "</nav>\n";
  }

  void write_failures() {
    if (groups_.empty()) return;
    out_ +=
        html::section("failures", "Failures",
                      groups_.size() > 1 ? "in " + std::to_string(groups_.size()) + " groups" : "");
    for (std::size_t i = 0; i < groups_.size(); ++i) {
      for (const TestResult* result : groups_[i]) group_of_.emplace(result, i);
      write_group(groups_[i], i);
    }
    out_ += html::kSectionEnd;
  }

  void write_group(const FailureGroup& group, std::size_t number) {
    const TestResult& first = *group.front();
    const bool single = group.size() == 1;
    const std::string what = single ? html::code(first.id)
                                    : "<span class=\"pill bad\">" + counted(group.size(), "cell") +
                                          "</span> of " + html::code(first.group);
    out_ += html::card({"fail", "f" + std::to_string(number), number < kOpenFailures},
                       what + " <small>" + html::words(failure_words(first)) + "</small>");
    if (number < kFullFailures) {
      if (!single) out_ += "<h3>for example " + html::code(first.own_id) + "</h3>\n";
      write_evidence(first);
    }
    if (!single) write_members(group);
    out_ += html::kCardEnd;
  }

  void write_evidence(const TestResult& test) {
    for (const gate::Mismatch& mismatch : test.mismatches) {
      const bool decision = mismatch.what == "decision" && test.decided;
      out_ += "<div class=\"versus\"><div><span>expected " + html::text(mismatch.what) + "</span>" +
              html::text(mismatch.expected) + "</div><div class=\"is\"><span>is</span>" +
              html::words(decision ? decided_words(test) : mismatch.actual) + "</div></div>\n";
    }
    out_ += "<dl>";
    const auto fact = [this](std::string_view label, const std::string& value) {
      if (value.empty()) return;
      out_ += "<dt>" + std::string(label) + "</dt><dd>" + value + "</dd>";
    };
    fact("name", html::words(test.name));
    fact("because", html::words(test.because));
    fact("stated at", html::code(place_words(test.location)));
    if (test.record) {
      fact("principal", html::text(test.record->principal.value_or("")));
      fact("action", html::text(test.record->action.value_or("")));
      fact("resource", html::text(test.record->resource.value_or("")));
      fact("AWS says", html::text(test.record->message.value_or("")));
      const std::optional<explain::RecordError>& error = test.record->error;
      if (error && error->location) fact("error at", html::code(place_words(*error->location)));
    }
    out_ += "</dl>\n";
    if (test.record && test.record->error && !test.record->error->findings.empty()) {
      out_ += "<figure>" + html::lines(test.record->error->findings) + "</figure>\n";
    }
    if (test.record && test.record->excerpt) out_ += numbered(*test.record->excerpt);
    for (const gate::StatementTrace& trace : test.wanted) write_trace(trace);
  }

  void write_trace(const gate::StatementTrace& trace) {
    out_ += "<h3>wanted: " + html::code(trace.policy) + " " +
            html::words(statement_words(trace.sid, trace.index)) +
            (trace.matched ? " matches" : " does not match") + ", " +
            html::code(place_words(trace.location)) + "</h3>\n" +
            html::table({"", "part", "wanted", "is"});
    for (const gate::PartTrace& part : trace.parts) {
      const bool unknown = part.outcome == gate::PartOutcome::kUnknown;
      const bool good = part.outcome == gate::PartOutcome::kTrue || part.holds;
      const bool absent = part.outcome == gate::PartOutcome::kAbsent;
      out_ += html::row({std::string("<span class=\"pill ") + (good ? "ok" : "bad") + "\">" +
                             (unknown ? "?"
                              : good  ? "✓"
                                      : "✗") +
                             "</span>",
                         html::code(part.what), html::code(part.wanted),
                         unknown  ? "unknown"
                         : absent ? "absent"
                                  : html::code(part.actual)});
    }
    out_ += html::kTableEnd;
  }

  void write_members(const FailureGroup& group) {
    out_ += std::string(group.size() <= kOpenMembers ? "<details open>" : "<details>") +
            "<summary>all " + counted(group.size(), "cell") + "</summary>\n<ul class=\"cells\">\n";
    for (const TestResult* result : group) {
      std::string name;
      for (const std::string& value : result->values) name += (name.empty() ? "" : " · ") + value;
      out_ += "<li>" + html::text(name) + "\n";
    }
    out_ += "</ul></details>\n";
  }

  void write_cases() {
    std::vector<const TestResult*> cases;
    for (const TestResult* result : own_cases(run_)) {
      const bool shown = result->status != Status::kNotRun && result->status != Status::kSkipped;
      if (shown) cases.push_back(result);
    }
    if (cases.empty()) return;
    out_ += html::section("cases", "Cases");
    out_ += html::card({"", "", cases.size() <= 100}, counted(cases.size(), "case"));
    out_ += html::table({"", "case", "expected", "decided", "stated at"});
    std::size_t passed = 0;
    for (const TestResult* result : cases) {
      if (result->status == Status::kPassed && ++passed > kMostCases) continue;
      std::string name = html::code(result->id);
      if (!result->name.empty())
        name += "<br><span class=\"dim\">" + html::words(result->name) + "</span>";
      const bool bad = is_failure(*result);
      out_ += html::row(
          {mark(*result), name, html::text(result->expected),
           (bad ? "<span class=\"pill bad\">≠</span> " : "") + html::words(decided_words(*result)),
           html::code(place_words(result->location))});
    }
    out_ += html::kTableEnd;
    if (passed > kMostCases) {
      out_ += "<p class=\"dim\">" + counted(passed - kMostCases, "case") +
              " that passed left out</p>\n";
    }
    out_ += html::kCardEnd;
    out_ += html::kSectionEnd;
  }

  // Skipped tests and those to be done.
  void write_waiting() {
    std::string rows;
    std::size_t count = 0;
    for (const TestResult& result : run_.results) {
      const bool skipped = result.status == Status::kSkipped;
      if (!skipped && result.status != Status::kTodo) continue;
      ++count;
      rows += html::row({skipped        ? "skipped"
                         : result.met() ? "todo, passes"
                                        : "todo, fails",
                         html::code(result.id), html::text(result.why)});
    }
    if (count == 0) return;
    out_ += html::section("waiting", "Skipped and to be done");
    out_ += html::card({"", "", count <= 20}, counted(count, "test"));
    out_ += html::table({"", "test", "why"}) + rows + std::string(html::kTableEnd);
    out_ += html::kCardEnd;
    out_ += html::kSectionEnd;
  }

  const TestReport& report_;
  const gate::TestRun& run_;
  std::vector<FailureGroup> groups_;
  std::vector<Grid> grids_;
  html::GroupNumbers group_of_;
  std::string out_;
};

}  // namespace

std::string render_test_html(const TestReport& report, const TestRenderOptions&) {
  return HtmlPage(report).render();
}

}  // namespace policysim::report
