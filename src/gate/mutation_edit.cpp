#include "gate/mutation_edit.hpp"

#include <utility>

namespace policysim::gate {

using Part = ListAt::Part;

std::vector<ListAt> lists_of(const policy::Statement& statement) {
  std::vector<ListAt> out;
  if (statement.principal) {
    for (std::size_t i = 0; i < statement.principal->entries.size(); ++i) {
      out.push_back({Part::kPrincipal, i, 0});
    }
  }
  out.push_back({Part::kAction, 0, 0});
  if (statement.resource) out.push_back({Part::kResource, 0, 0});
  for (std::size_t b = 0; b < statement.condition.size(); ++b) {
    for (std::size_t k = 0; k < statement.condition[b].conditions.size(); ++k) {
      out.push_back({Part::kCondition, b, k});
    }
  }
  return out;
}

const policy::Texts& list_at(const policy::Statement& statement, const ListAt& at) {
  switch (at.part) {
    case Part::kAction:
      break;
    case Part::kResource:
      return statement.resource->texts;
    case Part::kPrincipal:
      return statement.principal->entries[at.block].texts;
    case Part::kCondition:
      return statement.condition[at.block].conditions[at.key].values;
  }
  return statement.action.texts;
}

policy::Texts& list_at(policy::Statement& statement, const ListAt& at) {
  return const_cast<policy::Texts&>(list_at(std::as_const(statement), at));
}

bool takes_wildcards(const policy::Statement& statement, const ListAt& at) {
  if (at.part != Part::kCondition) return at.part != Part::kPrincipal;
  const auto& op = statement.condition[at.block].op;
  return op && op->info().comparison == catalog::Comparison::kLike;
}

bool takes_variables(const Site& site, const ListAt& at) {
  if (!site.version_2012()) return false;
  if (at.part == Part::kResource) return true;
  if (at.part != Part::kCondition) return false;
  const auto& op = site.statement().condition[at.block].op;
  return op && op->info().variables != catalog::VariableUse::kNo;
}

StatementEdit change_text(const Site& site, const ListAt& at, std::size_t value, std::string as) {
  StatementEdit out;
  const policy::Text& text = list_at(site.statement(), at).values[value];
  out.range = text.span;
  out.what = "`" + text.value + "` becomes `" + as + "`";
  out.text.push_back({text.span, as});
  out.becomes = site.statement();
  list_at(*out.becomes, at).values[value].value = std::move(as);
  return out;
}

}  // namespace policysim::gate
