#include "report/coverage_text.hpp"

#include "report/test_words.hpp"
#include "report/text_layout.hpp"
#include "text/source.hpp"

namespace policysim::report {
namespace {

using gate::ItemKind;
using text::escape_terminal;

constexpr std::size_t kMargin = 13;  // as in the rest of the report

bool gates(const Uncovered& gap) {
  return gap.item == nullptr || gap.item->kind == ItemKind::kCondition;
}

class CoverageText {
 public:
  explicit CoverageText(const TestRenderOptions& options) : options_(options), layout_(options) {}

  std::string render(const gate::CoverageReport& coverage) {
    out_ = layout_.paint(Style::kStrong, "coverage") + "\n";
    for (const NamedRatio& row : coverage_ratios(coverage)) {
      field(row.name, mark(row.ratio.complete()) + " " + ratio_words(row.ratio));
    }
    const std::vector<Uncovered> gaps = list_uncovered(coverage);
    std::size_t hidden = 0;
    for (const gate::PolicyCoverage& policy : coverage.policies) hidden += write(policy, gaps);
    if (hidden > 0) {
      out_ += '\n' +
              layout_.paint(Style::kDim,
                            counted(hidden, "gap") + " of elements and variables; -v names them") +
              '\n';
    }
    return std::move(out_);
  }

 private:
  // How many gaps are not shown.
  std::size_t write(const gate::PolicyCoverage& policy, const std::vector<Uncovered>& gaps) {
    std::size_t hidden = 0;
    std::string lines;
    for (const Uncovered& gap : gaps) {
      if (gap.policy != &policy) continue;
      if (gates(gap) || options_.verbosity > 0) {
        lines += line(policy, gap.range, mark(false), escape_terminal(gap.words));
      } else {
        ++hidden;
      }
    }
    for (const gate::StatementCoverage& statement : policy.statements) {
      if (statement.excluded.empty()) continue;
      lines += line(policy, statement.range, layout_.paint(Style::kDim, "-"),
                    escape_terminal(statement_words(statement.sid, statement.index)) +
                        " is excluded: " + escape_terminal(statement.excluded));
    }
    if (lines.empty() && options_.verbosity == 0) return hidden;
    const gate::CoverageRatios ratios = gate::ratios_of(policy);
    out_ += '\n' + layout_.paint(Style::kStrong, escape_terminal(policy.name)) + "  statements " +
            ratio_words(ratios.statements) + ", conditions " + ratio_words(ratios.conditions) +
            '\n' + lines;
    return hidden;
  }

  std::string line(const gate::PolicyCoverage& policy, const gate::SourceRange& range,
                   const std::string& glyph, const std::string& words) {
    const std::string place = escape_terminal(policy.file) + ":" + std::to_string(range.line) +
                              ":" + std::to_string(range.column);
    return "  " + glyph + " " + layout_.wrap(place + "  " + words, 4) + '\n';
  }

  std::string mark(bool covered) const {
    if (covered) return layout_.paint(Style::kGood, options_.unicode ? "✓" : "+");
    return layout_.paint(Style::kBad, options_.unicode ? "✗" : "x");
  }

  void field(std::string_view label, const std::string& words) {
    out_ += layout_.label(label) + layout_.wrap(words, kMargin) + '\n';
  }

  const TestRenderOptions& options_;
  TextLayout layout_;
  std::string out_;
};

}  // namespace

std::string render_coverage_text(const gate::CoverageReport& coverage,
                                 const TestRenderOptions& options) {
  return CoverageText(options).render(coverage);
}

}  // namespace policysim::report
