#include "report/coverage_paint.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "report/escape.hpp"
#include "text/source.hpp"
#include "text/utf8.hpp"

namespace policysim::report {
namespace {

using gate::CoverageItem;
using gate::SourceRange;
using gate::StatementCoverage;

constexpr std::uint32_t kContext = 3;          // lines around the statements
constexpr std::uint32_t kMostColumns = 1'000;  // of a line

// A part of a line: code points [begin, end), from one.
struct Mark {
  std::uint32_t begin = 0, end = 0;
  const CoverageItem* item = nullptr;
  bool excluded = false;
};

// One line, cut at its code points.
class Line {
 public:
  explicit Line(std::string_view text) : text_(text) {
    for (std::size_t at = 0; at < text.size() && offsets_.size() < kMostColumns;) {
      offsets_.push_back(at);
      const std::size_t length = text::utf8_length(text, at);
      at += length == 0 ? 1 : length;
    }
    end_ = static_cast<std::uint32_t>(offsets_.size()) + 1;
    cut_ = offsets_.size() == kMostColumns;
  }

  std::uint32_t end() const noexcept { return end_; }
  bool is_cut() const noexcept { return cut_; }

  std::string escaped(std::uint32_t begin, std::uint32_t end) const {
    std::string out;
    for (const char c : text_.substr(offset(begin), offset(end) - offset(begin))) {
      c == '\t' ? out.append("  ") : out.append(1, c);
    }
    if (!out.empty() && out.back() == '\r') out.pop_back();
    return escape_markup(out);
  }

 private:
  std::size_t offset(std::uint32_t column) const {
    return column - 1 < offsets_.size() ? offsets_[column - 1] : (cut_ ? last_end() : text_.size());
  }
  std::size_t last_end() const {
    const std::size_t length = text::utf8_length(text_, offsets_.back());
    return offsets_.back() + (length == 0 ? 1 : length);
  }

  std::string_view text_;
  std::vector<std::size_t> offsets_;
  std::uint32_t end_ = 1;
  bool cut_ = false;
};

class SourcePainter {
 public:
  explicit SourcePainter(const gate::PolicyCoverage& policy)
      : policy_(policy), source_(policy.file, policy.source) {}

  std::string paint(std::size_t most) {
    std::uint32_t first = source_.line_count(), last = 1;
    for (const StatementCoverage& statement : policy_.statements) {
      first = std::min(first, statement.range.line);
      last = std::max(last, statement.range.end_line);
    }
    first = first > kContext ? first - kContext : 1;
    last = std::min(std::min(last, source_.line_count()) + kContext, source_.line_count());
    for (std::uint32_t number = first; number <= last && out_.size() <= most; ++number) row(number);
    return out_.size() <= most ? std::move(out_) : std::string();
  }

 private:
  // The statement that the line is of, the first of several; null: none.
  const StatementCoverage* statement_of(std::uint32_t number) const {
    for (const StatementCoverage& statement : policy_.statements) {
      if (statement.range.line <= number && number <= statement.range.end_line) return &statement;
    }
    return nullptr;
  }

  void row(std::uint32_t number) {
    const std::string_view text = source_.line(number);
    const bool last_blank = number == source_.line_count() && text.empty();
    if (last_blank) return;
    const StatementCoverage* statement = statement_of(number);
    const Paint paint = statement == nullptr ? Paint::kNone : paint_of(*statement);
    out_ += "<tr class=\"" + std::string(paint_class(paint)) + "\"><td>" + std::to_string(number) +
            "</td>";
    gutter(number);
    out_ += "<td><code>";
    const Line line(text);
    const std::vector<Mark> marks = marks_of(number, line);
    std::size_t next = 0;
    segments(line, 1, line.end(), marks, next);
    if (line.is_cut()) out_ += "…";
    out_ += "</code></td></tr>\n";
  }

  // Counts of what begins on the line, under the glyph of the worst.
  void gutter(std::uint32_t number) {
    Paint worst = Paint::kNone;
    std::string counts;
    const auto add = [&](Paint paint, const std::string& words) {
      worst = std::max(worst, paint);
      counts += (counts.empty() ? "" : "; ") + words;
    };
    for (const StatementCoverage& statement : policy_.statements) {
      const bool begins = statement.range.line == number;
      if (begins) {
        add(paint_of(statement), "asked " + std::to_string(statement.evaluated) + ", matches " +
                                     std::to_string(statement.matched) + ", decides " +
                                     std::to_string(statement.decisive));
      }
      if (!statement.excluded.empty()) continue;
      for (const CoverageItem& item : statement.items) {
        if (item.range.line != number || item.kind == gate::ItemKind::kVariable) continue;
        if (begins && statement.range.end_line == number) continue;  // all on one line
        add(paint_of(item), outcome_counts(item));
      }
    }
    out_ += "<td>" + std::string(worst == Paint::kNone ? "" : paint_glyph(worst)) + "</td><td>" +
            escape_markup(counts) + "</td>";
  }

