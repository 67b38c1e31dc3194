// The summary of a job, also for a comment: Markdown as GitHub and GitLab read it. What matters
// comes first, because a summary that is too large is refused: later rows are left out.
#include <algorithm>

#include "report/capped_text.hpp"
#include "report/changes.hpp"
#include "report/escape.hpp"
#include "report/test_format.hpp"
#include "report/test_grid.hpp"
#include "report/test_words.hpp"
#include "text/source.hpp"

namespace policysim::report {
namespace {

using gate::Status;
using gate::TestResult;

constexpr std::size_t kMostBytes = 1'000'000;  // GitHub takes 1 MiB from one step
constexpr std::size_t kMostText = 2'000;       // code points of one text
constexpr std::size_t kOpenFailures = 3;       // groups of failures that are unfolded

// With `names` as code.
std::string prose(std::string_view text) {
  return mark_code(cut_text(text, kMostText), escape_markdown);
}

std::string code(std::string_view text) {
  if (text.empty()) return {};
  return "<code>" + escape_markdown(cut_text(text, kMostText)) + "</code>";
}

std::string row(const std::vector<std::string>& cells) {
  std::string out = "|";
  for (const std::string& cell : cells) out += " " + cell + " |";
  return out + "\n";
}

// A heading row and the row of dashes under it.
std::string table_head(const std::vector<std::string>& cells, std::string_view dashes = "---") {
  return row(cells) + row(std::vector<std::string>(cells.size(), std::string(dashes)));
}

// A block of code whose fence its text cannot close.
std::string fenced(std::string_view language, std::string_view text) {
  std::size_t longest = 2, run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  const std::string fence(longest + 1, '`');
  std::string out = fence + std::string(language) + "\n";
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    out += text::escape_terminal(text.substr(begin, end - begin)) + "\n";
    begin = end + 1;
  }
  return out + fence + "\n\n";
}

std::string folded(const std::string& summary, bool open = false) {
  return std::string(open ? "<details open>" : "<details>") + "<summary>" + summary +
         "</summary>\n\n";
}

class MarkdownPage {
 public:
  explicit MarkdownPage(const TestReport& report) : report_(report), run_(*report.run) {}

  std::string render() {
    write_head();
    write_failures();
    for (const gate::ChangeReport* changes : {report_.base, report_.golden}) {
      if (changes == nullptr) continue;
      page_.add("### Changes against " + code(changes->before) + "\n\n" +
                render_changes_markdown(*changes) + "\n");
    }
    if (report_.coverage != nullptr) write_coverage(*report_.coverage);
    if (report_.mutation != nullptr) write_mutation(*report_.mutation);
    write_waiting();
    write_matrices();
    const std::size_t omitted = page_.omitted();
    std::string out = page_.take();
    if (omitted > 0) {
      out +=
          "\n" + counted(omitted, "part") + " left out: a summary must not be larger than 1 MiB.\n";
    }
    return out;
  }

 private:
  // Passing tests do not mean that all is well.
  bool needs_a_look() const {
    const bool drifted = report_.golden != nullptr && !report_.golden->changes.empty();
    const bool widened =
        report_.base != nullptr && report_.base->count(gate::Direction::kWidened) > 0;
    return drifted || widened;
  }

  void write_head() {
    page_.add("## " +
              std::string(is_bad(report_)  ? "❌"
                          : needs_a_look() ? "⚠️"
                                           : "✅") +
              " policysim: " + headline_words(run_) + "\n\n");
    for (const std::string& failure : report_.failures) page_.add("- ❌ " + prose(failure) + "\n");
    if (!report_.failures.empty()) page_.add("\n");
    std::vector<std::string> names, counts;
    for (const auto& [status, name] : {std::pair(Status::kPassed, "passed"),
                                       {Status::kFailed, "failed"},
                                       {Status::kErrored, "errors"},
                                       {Status::kSkipped, "skipped"},
                                       {Status::kTodo, "todo"},
                                       {Status::kNotRun, "not run"}}) {
      if (run_.count(status) == 0 && status != Status::kPassed) continue;
      names.emplace_back(name);
      counts.push_back(std::to_string(run_.count(status)));
    }
    page_.add(table_head(names, "--:") + row(counts) + "\n");
    if (run_.interrupted) page_.add("The run was interrupted.\n\n");
  }

