// The report of a run as one page for people: what failed and why, the matrices as heat maps, and
// what else was asked for. Everything is there without scripts.
#include <algorithm>
#include <array>
#include <unordered_map>

#include "report/escape.hpp"
#include "report/html_page.hpp"
#include "report/test_format.hpp"
#include "report/test_grid.hpp"
#include "report/test_words.hpp"

namespace policysim::report {
namespace {

using gate::Status;
using gate::TestResult;

constexpr std::size_t kMostText = 2'000;     // code points of one text
constexpr std::size_t kOpenFailures = 10;    // groups that are unfolded
constexpr std::size_t kFullFailures = 200;   // groups with all that is known
constexpr std::size_t kMostCells = 50'000;   // then rows without a mismatch are left out
constexpr std::size_t kMostTitled = 20'000;  // cells whose reason stands behind them
constexpr std::size_t kOpenCells = 600;      // of a matrix that is unfolded without a mismatch
constexpr std::size_t kMostCases = 2'000;    // that passed, as rows
constexpr std::size_t kWideLabel = 10;       // longer heads of many columns are upright
constexpr std::size_t kMostLabel = 48;       // code points of a value in a head

std::string html(std::string_view text) { return escape_markup(cut_text(text, kMostText)); }
std::string code(std::string_view text) { return "<code>" + html(text) + "</code>"; }

bool is_failure(const TestResult& result) noexcept {
  return result.status == Status::kFailed || result.status == Status::kErrored;
}

// "a" allow, "x" explicit deny, "i" implicit deny, "c" conditional, "e" error, "g0" not run.
std::string_view class_of(const TestResult& result) noexcept {
  constexpr std::array<std::string_view, 4> kNames = {"a", "x", "i", "c"};
  if (result.status == Status::kSkipped || result.status == Status::kNotRun) return "g0";
  return result.decided ? kNames[static_cast<std::size_t>(result.decided->outcome)] : "e";
}

std::string mark(const TestResult& result) {
  return "<span class=\"mark " + std::string(class_of(result)) + "\">" +
         html(cell_mark(result, true)) + "</span>";
}

std::string percent(const gate::Ratio& ratio) {
  return std::to_string(ratio.total == 0 ? 100 : ratio.hit * 100 / ratio.total);
}

std::string meter(const gate::Ratio& ratio) {
  return "<span class=\"meter\"><i style=\"width:" + percent(ratio) + "%\"></i></span>" +
         ratio_words(ratio);
}

// A source text with numbered lines.
std::string numbered(const explain::Excerpt& excerpt) {
  std::string out = "<figure><figcaption>decided at " + code(place_words(excerpt.location)) +
                    "</figcaption><pre>";
  std::uint32_t number = excerpt.location.line;
  for (const std::string& line : excerpt.lines) {
    out += "<span class=\"n\">" + std::to_string(number++) + "</span>" + html(line) + "\n";
  }
  if (excerpt.omitted > 0) out += "… " + std::to_string(excerpt.omitted) + " more lines\n";
  return out + "</pre></figure>\n";
}

std::string diff(std::string_view text) {
  std::string out = "<pre>";
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = text.substr(begin, end - begin);
    const bool ins = line.substr(0, 1) == "+", del = line.substr(0, 1) == "-";
    if (ins || del) out += std::string("<span class=\"") + (ins ? "ins" : "del") + "\">";
    out += html(line);
    out += ins || del ? "</span>\n" : "\n";
    begin = end + 1;
  }
  return out + "</pre>\n";
}

std::string lines(std::string_view text) {
  std::string out = "<pre>";
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    out += html(text.substr(begin, end - begin)) + "\n";
    begin = end + 1;
  }
  return out + "</pre>\n";
}

std::string table(std::initializer_list<std::string_view> heads) {
  std::string out = "<table class=\"list\"><thead><tr>";
  for (const std::string_view head : heads)
    out += "<th scope=\"col\">" + std::string(head) + "</th>";
  return out + "</tr></thead><tbody>\n";
}

