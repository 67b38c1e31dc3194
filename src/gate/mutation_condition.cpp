// Operators on conditions.
#include <algorithm>
#include <utility>

#include "catalog/keys.hpp"
#include "gate/mutation_operators.hpp"

namespace policysim::gate {
namespace {

using catalog::ConditionOperator;
using catalog::SetOperator;
using catalog::ValueKind;
using policy::ConditionBlock;

// Nothing stays that asks for nothing.
void tidy(policy::Statement& statement) {
  auto& blocks = statement.condition;
  blocks.erase(std::remove_if(blocks.begin(), blocks.end(),
                              [](const ConditionBlock& block) { return block.conditions.empty(); }),
               blocks.end());
  if (blocks.empty()) statement.has_condition = false;
}

SourceSpan from_to(const SourceSpan& first, const SourceSpan& last) {
  return {first.source, first.begin, last.end};
}

// What the text loses when the rest of its element would be empty.
TextEdit removal(const policy::Statement& statement, std::size_t block, const SourceSpan& range) {
  const ConditionBlock& in = statement.condition[block];
  if (in.conditions.size() > 1) return {range, std::nullopt};
  return {statement.condition.size() > 1 ? in.span : statement.condition_span, std::nullopt};
}

void rename(const Site& site, std::size_t block, const ConditionOperator& op,
            std::vector<StatementEdit>& out) {
  const ConditionBlock& from = site.statement().condition[block];
  const std::string name = catalog::to_string(op);
  StatementEdit edit;
  edit.range = from.name.span;
  edit.what = "`" + from.name.value + "` becomes `" + name + "`";
  edit.text.push_back({edit.range, name});
  edit.becomes = site.statement();
  edit.becomes->condition[block].op = op;
  edit.becomes->condition[block].name.value = name;
  out.push_back(std::move(edit));
}

template <class Change>
void rename_all(const Site& site, std::vector<StatementEdit>& out, Change change) {
  const auto& blocks = site.statement().condition;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (!blocks[i].op) continue;
    ConditionOperator op = *blocks[i].op;
    if (change(op)) rename(site, i, op, out);
  }
}

bool all_multivalued(const ConditionBlock& block) {
  return std::all_of(
      block.conditions.begin(), block.conditions.end(),
      [](const policy::Condition& one) { return catalog::find_key(one.key.value).multivalued; });
}

}  // namespace

void drop_condition(const Site& site, std::vector<StatementEdit>& out) {
  if (site.statement().condition.empty()) return;
  StatementEdit edit;
  edit.range = site.statement().condition_span;
  edit.what = "`Condition` is dropped";
  edit.text.push_back({edit.range, std::nullopt});
  edit.becomes = site.statement();
  edit.becomes->condition.clear();
  tidy(*edit.becomes);
  out.push_back(std::move(edit));
}

void drop_operator(const Site& site, std::vector<StatementEdit>& out) {
  const auto& blocks = site.statement().condition;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    StatementEdit edit;
    edit.range = blocks[i].span;
    edit.what = "`" + blocks[i].name.value + "` is dropped";
    edit.text.push_back(
        {blocks.size() > 1 ? edit.range : site.statement().condition_span, std::nullopt});
    edit.becomes = site.statement();
    edit.becomes->condition[i].conditions.clear();
    tidy(*edit.becomes);
    out.push_back(std::move(edit));
  }
}

void drop_key(const Site& site, std::vector<StatementEdit>& out) {
  const auto& blocks = site.statement().condition;
  for (std::size_t b = 0; b < blocks.size(); ++b) {
    for (std::size_t k = 0; k < blocks[b].conditions.size(); ++k) {
      const policy::Condition& one = blocks[b].conditions[k];
      StatementEdit edit;
      edit.range = from_to(one.key.span, one.values.span);
      edit.what = "`" + blocks[b].name.value + "` of `" + one.key.value + "` is dropped";
      edit.text.push_back(removal(site.statement(), b, edit.range));
      edit.becomes = site.statement();
      auto& keys = edit.becomes->condition[b].conditions;
      keys.erase(keys.begin() + static_cast<std::ptrdiff_t>(k));
      tidy(*edit.becomes);
      out.push_back(std::move(edit));
    }
  }
}

void negate_operator(const Site& site, std::vector<StatementEdit>& out) {
  rename_all(site, out, [](ConditionOperator& op) {
    op.negated = !op.negated;
    return !op.info().negated.empty();
  });
}

void toggle_if_exists(const Site& site, std::vector<StatementEdit>& out) {
  rename_all(site, out, [](ConditionOperator& op) {
    op.if_exists = !op.if_exists;
    return op.info().kind != ValueKind::kNull;
  });
}

// A set operator is added where the catalogue says that the key has several values.
void change_set_operator(const Site& site, std::vector<StatementEdit>& out) {
  const auto& blocks = site.statement().condition;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (!blocks[i].op || blocks[i].op->info().kind == ValueKind::kNull) continue;
    for (const SetOperator set :
         {SetOperator::kForAllValues, SetOperator::kForAnyValue, SetOperator::kNone}) {
      ConditionOperator op = *blocks[i].op;
      const bool added = op.set == SetOperator::kNone;
      if (op.set == set || (added && !all_multivalued(blocks[i]))) continue;
      op.set = set;
      rename(site, i, op, out);
    }
  }
}

// ArnLike and ArnEquals are one operator.
void like_to_equals(const Site& site, std::vector<StatementEdit>& out) {
  rename_all(site, out, [](ConditionOperator& op) {
    const catalog::OperatorRow& row = op.info();
    if (row.kind != ValueKind::kString || row.comparison != catalog::Comparison::kLike) {
      return false;
    }
    const auto equals = catalog::parse_operator("StringEquals");
    op.row = equals->row;
    return true;
  });
}

}  // namespace policysim::gate
