#include <optional>
#include <string>

#include "catalog/keys.hpp"
#include "policy/elements.hpp"
#include "policy/names.hpp"
#include "policy/statement_keys.hpp"

namespace policysim::policy {
namespace {

// `IfExists` and `Null` are written for keys that may be missing.
bool bears_absence(const catalog::ConditionOperator& op) noexcept {
  return op.if_exists || op.info().kind == catalog::ValueKind::kNull;
}

// What a condition on an absent key is (language.md 6.2).
bool holds_without_key(const catalog::ConditionOperator& op) noexcept {
  if (op.set != catalog::SetOperator::kNone) return op.set == catalog::SetOperator::kForAllValues;
  return op.negated;
}

void check_carried(const Statement& statement, const catalog::ConditionOperator& op,
                   const Text& key, std::optional<StatementKeys>& carried, Context& context) {
  if (bears_absence(op)) return;
  if (!carried) carried.emplace(statement.action, context);
  if (carried->can_carry(key.value)) return;
  context.findings.add("PS1219", key.span,
                       "no action of the statement carries " + quoted(key.value) +
                           ": the condition " + (holds_without_key(op) ? "always" : "never") +
                           " holds",
                       context.suggest() == Suggest::kYes ? carriers_of(key.value) : std::string());
}

}  // namespace

void check_condition_keys(const Statement& statement, Context& context) {
  std::optional<StatementKeys> carried;
  for (const ConditionBlock& block : statement.condition) {
    for (const Condition& condition : block.conditions) {
      const Text& key = condition.key;
      if (context.findings.full()) return;
      if (key.value.find("${") != std::string::npos) continue;  // reported: no variables here
      const catalog::KeyInfo info = catalog::find_key(key.value);
      if (const auto found = check_key_name(key.value, context.suggest())) {
        context.findings.add("PS1218", key.span, found->message, found->help);
      } else if (block.op && info.known && !info.anywhere) {
        check_carried(statement, *block.op, key, carried, context);
      }
    }
  }
}

}  // namespace policysim::policy