  void write_failures() {
    const std::vector<FailureGroup> groups = group_failures(run_);
    if (groups.empty()) return;
    page_.add("### Failures\n\n");
    std::size_t number = 0;
    for (const FailureGroup& group : groups) write_group(group, number++ < kOpenFailures);
  }

  void write_group(const FailureGroup& group, bool open) {
    const TestResult& first = *group.front();
    std::string summary = code(group.size() == 1 ? first.id : first.group);
    if (group.size() > 1) summary = counted(group.size(), "cell") + " of " + summary;
    page_.open(folded("<b>" + summary + "</b>: " + prose(failure_words(first)), open),
               "</details>\n\n");
    if (group.size() > 1) page_.add("for example " + code(first.own_id) + "\n\n");
    write_facts(first);
    for (const gate::StatementTrace& trace : first.wanted) write_trace(trace);
    if (group.size() > 1) {
      page_.open(folded("all " + counted(group.size(), "cell")), "\n</details>\n\n");
      page_.add(table_head({"cell", "stated at"}));
      for (const TestResult* result : group) {
        page_.add(row({code(result->id), code(place_words(result->location))}));
      }
      page_.close();
    }
    page_.close();
  }

  void write_facts(const TestResult& test) {
    std::string out = "- stated at " + code(place_words(test.location)) + "\n";
    const auto fact = [&out](std::string_view label, std::string_view text) {
      if (!text.empty()) out += "- " + std::string(label) + ": " + prose(text) + "\n";
    };
    fact("name", test.name);
    fact("because", test.because);
    if (test.record && test.record->message) fact("AWS says", *test.record->message);
    page_.add(out + "\n");
    if (!test.record || !test.record->excerpt) return;
    const explain::Excerpt& excerpt = *test.record->excerpt;
    std::string text;
    for (const std::string& line : excerpt.lines) {
      text += cut_text(line, kMostText / 4);
      text += '\n';
    }
    if (excerpt.omitted > 0) text += "… " + std::to_string(excerpt.omitted) + " more lines\n";
    page_.add("decided at " + code(place_words(excerpt.location)) + "\n\n" + fenced("json", text));
  }

  void write_trace(const gate::StatementTrace& trace) {
    page_.add("wanted: " + code(trace.policy) + " " +
              prose(statement_words(trace.sid, trace.index)) +
              (trace.matched ? " matches" : " does not match") + ", " +
              code(place_words(trace.location)) + "\n\n");
    page_.open(table_head({"", "part", "wanted", "is"}), "\n");
    for (const gate::PartTrace& part : trace.parts) {
      page_.add(row({part_mark(part), code(part.what), code(part.wanted), part_actual(part)}));
    }
    page_.close();
  }

  static std::string part_mark(const gate::PartTrace& part) {
    if (part.outcome == gate::PartOutcome::kUnknown) return "?";
    return part.outcome == gate::PartOutcome::kTrue || part.holds ? "✓" : "✗";
  }

  static std::string part_actual(const gate::PartTrace& part) {
    if (part.outcome == gate::PartOutcome::kUnknown) return "unknown";
    if (part.outcome == gate::PartOutcome::kAbsent) return "absent";
    return code(part.actual);
  }

  void write_coverage(const gate::CoverageReport& coverage) {
    std::string table = "### Coverage\n\n" + table_head({"", "covered"});
    for (const NamedRatio& one : coverage_ratios(coverage)) {
      table += row({std::string(one.name), ratio_words(one.ratio)});
    }
    page_.add(table + "\n");
    const std::vector<Uncovered> gaps = list_uncovered(coverage);
    if (!gaps.empty()) {
      page_.open(folded(counted(gaps.size(), "gap")) + table_head({"policy", "gap", "at"}),
                 "\n</details>\n\n");
      for (const Uncovered& gap : gaps) {
        const Location place{gap.policy->file, gap.range.line, gap.range.column};
        page_.add(row({code(gap.policy->name), prose(gap.words), code(place_words(place))}));
      }
      page_.close();
    }
    write_exclusions(coverage);
  }

