// Matrices as heat maps: expected against actual, a table each.
#include <algorithm>
#include <array>
#include <utility>

#include "report/escape.hpp"
#include "report/html_parts.hpp"
#include "report/html_sections.hpp"
#include "report/test_words.hpp"

namespace policysim::report::html {
namespace {

using gate::Status;
using gate::TestResult;

constexpr std::size_t kMostCells = 50'000;   // then rows without a mismatch are left out
constexpr std::size_t kMostTitled = 20'000;  // cells whose reason stands behind them
constexpr std::size_t kOpenCells = 600;      // of a matrix that is unfolded without a mismatch
constexpr std::size_t kWidestHeads = 110;    // characters; wider heads are upright
constexpr std::size_t kMostLabel = 48;       // code points of a value in a head

bool is_failure(const TestResult& result) noexcept {
  return result.status == Status::kFailed || result.status == Status::kErrored;
}

class Matrices {
 public:
  Matrices(const std::vector<Grid>& grids, const GroupNumbers& groups)
      : grids_(grids), groups_(groups) {}

  std::string render() {
    out_ = section("matrices", "Matrices", "what was decided, and by which layer");
    std::vector<const TestResult*> cells;
    for (const Grid& grid : grids_) {
      for (const TestResult* cell : grid.cells) {
        if (cell != nullptr) cells.push_back(cell);
      }
    }
    write_legend(cells);
    many_cells_ = cells.size() > kMostCells;
    titled_ = cells.size() <= kMostTitled;
    out_ += "<div class=\"maps\">\n";
    for (const Grid& grid : grids_) write_grid(grid);
    out_ += "</div>\n";
    return std::move(out_) + std::string(kSectionEnd);
  }

 private:
  void write_legend(const std::vector<const TestResult*>& cells) {
    out_ += "<ul class=\"legend\">\n";
    for (const MarkMeaning& one : explain_marks(cells, true)) {
      std::string_view kind = one.mark == "✓"   ? "a"
                              : one.mark == "✗" ? "x"
                              : one.mark == "i" ? "i"
                              : one.mark == "?" ? "c"
                              : one.mark == "!" ? "e"
                                                : "g0";
      out_ += "<li><span class=\"mark " + std::string(kind) + "\">" + text(one.mark) + "</span> " +
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
    out_ += card({grid.failed > 0 ? "fail" : "", "", open},
                 code(grid.id) + " " +
                     (grid.failed > 0 ? "<span class=\"pill bad\">" + std::to_string(grid.failed) +
                                            " failed</span> "
                                      : std::string()) +
                     "<small>" + counted(count, "cell") + " of " + text(grid.fixture) + "</small>");
    out_ += "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"" + text(grid.id) +
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
    out_ += kCardEnd;
  }

  static bool has_failure(const Grid& grid, std::size_t at) {
    for (std::size_t column = 0; column < grid.columns.size(); ++column) {
      const TestResult* cell = grid.at(at, column);
      if (cell != nullptr && is_failure(*cell)) return true;
    }
    return false;
  }

  void write_heads(const Grid& grid) {
    std::size_t width = 0;
    for (const std::string_view value : grid.columns) width += value.size() + 2;
    const bool wide = grid.columns.size() > 1 && width > kWidestHeads;
    out_ += "<thead><tr>";
    if (!grid.column_dimension.empty()) {
      out_ += "<th colspan=\"" + std::to_string(grid.row_dimensions.size()) + "\"></th>";
      out_ += "<th class=\"dim\" scope=\"colgroup\" colspan=\"" +
              std::to_string(grid.columns.size()) + "\">" + text(grid.column_dimension) +
              "</th></tr>\n<tr>";
    }
    for (const std::string_view name : grid.row_dimensions) {
      out_ += "<th scope=\"col\">" + text(name) + "</th>";
    }
    for (const std::string_view value : grid.columns) {
      out_ += std::string("<th scope=\"col\" class=\"val") + (wide ? " v" : "") + "\"" +
              title_of_label(value) + "><span>" + text(cut_text(value, kMostLabel)) +
              "</span></th>";
    }
    out_ += "</tr></thead>\n<tbody>\n";
  }

  static std::string title_of_label(std::string_view value) {
    if (value.size() <= kMostLabel) return {};
    return " title=\"" + text(value) + "\"";
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
      out_ += title_of_label(values[i]) + ">" + text(cut_text(values[i], kMostLabel)) + "</th>";
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
    out_ += "<td class=\"" + std::string(cell_class(*result)) + (failed ? " bad" : "") + "\"";
    if (titled_ && !failed) out_ += " title=\"" + text(cell_title(*result)) + "\"";
    out_ += ">";
    const std::string mark_text = text(cell_mark(*result, true));
    if (!failed) {
      out_ += mark_text;
      return;
    }
    const std::size_t group = groups_.at(result);
    out_ += "<a href=\"#f" + std::to_string(group) + "\">" + mark_text + "<small>≠ " +
            text(wanted_word(*result)) + "</small></a>";
  }

  static std::string cell_title(const TestResult& result) {
    if (result.status == Status::kSkipped) return "skipped: " + result.why;
    return decided_words(result);
  }

  // "allow"; "by" where only the reason differs.
  static std::string wanted_word(const TestResult& result) {
    if (result.mismatches.empty()) return "";
    const gate::Mismatch& first = result.mismatches.front();
    if (first.what != "decision") return first.what;
    std::string word = cut_text(first.expected, 20);
    std::replace(word.begin(), word.end(), '_', ' ');
    return word;
  }

  const std::vector<Grid>& grids_;
  const GroupNumbers& groups_;
  bool many_cells_ = false, titled_ = true;
  std::string out_;
};

}  // namespace

std::string_view cell_class(const TestResult& result) noexcept {
  constexpr std::array<std::string_view, 4> kNames = {"a", "x", "i", "c"};
  if (result.status == Status::kSkipped || result.status == Status::kNotRun) return "g0";
  return result.decided ? kNames[static_cast<std::size_t>(result.decided->outcome)] : "e";
}

std::string matrices_section(const std::vector<Grid>& grids, const GroupNumbers& groups) {
  return grids.empty() ? std::string() : Matrices(grids, groups).render();
}

}  // namespace policysim::report::html
