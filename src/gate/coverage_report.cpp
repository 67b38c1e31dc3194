#include "gate/coverage_report.hpp"

namespace policysim::gate {
namespace {

void add_items(const StatementCoverage& statement, CoverageRatios& out) {
  for (const CoverageItem& item : statement.items) {
    const bool element = item.kind != ItemKind::kCondition && item.kind != ItemKind::kVariable;
    Ratio& ratio = element ? out.elements
                           : (item.kind == ItemKind::kVariable ? out.variables : out.conditions);
    for (const ItemOutcome& outcome : item.outcomes) ratio.count(outcome.count > 0);
  }
}

void add(Ratio& to, const Ratio& ratio) noexcept {
  to.hit += ratio.hit;
  to.total += ratio.total;
}

}  // namespace

void CoverageRatios::add(const CoverageRatios& other) noexcept {
  gate::add(statements, other.statements);
  gate::add(conditions, other.conditions);
  gate::add(elements, other.elements);
  gate::add(variables, other.variables);
  gate::add(effects, other.effects);
}

CoverageRatios ratios_of(const PolicyCoverage& policy) {
  CoverageRatios out;
  bool allows = false, denies = false;
  for (const StatementCoverage& statement : policy.statements) {
    if (!statement.excluded.empty()) continue;
    (statement.deny ? denies : allows) = true;
    out.statements.count(statement.decisive > 0);
    add_items(statement, out);
  }
  if (allows) out.effects.count(policy.decided_allow);
  if (denies) out.effects.count(policy.decided_deny);
  return out;
}

}  // namespace policysim::gate