  void write_exclusions(const gate::CoverageReport& coverage) {
    std::string rows;
    for (const gate::PolicyCoverage& policy : coverage.policies) {
      for (const gate::StatementCoverage& statement : policy.statements) {
        if (statement.excluded.empty()) continue;
        rows += row({code(policy.name), prose(statement_words(statement.sid, statement.index)),
                     prose(statement.excluded)});
      }
    }
    if (rows.empty()) return;
    page_.add("Not counted:\n\n" + table_head({"policy", "statement", "because"}) + rows + "\n");
  }

  void write_mutation(const gate::MutationReport& mutation) {
    page_.add("### Mutation\n\nkilled " + ratio_words(mutation.score) +
              (mutation.budget_ended ? ", until the time was up" : "") + "\n\n");
    for (const gate::Mutant* mutant : list_survivors(mutation)) {
      const Location place{mutant->file, mutant->range.line, mutant->range.column};
      page_.open(folded("survived: " + prose(mutant->what) + " in " + code(mutant->policy) + ", " +
                        code(place_words(place))),
                 "</details>\n\n");
      page_.add(fenced("diff", mutant->diff));
      if (!mutant->witness.empty()) {
        page_.add("A case that kills it:\n\n" + fenced("yaml", mutant->witness));
      }
      page_.close();
    }
  }

  // Skipped tests and those to be done.
  void write_waiting() {
    std::vector<const TestResult*> waiting;
    for (const TestResult& result : run_.results) {
      const bool waits = result.status == Status::kSkipped || result.status == Status::kTodo;
      if (waits) waiting.push_back(&result);
    }
    if (waiting.empty()) return;
    page_.open(folded(counted(waiting.size(), "test") + " skipped or to be done") +
                   table_head({"test", "", "why"}),
               "\n</details>\n\n");
    for (const TestResult* result : waiting) {
      const bool skipped = result->status == Status::kSkipped;
      page_.add(row({code(result->id),
                     skipped         ? "skipped"
                     : result->met() ? "todo, passes"
                                     : "todo, fails",
                     prose(result->why)}));
    }
    page_.close();
  }

  void write_matrices() {
    const std::vector<Grid> grids = make_grids(run_);
    if (grids.empty()) return;
    std::vector<const TestResult*> shown;
    page_.add("### Matrices\n\n");
    for (const Grid& grid : grids) {
      write_grid(grid);
      for (const TestResult* cell : grid.cells) {
        if (cell != nullptr) shown.push_back(cell);
      }
    }
    std::string legend;
    for (const MarkMeaning& one : explain_marks(shown, true)) {
      legend += (legend.empty() ? "" : ", ") + one.mark + " " + std::string(one.meaning);
    }
    page_.add("<sub>" + legend + ", ❌ not as expected</sub>\n");
  }

  void write_grid(const Grid& grid) {
    std::vector<std::string> heads;
    for (const std::string_view name : grid.row_dimensions) heads.push_back(prose(name));
    for (const std::string_view value : grid.columns) heads.push_back(prose(value));
    const auto cells = static_cast<std::size_t>(
        std::count_if(grid.cells.begin(), grid.cells.end(), [](auto* cell) { return cell; }));
    page_.open(folded(code(grid.id) + ": " + counted(cells, "cell") +
                      (grid.failed > 0 ? ", " + std::to_string(grid.failed) + " failed" : "")) +
                   table_head(heads, ":-:"),
               "\n</details>\n\n");
    for (std::size_t i = 0; i < grid.rows.size(); ++i) {
      std::vector<std::string> row_cells;
      for (const std::string_view value : grid.rows[i]) row_cells.push_back(prose(value));
      for (std::size_t column = 0; column < grid.columns.size(); ++column) {
        row_cells.push_back(cell(grid.at(i, column)));
      }
      page_.add(row(row_cells));
    }
    page_.close();
  }

  static std::string cell(const TestResult* result) {
    if (result == nullptr) return "";
    const bool failed = result->status == Status::kFailed || result->status == Status::kErrored;
    return (failed ? "❌ " : "") + cell_mark(*result, true);
  }

  const TestReport& report_;
  const gate::TestRun& run_;
  CappedText page_{kMostBytes};
};

}  // namespace

std::string render_test_markdown(const TestReport& report, const TestRenderOptions&) {
  return MarkdownPage(report).render();
}

}  // namespace policysim::report
