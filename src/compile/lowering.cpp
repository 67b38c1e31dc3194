#include "compile/lowering.hpp"

#include "base/ascii.hpp"

namespace policysim::compile {

using program::StatementRow;

namespace {

bool hidden_in_key_policies(std::string_view folded) {
  return folded.substr(0, 16) == "aws:resourcetag/" || folded == "kms:resourcealiases";
}

bool holds_hidden_variable(const policy::Texts& texts) {
  for (const policy::Text& text : texts.values) {
    for (const policy::Piece& piece : policy::split_variables(text.value, true)) {
      const bool variable = piece.kind == policy::Piece::Kind::kVariable;
      if (variable && hidden_in_key_policies(base::lower(piece.text))) return true;
    }
  }
  return false;
}

bool reads_hidden_key(const policy::Statement& statement) {
  if (statement.resource && holds_hidden_variable(statement.resource->texts)) return true;
  for (const policy::ConditionBlock& block : statement.condition) {
    for (const policy::Condition& condition : block.conditions) {
      if (hidden_in_key_policies(base::lower(condition.key.value))) return true;
      if (holds_hidden_variable(condition.values)) return true;
    }
  }
  return false;
}

}  // namespace

bool Lowering::is_reading(catalog::Option option, std::string_view reading) const noexcept {
  const catalog::OptionRow& row = catalog::semantics_options()[static_cast<std::size_t>(option)];
  return row.readings[program_.readings[option]] == reading;
}

std::string_view Lowering::keep(std::string_view text) {
  if (const auto found = texts_.find(text); found != texts_.end()) return found->second;
  const std::string_view kept = program_.texts.emplace_back(text);
  texts_.emplace(kept, kept);
  return kept;
}

std::uint32_t Lowering::new_key(std::string_view name, std::string folded) {
  const auto id = static_cast<std::uint32_t>(program_.keys.size());
  program::Key row;
  row.name = keep(name);
  row.folded = keep(folded);
  const auto [entry, first] = program_.key_of_folded.emplace(row.folded, id);
  if (!first) {
    row.next_spelling = program_.keys[entry->second].next_spelling;
    program_.keys[entry->second].next_spelling = id;
  }
  program_.keys.push_back(row);
  return id;
}

// Key policies do not see tags and aliases of their key: such a key is one that no request can
// have, since its folded name starts with a NUL.
std::uint32_t Lowering::key(std::string_view name, const Scope& scope) {
  std::string folded = base::lower(name);
  std::string spelling(name);
  const bool hidden = scope.type == PolicyType::kKey && hidden_in_key_policies(folded) &&
                      is_reading(catalog::Option::kKmsResourceTagsInKeyPolicy, "off");
  if (hidden) {
    folded.insert(0, 1, '\0');
    spelling.insert(0, 1, '\0');
  }
  if (const auto found = keys_.find(spelling); found != keys_.end()) return found->second;
  const std::uint32_t id = new_key(name, std::move(folded));
  keys_.emplace(std::move(spelling), id);
  return id;
}

void Lowering::actions(const policy::Element& element, StatementRow& row) {
  if (element.negated) row.flags |= StatementRow::kNotAction;
  row.first_action = static_cast<std::uint32_t>(program_.action_lists.size());
  for (const policy::Text& text : element.texts.values) {
    program_.action_lists.push_back(program_.actions.add(text.value));
  }
  row.action_count = static_cast<std::uint32_t>(element.texts.values.size());
}

std::uint32_t Lowering::statement(const policy::Statement& statement, const Scope& scope) {
  StatementRow row;
  row.type = scope.type;
  if (statement.effect == policy::Effect::kDeny) row.flags |= StatementRow::kDeny;
  actions(statement.action, row);
  principal(statement, scope, row);
  resource(statement, scope, row);
  conditions(statement, scope, row);
  if (scope.type == PolicyType::kKey && reads_hidden_key(statement)) {
    row.touched |= catalog::bit(catalog::Option::kKmsResourceTagsInKeyPolicy);
  }
  const auto id = static_cast<std::uint32_t>(program_.statements.size());
  program_.statements.push_back(row);
  return id;
}

}  // namespace policysim::compile
