#include <optional>
#include <string>

#include "policy/elements.hpp"

namespace policysim::policy {
namespace {

names::ActionKeys keys_of(const Element& action, Context& context) {
  names::ActionKeys out;
  if (action.negated) out.add_any();
  for (const Text& text : action.texts.values) context.names.add_keys(text.value, out);
  return out;
}

}  // namespace

void check_condition_keys(const Statement& statement, Context& context) {
  std::optional<names::ActionKeys> keys;
  for (const ConditionBlock& block : statement.condition) {
    for (const Condition& condition : block.conditions) {
      const Text& key = condition.key;
      if (context.findings.full()) return;
      if (key.value.find("${") != std::string::npos) continue;  // reported: no variables here
      if (const auto found = context.names.key(key.value)) {
        context.findings.add("PS1218", key.span, found->message, found->help);
      } else if (block.op && !block.op->bears_absence()) {
        if (!keys) keys = keys_of(statement.action, context);
        if (!context.names.never_carried(*keys, key.value)) continue;
        const std::string always = block.op->holds_without_key() ? "always" : "never";
        context.findings.add("PS1219", key.span,
                             "no action of the statement carries " + quoted(key.value) +
                                 ": the condition " + always + " holds",
                             context.names.carriers(key.value));
      }
    }
  }
}

}  // namespace policysim::policy
