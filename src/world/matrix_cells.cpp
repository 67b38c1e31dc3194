// The cells of a matrix: which there are, what is expected of them, and the case of each.
#include <algorithm>
#include <utility>

#include "world/matrix.hpp"
#include "world/matrix_when.hpp"

namespace policysim::world {
namespace {

using text::Node;

constexpr std::uint32_t kNone = Cell::kNoOutcome;

class CellLister {
 public:
  CellLister(const Fixture& fixture, Interpolator& names, Matrix& matrix, Findings& findings)
      : matrix_(matrix), findings_(findings), when_(fixture, names, matrix) {}

  void run() {
    std::vector<bool> reached(matrix_.rules.size(), false);
    const auto size = static_cast<std::uint32_t>(*combinations(matrix_));
    for (std::uint32_t number = 0; number < size && !findings_.failed(); ++number) {
      const Chosen chosen = chosen_values(matrix_, number);
      if (!excluded(chosen)) add(number, chosen, reached);
    }
    if (findings_.failed()) return;  // rules and cells are not what is meant
    check_covered();
    for (std::size_t i = 0; i < reached.size(); ++i) {
      if (reached[i]) continue;
      findings_.error("PS2210", matrix_.rules[i].span,
                      "no cell of " + in_ticks(matrix_.head.id) + " reaches this rule",
                      "rules before it, or exclusions, take all its cells");
    }
  }

 private:
  bool excluded(const Chosen& chosen) {
    return std::any_of(matrix_.exclude.begin(), matrix_.exclude.end(),
                       [&](const When& when) { return when_.holds(when, chosen, findings_); });
  }

  void add(std::uint32_t number, const Chosen& chosen, std::vector<bool>& reached) {
    Cell cell{number, kNone};
    if (matrix_.table) {
      const Table& table = *matrix_.table;
      const std::size_t width = matrix_.dimensions[table.columns].values.size();
      cell.outcome = table.outcomes[chosen[table.rows] * width + chosen[table.columns]];
      if (cell.outcome == Table::kNoCell) return;
    }
    for (std::size_t i = 0; i < matrix_.rules.size(); ++i) {
      if (!when_.holds(matrix_.rules[i].when, chosen, findings_)) continue;
      reached[i] = true;
      cell.outcome = matrix_.rules[i].outcome;
      break;
    }
    matrix_.cells.push_back(cell);
  }

  void check_covered() {
    if (matrix_.rules.empty()) return;
    std::size_t bare = 0;
    std::string first;
    for (const Cell& cell : matrix_.cells) {
      if (cell.outcome != kNone) continue;
      if (bare++ == 0) first = cell_id(matrix_, cell);
    }
    if (bare == 0) return;
    findings_.error("PS2209", matrix_.head.span,
                    bare == 1 ? "no rule covers the cell " + in_ticks(first)
                              : "no rule covers " + std::to_string(bare) + " cells, the first is " +
                                    in_ticks(first),
                    "end the list with a rule without `when`");
  }

  Matrix& matrix_;
  Findings& findings_;
  WhenEvaluator when_;
};

// Words for people: all names are resolved.
void expand_words(std::string& words, CellScope& scope, Interpolator& names, const SourceSpan& span,
                  Findings& findings) {
  if (words.find(kInterpolationOpen) == std::string::npos) return;
  Node node = string_node(scope.expand_text(words, span, findings));
  node.span = span;
  names.renew();
  names.expand(node, findings);
  words = node.text;
}

// `because` of a rule joins what the rule expects.
Node expected(const Outcome& outcome, CellScope& scope, Findings& findings) {
  Node out = outcome.expect;
  scope.expand(out, findings);
  if (outcome.because.empty()) return out;
  if (!out.is_map()) {
    Node map;
    map.kind = text::NodeKind::kMap;
    map.span = out.span;
    map.members.push_back({"decision", out.span, std::move(out)});
    out = std::move(map);
  }
  if (out.find("because") == nullptr) {
    out.members.push_back({"because", outcome.span, string_node(outcome.because)});
  }
  return out;
}

}  // namespace

void list_cells(const Fixture& fixture, Interpolator& names, Matrix& matrix, Findings& findings) {
  CellLister(fixture, names, matrix, findings).run();
}

Result<Case> cell_case(Interpolator& names, const Matrix& matrix, const Cell& cell) {
  Findings findings;
  const Chosen chosen = chosen_values(matrix, cell.number);
  CellScope scope(matrix, chosen, names);
  Case out = matrix.head;
  out.id = cell_id(matrix, cell);
  for (std::string* words : {&out.name, &out.skip, &out.todo}) {
    expand_words(*words, scope, names, out.span, findings);
  }
  out.patches = cell_patches(matrix, scope, chosen, findings);
  for (Step& step : out.steps) {
    if (step.patch != nullptr && has_interpolation(*step.patch)) {
      auto patch = std::make_shared<Node>(*step.patch);
      scope.expand_patch(*patch, findings);
      step.patch = std::move(patch);
    }
    for (Node& request : step.requests) scope.expand(request, findings);
  }
  if (cell.outcome != Cell::kNoOutcome) {
    out.expect = expected(matrix.outcomes[cell.outcome], scope, findings);
  }
  if (findings.failed()) return findings.to_error();
  return out;
}

}  // namespace policysim::world
