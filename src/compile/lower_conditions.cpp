// Condition blocks -> predicates.
#include <algorithm>

#include "base/ascii.hpp"
#include "compile/lowering.hpp"
#include "values/base64.hpp"

namespace policysim::compile {

using catalog::Comparison;
using catalog::ConditionOperator;
using catalog::Option;
using catalog::SetOperator;
using catalog::ValueKind;
using program::kNone;
using program::Predicate;
using program::StatementRow;

namespace {

constexpr std::uint32_t kSortFrom = 8;  // operands; below, scanning is faster than searching

template <class T>
std::uint32_t append(std::vector<T>& list, const T& value) {
  list.push_back(value);
  return static_cast<std::uint32_t>(list.size() - 1);
}

bool has_variable(std::string_view text, const Scope& scope) {
  for (const policy::Piece& piece : policy::split_variables(text, scope.version_2012)) {
    if (piece.kind == policy::Piece::Kind::kVariable) return true;
  }
  return false;
}

PatternMode mode_of(const catalog::OperatorRow& info) {
  if (info.kind == ValueKind::kArn) return PatternMode::kArn;
  return info.comparison == Comparison::kLike ? PatternMode::kLike : PatternMode::kExact;
}

// The cheapest tests come first: constants before variables, few operands before many.
std::uint32_t cost(const program::Program& program, const Predicate& predicate) {
  const bool patterns = predicate.kind == ValueKind::kString || predicate.kind == ValueKind::kArn;
  std::uint32_t sum = predicate.has(Predicate::kSorted) ? 4 : std::min(predicate.count, 64U);
  for (std::uint32_t i = 0; patterns && i < std::min(predicate.count, 16U); ++i) {
    const auto kind = program.patterns[program.operands[predicate.first + i]].kind;
    if (kind == program::Pattern::Kind::kGlob) sum += 2;
    if (kind == program::Pattern::Kind::kVariables) sum += 8;
  }
  return sum;
}

}  // namespace

// A condition that always, or never, holds: `Null` of a key that no request has.
std::uint32_t Lowering::constant(bool holds) {
  const std::string name = holds ? "C1" : "C0";
  if (const auto found = nodes_.find(name); found != nodes_.end()) return found->second.id;
  const std::string spelling("\0constant", 9);
  auto known = keys_.find(spelling);
  if (known == keys_.end()) known = keys_.emplace(spelling, new_key(spelling, spelling)).first;
  Predicate out;
  out.key = known->second;
  out.kind = ValueKind::kNull;
  out.flags = holds ? Predicate::kWantTrue : Predicate::kWantFalse;
  const std::uint32_t id = append(program_.predicates, out);
  nodes_.emplace(name, Node{id, 0});
  return id;
}

void Lowering::operand(const catalog::OperatorRow& info, std::string_view text, const Scope& scope,
                       Predicate& out, std::vector<std::uint32_t>& operands,
                       catalog::OptionSet& touched) {
  switch (info.kind) {
    case ValueKind::kString:
      operands.push_back(pattern(text, mode_of(info), scope));
      break;
    case ValueKind::kArn: {
      const bool stars = !text.empty() && text.find_first_not_of('*') == std::string_view::npos;
      if (stars) touched |= catalog::bit(Option::kArnAllStar);
      if (stars && is_reading(Option::kArnAllStar, "never")) break;
      operands.push_back(pattern(text, PatternMode::kArn, scope));
      break;
    }
    case ValueKind::kBinary:
      if (values::is_base64(text)) {
        operands.push_back(pattern(text, PatternMode::kExact, {scope.type, false}));
      }
      break;
    case ValueKind::kBool:
      if (has_variable(text, scope)) {
        touched |= catalog::bit(Option::kVariableInBool);
        operands.push_back(pattern(text, PatternMode::kExact, scope));
        break;
      }
      [[fallthrough]];
    case ValueKind::kNull:
      if (base::equals_ignore_case(text, "true")) out.flags |= Predicate::kWantTrue;
      if (base::equals_ignore_case(text, "false")) out.flags |= Predicate::kWantFalse;
      break;
    case ValueKind::kNumeric: {
      const bool exponent = is_reading(Option::kNumberExponent, "number");
      const bool number = values::parse_decimal(text, exponent).has_value();
      if (values::parse_decimal(text, !exponent).has_value() != number) {
        touched |= catalog::bit(Option::kNumberExponent);
      }
      if (!number) break;
      operands.push_back(append(program_.decimals, *values::parse_decimal(keep(text), exponent)));
      break;
    }
    case ValueKind::kDate: {
      const bool epoch = is_reading(Option::kDateFourDigits, "epoch");
      if (const auto instant = values::parse_timestamp(keep(text), epoch)) {
        operands.push_back(append(program_.instants, *instant));
      }
      if (text.size() == 4) touched |= catalog::bit(Option::kDateFourDigits);
      break;
    }
    case ValueKind::kIpAddress:
      if (const auto prefix = values::parse_ip_prefix(text)) {
        operands.push_back(append(program_.prefixes, *prefix));
      }
      break;
  }
}

void Lowering::add_operands(const catalog::OperatorRow& info, std::vector<std::uint32_t> operands,
                            Predicate& out) {
  const auto literal = [&](std::uint32_t id) {
    const program::Pattern& pattern = program_.patterns[id];
    return pattern.kind == program::Pattern::Kind::kLiteral && !pattern.never;
  };
  if (info.kind == ValueKind::kString && info.comparison == Comparison::kEquals &&
      operands.size() > kSortFrom && std::all_of(operands.begin(), operands.end(), literal)) {
    const auto text = [&](std::uint32_t id) {
      const program::Pattern& pattern = program_.patterns[id];
      return pattern.count == 0 ? std::string_view{} : program_.tokens[pattern.first].glob.text;
    };
    std::sort(operands.begin(), operands.end(),
              [&](std::uint32_t a, std::uint32_t b) { return text(a) < text(b); });
    out.flags |= Predicate::kSorted;
  }
  out.first = static_cast<std::uint32_t>(program_.operands.size());
  out.count = static_cast<std::uint32_t>(operands.size());
  program_.operands.insert(program_.operands.end(), operands.begin(), operands.end());
}

Lowering::Node Lowering::predicate(const ConditionOperator& op, const policy::Condition& condition,
                                   const Scope& scope) {
  const catalog::OperatorRow& info = op.info();
  if (info.kind == ValueKind::kNull && op.set != SetOperator::kNone) {
    return {constant(op.set == SetOperator::kForAllValues), 0};
  }
  Predicate out;
  out.key = key(condition.key.value, scope);
  out.kind = info.kind;
  out.comparison = info.comparison;
  out.set = op.set;
  if (op.negated) out.flags |= Predicate::kNegated;
  if (op.if_exists) out.flags |= Predicate::kIfExists;
  if (condition.values.values.empty()) out.flags |= Predicate::kNoValues;
  std::string name = "c" + std::to_string(out.key);
  for (const unsigned attribute :
       {unsigned{op.row}, static_cast<unsigned>(op.set), unsigned{out.flags},
        scope.version_2012 ? 1U : 0U, scope.type == PolicyType::kKey ? 1U : 0U}) {
    name += ',' + std::to_string(attribute);
  }
  for (const policy::Text& value : condition.values.values) {
    name += '\0';
    name += value.value;
  }
  if (const auto found = nodes_.find(name); found != nodes_.end()) return found->second;
  Node node;
  if (out.has(Predicate::kNoValues)) node.touched |= catalog::bit(Option::kConditionEmptyValues);
  std::vector<std::uint32_t> operands;
  for (const policy::Text& value : condition.values.values) {
    operand(info, value.value, scope, out, operands, node.touched);
  }
  add_operands(info, std::move(operands), out);
  const unsigned kind = 1U << static_cast<unsigned>(info.kind);
  program_.keys[out.key].kinds = static_cast<std::uint8_t>(program_.keys[out.key].kinds | kind);
  node.id = append(program_.predicates, out);
  nodes_.emplace(std::move(name), node);
  return node;
}

void Lowering::conditions(const policy::Statement& statement, const Scope& scope,
                          StatementRow& row) {
  std::vector<std::uint32_t> list;
  for (const policy::ConditionBlock& block : statement.condition) {
    if (!block.op) {
      list.push_back(constant(false));
    } else if (block.conditions.empty()) {
      row.touched |= catalog::bit(Option::kConditionEmptyOperator);
      if (is_reading(Option::kConditionEmptyOperator, "false")) list.push_back(constant(false));
    }
    for (const policy::Condition& condition : block.conditions) {
      if (!block.op) continue;
      const Node node = predicate(*block.op, condition, scope);
      list.push_back(node.id);
      row.touched |= node.touched;
    }
  }
  std::stable_sort(list.begin(), list.end(), [&](std::uint32_t a, std::uint32_t b) {
    return cost(program_, program_.predicates[a]) < cost(program_, program_.predicates[b]);
  });
  row.first_condition = static_cast<std::uint32_t>(program_.condition_lists.size());
  row.condition_count = static_cast<std::uint32_t>(list.size());
  program_.condition_lists.insert(program_.condition_lists.end(), list.begin(), list.end());
}

}  // namespace policysim::compile