  // By begin, outer ones first.
  std::vector<Mark> marks_of(std::uint32_t number, const Line& line) const {
    std::vector<Mark> marks;
    for (const StatementCoverage& statement : policy_.statements) {
      if (statement.range.line > number || statement.range.end_line < number) continue;
      for (const CoverageItem& item : statement.items) {
        const SourceRange& range = item.range;
        if (range.line > number || range.end_line < number) continue;
        const std::uint32_t begin = range.line == number ? range.column : indentation(number);
        const std::uint32_t end = range.end_line == number ? range.end_column : line.end();
        if (begin < end) marks.push_back({begin, end, &item, !statement.excluded.empty()});
      }
    }
    std::stable_sort(marks.begin(), marks.end(), [](const Mark& a, const Mark& b) {
      return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
    });
    return marks;
  }

  std::uint32_t indentation(std::uint32_t number) const {
    const std::size_t blanks = source_.line(number).find_first_not_of(" \t");
    return blanks == std::string_view::npos ? 1 : static_cast<std::uint32_t>(blanks + 1);
  }

  // Writes [begin, end) with the marks from `next` on that begin within.
  void segments(const Line& line, std::uint32_t begin, std::uint32_t end,
                const std::vector<Mark>& marks, std::size_t& next) {
    while (next < marks.size() && marks[next].begin < end) {
      const Mark& mark = marks[next++];
      const std::uint32_t from = std::clamp(mark.begin, begin, end);
      const std::uint32_t to = std::clamp(mark.end, from, end);
      out_ += line.escaped(begin, from);
      const Paint paint = mark.excluded ? Paint::kExcluded : paint_of(*mark.item);
      out_ += "<span class=\"cov-m " + std::string(paint_class(paint)) + "\" title=\"" +
              escape_markup(mark.item->what + ": " + outcome_counts(*mark.item)) + "\">";
      segments(line, from, to, marks, next);
      out_ += "</span>";
      begin = to;
    }
    out_ += line.escaped(begin, end);
  }

  const gate::PolicyCoverage& policy_;
  text::Source source_;
  std::string out_;
};

}  // namespace

std::string_view paint_class(Paint paint) noexcept {
  constexpr std::array<std::string_view, 5> kClasses = {"", "cov-y", "cov-p", "cov-n", "cov-x"};
  return kClasses[static_cast<std::size_t>(paint)];
}

std::string_view paint_glyph(Paint paint) noexcept {
  constexpr std::array<std::string_view, 5> kGlyphs = {"", "✓", "◐", "✗", "–"};
  return kGlyphs[static_cast<std::size_t>(paint)];
}

Paint paint_of(const CoverageItem& item) noexcept {
  const auto occurred = [](const gate::ItemOutcome& outcome) { return outcome.count > 0; };
  const auto first = item.outcomes.begin(), last = item.outcomes.end();
  if (std::all_of(first, last, occurred)) return Paint::kCovered;
  return std::any_of(first, last, occurred) ? Paint::kPartly : Paint::kUncovered;
}

Paint paint_of(const StatementCoverage& statement) noexcept {
  if (!statement.excluded.empty()) return Paint::kExcluded;
  if (statement.matched == 0) return Paint::kUncovered;
  const bool whole =
      std::all_of(statement.items.begin(), statement.items.end(),
                  [](const CoverageItem& item) { return paint_of(item) == Paint::kCovered; });
  return whole && statement.decisive > 0 ? Paint::kCovered : Paint::kPartly;
}

std::string outcome_counts(const CoverageItem& item) {
  std::string out;
  for (const gate::ItemOutcome& outcome : item.outcomes) {
    if (!out.empty()) out += ", ";
    out += std::to_string(outcome.count) + " × " + std::string(outcome.name);
  }
  return out;
}

std::string paint_source(const gate::PolicyCoverage& policy, std::size_t most) {
  return SourcePainter(policy).paint(most);
}

}  // namespace policysim::report
