#include "report/mutation_text.hpp"

#include <algorithm>

#include "report/text_layout.hpp"
#include "text/source.hpp"

namespace policysim::report {
namespace {

using gate::Fate;
using gate::Mutant;
using text::escape_terminal;

constexpr std::size_t kMargin = 13;  // labels and their indentation

class MutationText {
 public:
  explicit MutationText(const TestRenderOptions& options) : options_(options), layout_(options) {}

  std::string render(const gate::MutationReport& report) {
    for (const Mutant& mutant : report.mutants) {
      if (mutant.fate == Fate::kSurvived) write(mutant);
      if (mutant.fate == Fate::kEquivalent && options_.verbosity > 0) write(mutant);
    }
    if (!out_.empty()) out_ += '\n';
    write_score(report);
    return std::move(out_);
  }

 private:
  void write(const Mutant& mutant) {
    if (!out_.empty()) out_ += '\n';
    const bool survived = mutant.fate == Fate::kSurvived;
    const std::string glyph = survived ? (options_.unicode ? "✗ survived" : "x survived")
                                       : (options_.unicode ? "≡ equivalent" : "= equivalent");
    out_ += layout_.paint(survived ? Style::kBad : Style::kDim, glyph) + "  " +
            layout_.paint(Style::kStrong, std::string(mutant.op)) + "  " +
            escape_terminal(mutant.file) + ":" + std::to_string(mutant.range.line) + ":" +
            std::to_string(mutant.range.column) + "\n";
    std::string where = "`" + escape_terminal(mutant.policy) + "`";
    if (mutant.statement) where += ", statement " + std::to_string(*mutant.statement);
    if (mutant.sid) where += " `" + escape_terminal(*mutant.sid) + "`";
    field("policy", where);
    field("change", escape_terminal(mutant.what));
    if (!mutant.why.empty()) field("because", escape_terminal(mutant.why));
    lines(mutant.diff, true);
    if (!survived) return;
    field("kill with", mutant.witness.empty() ? "no case was found" : "this case");
    lines(mutant.witness, false);
  }

  void field(std::string_view label, const std::string& words) {
    out_ += layout_.label(label) + layout_.wrap(words, kMargin) + "\n";
  }

  // Text of several lines, indented; a diff in its colours.
  void lines(const std::string& text, bool diff) {
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      const std::string line = escape_terminal(std::string_view(text).substr(at, end - at));
      const char sign = diff && !line.empty() ? line[0] : ' ';
      out_ += "    ";
      out_ += sign == '-'   ? layout_.paint(Style::kBad, line)
              : sign == '+' ? layout_.paint(Style::kGood, line)
                            : line;
      out_ += '\n';
      at = end + 1;
    }
  }

  void write_score(const gate::MutationReport& report) {
    const auto count = [&report](Fate fate) {
      return std::count_if(report.mutants.begin(), report.mutants.end(),
                           [fate](const Mutant& mutant) { return mutant.fate == fate; });
    };
    std::string line = "mutation: ";
    line += std::to_string(report.score.hit) + " of " + std::to_string(report.score.total) +
            " mutants killed";
    if (report.score.total > 0) {
      // Cut, not rounded: 99.9 % is not all of them.
      const std::uint64_t tenths = report.score.hit * 1000 / report.score.total;
      line += " (" + std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " %)";
    }
    const auto add = [&line](auto number, const char* word) {
      if (number > 0) line += ", " + std::to_string(number) + " " + word;
    };
    add(count(Fate::kSurvived), "survived");
    add(count(Fate::kEquivalent), "proved equivalent");
    add(count(Fate::kNotRun), "not run");
    if (report.generated > report.mutants.size()) {
      line += "; " + std::to_string(report.mutants.size()) + " chosen of " +
              std::to_string(report.generated) + " by seed " + std::to_string(report.seed);
    }
    if (report.budget_ended) line += "; the time budget ended";
    out_ += line + "\n";
  }

  const TestRenderOptions& options_;
  TextLayout layout_;
  std::string out_;
};

}  // namespace

std::string render_mutation_text(const gate::MutationReport& report,
                                 const TestRenderOptions& options) {
  return MutationText(options).render(report);
}

}  // namespace policysim::report
