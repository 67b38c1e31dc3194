// Heat maps as text: a table for each matrix, which also works in a comment of a pull request.
#include <algorithm>

#include "report/escape.hpp"
#include "report/test_format.hpp"
#include "report/test_grid.hpp"
#include "report/test_words.hpp"
#include "report/text_layout.hpp"
#include "text/source.hpp"

namespace policysim::report {
namespace {

using gate::Status;
using gate::TestResult;
using text::escape_terminal;

constexpr std::size_t kWidest = 100;    // columns, where nothing says how many there are
constexpr std::size_t kMostLabel = 48;  // code points of a value
constexpr std::size_t kMostFailures = 50;

std::string label_of(std::string_view value) {
  return cut_text(escape_terminal(value), kMostLabel);
}

std::string padded(const std::string& text, std::size_t width) {
  const std::size_t used = display_width(text);
  return text + std::string(width > used ? width - used : 0, ' ');
}

bool is_failure(const TestResult& result) noexcept {
  return result.status == Status::kFailed || result.status == Status::kErrored;
}

Style style_of(const TestResult& result) noexcept {
  if (!result.decided) return is_failure(result) ? Style::kBad : Style::kDim;
  if (result.decided->outcome == Outcome::kAllow) return Style::kGood;
  return result.decided->outcome == Outcome::kConditional ? Style::kUnsure : Style::kBad;
}

class MatrixText {
 public:
  MatrixText(const gate::TestRun& run, const TestRenderOptions& options)
      : run_(run), options_(options), layout_(options) {}

  std::string render() {
    for (const Grid& grid : make_grids(run_)) write(grid);
    write_cases();
    write_failures();
    write_legend();
    out_ += count_words(run_) + "\n";
    return std::move(out_);
  }

 private:
  // A cell that failed stands in brackets.
  std::string plain_cell(const TestResult* result) const {
    if (result == nullptr) return {};
    const std::string mark = cell_mark(*result, options_.unicode);
    return is_failure(*result) ? "[" + mark + "]" : " " + mark + " ";
  }

  std::string cell(const TestResult* result, std::size_t width) const {
    const std::string plain = plain_cell(result);
    if (result == nullptr) return std::string(width, ' ');
    return layout_.paint(style_of(*result), plain) + padded(plain, width).substr(plain.size());
  }

  void write(const Grid& grid) {
    out_ += layout_.paint(Style::kStrong, escape_terminal(grid.id));
    out_ += "  (" + escape_terminal(grid.fixture);
    if (grid.failed > 0) out_ += ", " + std::to_string(grid.failed) + " failed";
    out_ += ")\n\n";
    const std::vector<std::size_t> label_widths = row_widths(grid);
    std::vector<std::string> heads;
    for (const std::string_view column : grid.columns) heads.push_back(label_of(column));
    std::size_t width = 0;
    for (const std::size_t label : label_widths) width += label + 2;
    for (const std::string& head : heads)
      width += std::max<std::size_t>(display_width(head), 4) + 1;
    const bool numbered = width > (options_.columns == 0 ? kWidest : options_.columns);
    if (numbered) {
      for (std::size_t i = 0; i < heads.size(); ++i) heads[i] = std::to_string(i + 1);
    }
    write_head(grid, label_widths, heads);
    for (std::size_t row = 0; row < grid.rows.size(); ++row) {
      write_row(grid, row, label_widths, heads);
    }
    out_ += '\n';
    if (numbered) write_columns(grid);
  }

  static std::vector<std::size_t> row_widths(const Grid& grid) {
    std::vector<std::size_t> widths;
    for (const std::string_view name : grid.row_dimensions) {
      widths.push_back(display_width(label_of(name)));
    }
    for (const auto& row : grid.rows) {
      for (std::size_t i = 0; i < row.size(); ++i) {
        widths[i] = std::max(widths[i], display_width(label_of(row[i])));
      }
    }
    return widths;
  }

  static std::size_t cell_width(const std::string& head) {
    return std::max<std::size_t>(display_width(head) + 1, 5) + 1;
  }

  void write_head(const Grid& grid, const std::vector<std::size_t>& widths,
                  const std::vector<std::string>& heads) {
    std::string line = "  ";
    for (std::size_t i = 0; i < widths.size(); ++i) {
      line += padded(label_of(grid.row_dimensions[i]), widths[i] + 2);
    }
    for (const std::string& head : heads) line += padded(" " + head, cell_width(head));
    finish_line(line);
  }

  // Values that are the row's above are not written again.
  void write_row(const Grid& grid, std::size_t row, const std::vector<std::size_t>& widths,
                 const std::vector<std::string>& heads) {
    std::string line = "  ";
    bool same = row > 0;
    for (std::size_t i = 0; i < widths.size(); ++i) {
      same = same && i + 1 < widths.size() && grid.rows[row][i] == grid.rows[row - 1][i];
      line += padded(same ? std::string() : label_of(grid.rows[row][i]), widths[i] + 2);
    }
    for (std::size_t i = 0; i < heads.size(); ++i) {
      line += cell(grid.at(row, i), cell_width(heads[i]));
    }
    finish_line(line);
  }

  void finish_line(std::string& line) {
    line.erase(line.find_last_not_of(' ') + 1);
    out_ += line + "\n";
  }

  void write_columns(const Grid& grid) {
    out_ += "  columns: " + label_of(grid.column_dimension) + "\n";
    for (std::size_t i = 0; i < grid.columns.size(); ++i) {
      out_ += "  " + padded(std::to_string(i + 1), 4) + label_of(grid.columns[i]) + "\n";
    }
    out_ += '\n';
  }

  void write_cases() {
    bool any = false;
    for (const TestResult* result : own_cases(run_)) {
      if (result->status == Status::kNotRun) continue;
      if (!any) out_ += layout_.paint(Style::kStrong, "cases") + "\n\n";
      any = true;
      out_ += "  " + cell(result, 6) + escape_terminal(result->id) + "\n";
    }
    if (any) out_ += '\n';
  }

  void write_failures() {
    std::size_t shown = 0, omitted = 0;
    for (const FailureGroup& group : group_failures(run_)) {
      for (const TestResult* result : group) {
        if (shown == kMostFailures) {
          ++omitted;
          continue;
        }
        if (shown == 0) out_ += layout_.paint(Style::kStrong, "mismatches") + "\n\n";
        ++shown;
        out_ += "  " + escape_terminal(result->id) + ": " +
                escape_terminal(failure_words(*result)) + "\n";
      }
    }
    if (omitted > 0) out_ += "  and " + std::to_string(omitted) + " more\n";
    if (shown > 0) out_ += '\n';
  }

  void write_legend() {
    std::vector<const TestResult*> all;
    bool failed = false;
    for (const TestResult& result : run_.results) {
      all.push_back(&result);
      failed |= is_failure(result);
    }
    std::string line = "legend:";
    for (const MarkMeaning& row : explain_marks(all, options_.unicode)) {
      line += (line.back() == ':' ? " " : ", ") + row.mark + " " + std::string(row.meaning);
    }
    if (failed) line += ", [ ] not as expected";
    if (line.back() != ':') out_ += layout_.wrap(line, 0) + "\n";
  }

  const gate::TestRun& run_;
  const TestRenderOptions& options_;
  TextLayout layout_;
  std::string out_;
};

}  // namespace

std::string render_test_matrix(const TestReport& report, const TestRenderOptions& options) {
  return MatrixText(*report.run, options).render();
}

}  // namespace policysim::report