std::string row(const std::vector<std::string>& cells) {
  std::string out = "<tr>";
  for (const std::string& cell : cells) out += "<td>" + cell + "</td>";
  return out + "</tr>\n";
}

constexpr std::string_view kTableEnd = "</tbody></table>\n";

class HtmlPage {
 public:
  explicit HtmlPage(const TestReport& report)
      : report_(report),
        run_(*report.run),
        groups_(group_failures(run_)),
        grids_(make_grids(run_)) {}

  std::string render() {
    const std::size_t failed = run_.count(Status::kFailed) + run_.count(Status::kErrored);
    const std::string title = failed > 0 ? std::to_string(failed) + " of " +
                                               counted(run_.results.size(), "test") + " failed"
                                         : counted(run_.count(Status::kPassed), "test") + " passed";
    out_ = html_page_begin("policysim: " + title);
    write_header(title, failed > 0);
    out_ += "<main>\n";
    write_failures();
    if (report_.base != nullptr) write_changes(*report_.base, "base", "Changes against ");
    if (report_.golden != nullptr) write_changes(*report_.golden, "golden", "Golden decisions: ");
    write_matrices();
    if (report_.coverage != nullptr) write_coverage(*report_.coverage);
    if (report_.mutation != nullptr) write_mutation(*report_.mutation);
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
      tile("", percent(report_.coverage->statements) + " %", "statements covered");
      tile("", percent(report_.coverage->conditions) + " %", "conditions covered");
    }
    if (report_.mutation != nullptr) {
      tile("", percent(report_.mutation->score) + " %", "mutants killed");
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
    const auto link = [this](bool there, std::string_view id, std::string_view words) {
      if (!there) return;
      out_ += "<a href=\"#" + std::string(id) + "\">" + std::string(words) + "</a> ";
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

  void section(std::string_view id, const std::string& title, const std::string& note = {}) {
    out_ += "<section id=\"" + std::string(id) + "\">\n<h2>" + title;
    if (!note.empty()) out_ += "<small>" + note + "</small>";
    out_ += "</h2>\n";
  }

  void card(std::string_view classes, const std::string& id, bool open,
            const std::string& summary) {
    out_ += "<details class=\"card " + std::string(classes) + "\"";
    if (!id.empty()) out_ += " id=\"" + id + "\"";
    out_ += std::string(open ? " open" : "") + "><summary>" + summary +
            "</summary><div class=\"body\">\n";
  }
  void end_card() { out_ += "</div></details>\n"; }

  void write_failures() {
    if (groups_.empty()) return;
    section("failures", "Failures",
            groups_.size() > 1 ? "in " + std::to_string(groups_.size()) + " groups" : "");
    for (std::size_t i = 0; i < groups_.size(); ++i) {
      for (const TestResult* result : groups_[i]) group_of_.emplace(result, i);
      write_group(groups_[i], i);
    }
    out_ += "</section>\n";
  }

  void write_group(const FailureGroup& group, std::size_t number) {
    const TestResult& first = *group.front();
    const bool single = group.size() == 1;
    const std::string what = single ? code(first.id)
                                    : "<span class=\"pill bad\">" + counted(group.size(), "cell") +
                                          "</span> of " + code(first.group);
    card("fail", "f" + std::to_string(number), number < kOpenFailures,
         what + " <small>" + html(failure_words(first)) + "</small>");
    if (number < kFullFailures) write_evidence(first);
    if (!single) write_members(group);
    end_card();
  }

  void write_evidence(const TestResult& test) {
    if (test.status == Status::kErrored) {
      out_ += "<p>" + html(failure_words(test)) + "</p>\n";
    } else {
      for (const gate::Mismatch& mismatch : test.mismatches) {
        const bool decision = mismatch.what == "decision" && test.decided;
        out_ += "<div class=\"versus\"><div><span>expected " + html(mismatch.what) + "</span>" +
                html(mismatch.expected) + "</div><div class=\"is\"><span>is</span>" +
                html(decision ? decided_words(test) : mismatch.actual) + "</div></div>\n";
      }
    }
    out_ += "<dl>";
    const auto fact = [this](std::string_view label, const std::string& words) {
      if (words.empty()) return;
      out_ += "<dt>" + std::string(label) + "</dt><dd>" + words + "</dd>";
    };
    fact("name", html(test.name));
    fact("because", html(test.because));
    fact("stated at", code(place_words(test.location)));
    if (test.record) {
      fact("principal", html(test.record->principal.value_or("")));
      fact("action", html(test.record->action.value_or("")));
      fact("resource", html(test.record->resource.value_or("")));
      fact("AWS says", html(test.record->message.value_or("")));
    }
    out_ += "</dl>\n";
    if (test.record && test.record->excerpt) out_ += numbered(*test.record->excerpt);
    for (const gate::StatementTrace& trace : test.wanted) write_trace(trace);
  }

  void write_trace(const gate::StatementTrace& trace) {
    out_ += "<h3>wanted: " + code(trace.policy) + " " +
            html(statement_words(trace.sid, trace.index)) +
            (trace.matched ? " matches" : " does not match") + ", " +
            code(place_words(trace.location)) + "</h3>\n" + table({"", "part", "wanted", "is"});
    for (const gate::PartTrace& part : trace.parts) {
      const bool unknown = part.outcome == gate::PartOutcome::kUnknown;
      const bool good = part.outcome == gate::PartOutcome::kTrue || part.holds;
      const bool absent = part.outcome == gate::PartOutcome::kAbsent;
      out_ += row({std::string("<span class=\"pill ") + (good ? "ok" : "bad") + "\">" +
                       (unknown ? "?"
                        : good  ? "✓"
                                : "✗") +
                       "</span>",
                   code(part.what), code(part.wanted),
                   unknown  ? "unknown"
                   : absent ? "absent"
                            : code(part.actual)});
    }
    out_ += kTableEnd;
  }

  void write_members(const FailureGroup& group) {
    out_ += "<h3>all " + counted(group.size(), "cell") + "</h3>\n<ul class=\"cells\">\n";
    for (const TestResult* result : group) {
      std::string_view name = result->own_id;
      if (name.substr(0, result->group.size()) == result->group) {
        name.remove_prefix(result->group.size());
      }
      out_ += "<li>" + code(name) + "\n";
    }
    out_ += "</ul>\n";
  }

  void write_matrices() {
    if (grids_.empty()) return;
    section("matrices", "Matrices", "what was decided, and by which layer");
    std::vector<const TestResult*> cells;
    for (const Grid& grid : grids_) {
      for (const TestResult* cell : grid.cells) {
        if (cell != nullptr) cells.push_back(cell);
      }
    }
    write_legend(cells);
    many_cells_ = cells.size() > kMostCells;
    titled_ = cells.size() <= kMostTitled;
    for (const Grid& grid : grids_) write_grid(grid);
    out_ += "</section>\n";
  }

  void write_legend(const std::vector<const TestResult*>& cells) {
    out_ += "<ul class=\"legend\">\n";
    for (const MarkMeaning& one : explain_marks(cells, true)) {
      std::string_view kind = one.mark == "✓"   ? "a"
                              : one.mark == "✗" ? "x"
                              : one.mark == "i" ? "i"
                              : one.mark == "?" ? "c"
                              : one.mark == "!" ? "e"
                                                : "g0";
      out_ += "<li><span class=\"mark " + std::string(kind) + "\">" + html(one.mark) + "</span> " +
              std::string(one.meaning) + "</li>\n";
    }
    out_ +=
        "<li><span class=\"heat\"><span class=\"mark bad\">≠</span></span> not as "
        "expected</li></ul>\n";
  }

  void write_grid(const Grid& grid) {
    const auto count = static_cast<std::size_t>(
        std::count_if(grid.cells.begin(), grid.cells.end(), [](auto* cell) { return cell; }));
    const bool open = grid.failed > 0 || count <= kOpenCells;
    card(grid.failed > 0 ? "fail" : "", "", open,
         code(grid.id) + " " +
             (grid.failed > 0
                  ? "<span class=\"pill bad\">" + std::to_string(grid.failed) + " failed</span> "
                  : std::string()) +
             "<small>" + counted(count, "cell") + " of " + html(grid.fixture) + "</small>");
    out_ += "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"" + html(grid.id) +
            "\"><table class=\"heat\">\n";
    write_heads(grid);
    std::size_t omitted = 0;
    std::vector<std::size_t> rows;
    for (std::size_t i = 0; i < grid.rows.size(); ++i) {
      if (many_cells_ && !has_failure(grid, i)) {
        ++omitted;
      } else {
        rows.push_back(i);
      }
    }
    for (std::size_t i = 0; i < rows.size(); ++i) write_row(grid, rows, i);
    out_ += "</tbody></table></div>\n";
    if (omitted > 0) {
      out_ += "<p class=\"dim\">" + counted(omitted, "row") + " without a mismatch left out</p>\n";
    }
    end_card();
  }

  static bool has_failure(const Grid& grid, std::size_t at) {
    for (std::size_t column = 0; column < grid.columns.size(); ++column) {
      const TestResult* cell = grid.at(at, column);
      if (cell != nullptr && is_failure(*cell)) return true;
    }
    return false;
  }

  void write_heads(const Grid& grid) {
    const bool wide = grid.columns.size() > 4 &&
                      std::any_of(grid.columns.begin(), grid.columns.end(),
                                  [](std::string_view value) { return value.size() > kWideLabel; });
    out_ += "<thead><tr>";
    if (!grid.row_dimensions.empty()) {
      out_ += "<th colspan=\"" + std::to_string(grid.row_dimensions.size()) + "\"></th>";
    }
    out_ += "<th class=\"dim\" scope=\"colgroup\" colspan=\"" +
            std::to_string(grid.columns.size()) + "\">" + html(grid.column_dimension) +
            "</th></tr>\n<tr>";
    for (const std::string_view name : grid.row_dimensions) {
      out_ += "<th scope=\"col\">" + html(name) + "</th>";
    }
    for (const std::string_view value : grid.columns) {
      out_ += std::string("<th scope=\"col\" class=\"val") + (wide ? " v" : "") + "\"" +
              title_of_label(value) + "><span>" + html(cut_text(value, kMostLabel)) +
              "</span></th>";
    }
    out_ += "</tr></thead>\n<tbody>\n";
  }

  static std::string title_of_label(std::string_view value) {
    if (value.size() <= kMostLabel) return {};
    return " title=\"" + html(value) + "\"";
  }

  // A value that several rows have in common is one head for them.
  void write_row(const Grid& grid, const std::vector<std::size_t>& rows, std::size_t at) {
    const std::vector<std::string_view>& values = grid.rows[rows[at]];
    out_ += "<tr>";
    for (std::size_t i = 0; i < values.size(); ++i) {
      const bool last = i + 1 == values.size();
      const auto same = [&](std::size_t other) {
        return !last &&
               std::equal(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                          grid.rows[rows[other]].begin());
      };
      if (at > 0 && same(at - 1)) continue;
      std::size_t end = at + 1;
      while (end < rows.size() && same(end)) ++end;
      out_ += std::string("<th scope=\"") + (last ? "row" : "rowgroup") + "\"";
      if (end > at + 1) out_ += " rowspan=\"" + std::to_string(end - at) + "\"";
      out_ += title_of_label(values[i]) + ">" + html(cut_text(values[i], kMostLabel)) + "</th>";
    }
    for (std::size_t column = 0; column < grid.columns.size(); ++column) {
      write_cell(grid.at(rows[at], column));
    }
    out_ += "</tr>\n";
  }

  // Short, because there are many: closing tags of cells may be left out.
  void write_cell(const TestResult* result) {
    if (result == nullptr) {
      out_ += "<td>";
      return;
    }
    const bool failed = is_failure(*result);
    out_ += "<td class=\"" + std::string(class_of(*result)) + (failed ? " bad" : "") + "\"";
    if (titled_) out_ += " title=\"" + html(cell_title(*result)) + "\"";
    out_ += ">";
    const std::string mark_text = html(cell_mark(*result, true));
    if (!failed) {
      out_ += mark_text;
      return;
    }
    const auto group = group_of_.find(result);
    out_ += "<a href=\"#f" + std::to_string(group->second) + "\">" + mark_text + "<small>≠ " +
            html(wanted_words(*result)) + "</small></a>";
  }

  static std::string cell_title(const TestResult& result) {
    if (result.status == Status::kSkipped) return "skipped: " + result.why;
    if (is_failure(result)) return failure_words(result);
    return decided_words(result);
  }

  // "allow"; "by" where only the reason differs.
  static std::string wanted_words(const TestResult& result) {
    if (result.mismatches.empty()) return "";
    const gate::Mismatch& first = result.mismatches.front();
    if (first.what != "decision") return first.what;
    std::string words = cut_text(first.expected, 20);
    std::replace(words.begin(), words.end(), '_', ' ');
    return words;
  }

  void write_changes(const gate::ChangeReport& changes, std::string_view id,
                     std::string_view title) {
    section(id, std::string(title) + code(changes.before),
            change_words(changes) + ", of " + std::to_string(changes.compared));
    if (!changes.changes.empty()) {
      out_ += "<div class=\"card\"><div class=\"body\">" + table({"", "test", "before", "after"});
      for (const gate::DecisionChange* change : changes_by_gravity(changes)) {
        const bool widened = change->direction == gate::Direction::kWidened;
        out_ += row({std::string("<span class=\"pill") + (widened ? " bad" : "") + "\">" +
                         std::string(glyph_of(change->direction)) + " " +
                         std::string(gate::to_string(change->direction)) + "</span>",
                     code(change->id), html(side_words(change->before)),
                     html(side_words(change->after))});
      }
      out_ += std::string(kTableEnd) + "</div></div>\n";
    }
    out_ += "</section>\n";
  }

  static std::string_view glyph_of(gate::Direction direction) noexcept {
    constexpr std::array<std::string_view, 5> kGlyphs = {"▲", "▼", "◆", "+", "−"};
    return kGlyphs[static_cast<std::size_t>(direction)];
  }

  void write_coverage(const gate::CoverageReport& coverage) {
    section("coverage", "Coverage", "how much of the policies the tests reach");
    out_ += "<div class=\"card\"><div class=\"body\">" + table({"", "covered"});
    for (const NamedRatio& one : coverage_ratios(coverage)) {
      out_ += row({std::string(one.name), meter(one.ratio)});
    }
    out_ += std::string(kTableEnd) + "</div></div>\n";
    const std::vector<Uncovered> gaps = list_uncovered(coverage);
    if (!gaps.empty()) {
      card("", "", gaps.size() <= 20, counted(gaps.size(), "gap"));
      out_ += table({"policy", "gap", "at"});
      for (const Uncovered& gap : gaps) {
        const Location place{gap.policy->file, gap.range.line, gap.range.column};
        out_ += row({code(gap.policy->name), html(gap.words), code(place_words(place))});
      }
      out_ += kTableEnd;
      end_card();
    }
    write_exclusions(coverage);
    out_ += "</section>\n";
  }

  void write_exclusions(const gate::CoverageReport& coverage) {
    std::string rows;
    for (const gate::PolicyCoverage& policy : coverage.policies) {
      for (const gate::StatementCoverage& statement : policy.statements) {
        if (statement.excluded.empty()) continue;
        rows += row({code(policy.name), html(statement_words(statement.sid, statement.index)),
                     html(statement.excluded)});
      }
    }
    if (rows.empty()) return;
    card("", "", false, "not counted");
    out_ += table({"policy", "statement", "because"}) + rows + std::string(kTableEnd);
    end_card();
  }

  void write_mutation(const gate::MutationReport& mutation) {
    const std::vector<const gate::Mutant*> survivors = list_survivors(mutation);
    section("mutation", "Mutation",
            "changes of the policies that the tests notice" +
                std::string(mutation.budget_ended ? ", until the time was up" : ""));
    out_ += "<div class=\"card\"><div class=\"body\">" + meter(mutation.score) + " killed, " +
            std::to_string(survivors.size()) + " survived</div></div>\n";
    std::size_t number = 0;
    for (const gate::Mutant* mutant : survivors) {
      const Location place{mutant->file, mutant->range.line, mutant->range.column};
      card("", "", number++ < kOpenFailures,
           "<span class=\"pill\">survived</span> " + html(mutant->what) + " <small>" +
               code(place_words(place)) + "</small>");
      out_ += diff(mutant->diff);
      if (!mutant->witness.empty()) {
        out_ += "<h3>a case that tells them apart</h3>\n" + lines(mutant->witness);
      }
      end_card();
    }
    out_ += "</section>\n";
  }

  void write_cases() {
    std::vector<const TestResult*> cases;
    for (const TestResult* result : own_cases(run_)) {
      const bool shown = result->status != Status::kNotRun && result->status != Status::kSkipped;
      if (shown) cases.push_back(result);
    }
    if (cases.empty()) return;
    section("cases", "Cases");
    card("", "", cases.size() <= 100, counted(cases.size(), "case"));
    out_ += table({"", "case", "expected", "decided", "stated at"});
    std::size_t passed = 0;
    for (const TestResult* result : cases) {
      if (result->status == Status::kPassed && ++passed > kMostCases) continue;
      std::string name = code(result->id);
      if (!result->name.empty())
        name += "<br><span class=\"dim\">" + html(result->name) + "</span>";
      const bool bad = is_failure(*result);
      out_ += row({mark(*result), name, html(result->expected),
                   (bad ? "<span class=\"pill bad\">≠</span> " : "") + html(decided_words(*result)),
                   code(place_words(result->location))});
    }
    out_ += kTableEnd;
    if (passed > kMostCases) {
      out_ += "<p class=\"dim\">" + counted(passed - kMostCases, "case") +
              " that passed left out</p>\n";
    }
    end_card();
    out_ += "</section>\n";
  }

  // Skipped tests and those to be done.
  void write_waiting() {
    std::string rows;
    std::size_t count = 0;
    for (const TestResult& result : run_.results) {
      const bool skipped = result.status == Status::kSkipped;
      if (!skipped && result.status != Status::kTodo) continue;
      ++count;
      rows += row({skipped        ? "skipped"
                   : result.met() ? "todo, passes"
                                  : "todo, fails",
                   code(result.id), html(result.why)});
    }
    if (count == 0) return;
    section("waiting", "Skipped and to be done");
    card("", "", count <= 20, counted(count, "test"));
    out_ += table({"", "test", "why"}) + rows + std::string(kTableEnd);
    end_card();
    out_ += "</section>\n";
  }

  const TestReport& report_;
  const gate::TestRun& run_;
  std::vector<FailureGroup> groups_;
  std::vector<Grid> grids_;
  std::unordered_map<const TestResult*, std::size_t> group_of_;
  bool many_cells_ = false, titled_ = true;
  std::string out_;
};

}  // namespace

std::string render_test_html(const TestReport& report, const TestRenderOptions&) {
  return HtmlPage(report).render();
}

}  // namespace policysim::report
