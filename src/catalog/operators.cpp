#include "catalog/operators.hpp"

#include <array>
#include <cstddef>
#include <vector>

#include "base/ascii.hpp"
#include "base/edit_distance.hpp"

namespace policysim::catalog {
namespace {

// Sections of the page on condition operators.
constexpr std::string_view kString =
    "reference_policies_elements_condition_operators#Conditions_String";
constexpr std::string_view kNumeric =
    "reference_policies_elements_condition_operators#Conditions_Numeric";
constexpr std::string_view kDate =
    "reference_policies_elements_condition_operators#Conditions_Date";
constexpr std::string_view kBool =
    "reference_policies_elements_condition_operators#Conditions_Boolean";
constexpr std::string_view kBinary =
    "reference_policies_elements_condition_operators#Conditions_BinaryEquals";
constexpr std::string_view kIpAddress =
    "reference_policies_elements_condition_operators#Conditions_IPAddress";
constexpr std::string_view kArn = "reference_policies_elements_condition_operators#Conditions_ARN";
constexpr std::string_view kNull =
    "reference_policies_elements_condition_operators#Conditions_Null";

using C = Comparison;
using K = ValueKind;
using V = VariableUse;

// ArnEquals and ArnLike behave the same: both take wildcards.
constexpr std::array kOperators = {
    OperatorRow{"StringEquals", "StringNotEquals", K::kString, C::kEquals, V::kYes, kString},
    OperatorRow{"StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", K::kString,
                C::kEqualsIgnoreCase, V::kYes, kString},
    OperatorRow{"StringLike", "StringNotLike", K::kString, C::kLike, V::kYes, kString},
    OperatorRow{"NumericEquals", "NumericNotEquals", K::kNumeric, C::kEquals, V::kNo, kNumeric},
    OperatorRow{"NumericLessThan", "", K::kNumeric, C::kLessThan, V::kNo, kNumeric},
    OperatorRow{"NumericLessThanEquals", "", K::kNumeric, C::kLessThanEquals, V::kNo, kNumeric},
    OperatorRow{"NumericGreaterThan", "", K::kNumeric, C::kGreaterThan, V::kNo, kNumeric},
    OperatorRow{"NumericGreaterThanEquals", "", K::kNumeric, C::kGreaterThanEquals, V::kNo,
                kNumeric},
    OperatorRow{"DateEquals", "DateNotEquals", K::kDate, C::kEquals, V::kNo, kDate},
    OperatorRow{"DateLessThan", "", K::kDate, C::kLessThan, V::kNo, kDate},
    OperatorRow{"DateLessThanEquals", "", K::kDate, C::kLessThanEquals, V::kNo, kDate},
    OperatorRow{"DateGreaterThan", "", K::kDate, C::kGreaterThan, V::kNo, kDate},
    OperatorRow{"DateGreaterThanEquals", "", K::kDate, C::kGreaterThanEquals, V::kNo, kDate},
    OperatorRow{"Bool", "", K::kBool, C::kEquals, V::kAmbiguous, kBool},
    OperatorRow{"BinaryEquals", "", K::kBinary, C::kEquals, V::kNo, kBinary},
    OperatorRow{"IpAddress", "NotIpAddress", K::kIpAddress, C::kEquals, V::kNo, kIpAddress},
    OperatorRow{"ArnEquals", "ArnNotEquals", K::kArn, C::kLike, V::kYes, kArn},
    OperatorRow{"ArnLike", "ArnNotLike", K::kArn, C::kLike, V::kYes, kArn},
    OperatorRow{"Null", "", K::kNull, C::kEquals, V::kNo, kNull},
};

constexpr std::string_view kIfExists = "IfExists";

// Indexed by SetOperator.
constexpr std::array<std::string_view, 3> kSetOperators = {"", "ForAllValues", "ForAnyValue"};

bool ends_with_if_exists(std::string_view text) noexcept {
  return text.size() >= kIfExists.size() &&
         base::equals_ignore_case(text.substr(text.size() - kIfExists.size()), kIfExists);
}

std::optional<SetOperator> parse_set_operator(std::string_view text) noexcept {
  for (const SetOperator set : {SetOperator::kForAllValues, SetOperator::kForAnyValue}) {
    if (base::equals_ignore_case(text, kSetOperators[static_cast<std::size_t>(set)])) return set;
  }
  return std::nullopt;
}

// The row and the negation of a bare name.
std::optional<ConditionOperator> parse_name(std::string_view name) noexcept {
  if (name.empty()) return std::nullopt;
  for (std::size_t row = 0; row < kOperators.size(); ++row) {
    const bool negated = base::equals_ignore_case(name, kOperators[row].negated);
    if (negated || base::equals_ignore_case(name, kOperators[row].name)) {
      ConditionOperator op;
      op.row = static_cast<std::uint8_t>(row);
      op.negated = negated;
      return op;
    }
  }
  return std::nullopt;
}

// Every name that may stand behind a set operator.
std::vector<std::string> spellings() {
  std::vector<std::string> out;
  for (const OperatorRow& row : kOperators) {
    for (const std::string_view name : {row.name, row.negated}) {
      if (name.empty()) continue;
      out.emplace_back(name);
      if (row.kind != ValueKind::kNull) out.push_back(std::string(name) + std::string(kIfExists));
    }
  }
  return out;
}

std::string nearest_spelling(std::string_view name) {
  if (ends_with_if_exists(name)) {
    const auto op = parse_name(name.substr(0, name.size() - kIfExists.size()));
    if (op && op->info().kind == ValueKind::kNull) return std::string(op->info().name);
  }
  const std::vector<std::string> names = spellings();
  const std::vector<std::string_view> views(names.begin(), names.end());
  return base::nearest(name, views);
}

}  // namespace

std::span<const OperatorRow> operators() noexcept { return kOperators; }

std::optional<ConditionOperator> parse_operator(std::string_view text) noexcept {
  SetOperator set = SetOperator::kNone;
  if (const std::size_t colon = text.find(':'); colon != std::string_view::npos) {
    const std::optional<SetOperator> parsed = parse_set_operator(text.substr(0, colon));
    if (!parsed) return std::nullopt;
    set = *parsed;
    text.remove_prefix(colon + 1);
  }
  const bool if_exists = ends_with_if_exists(text);
  if (if_exists) text.remove_suffix(kIfExists.size());
  std::optional<ConditionOperator> op = parse_name(text);
  if (!op || (if_exists && op->info().kind == ValueKind::kNull)) return std::nullopt;
  op->set = set;
  op->if_exists = if_exists;
  return op;
}

std::string to_string(const ConditionOperator& op) {
  std::string out;
  if (op.set != SetOperator::kNone) {
    out += kSetOperators[static_cast<std::size_t>(op.set)];
    out += ':';
  }
  out += op.negated ? op.info().negated : op.info().name;
  if (op.if_exists) out += kIfExists;
  return out;
}

std::string_view describe(ValueKind kind) noexcept {
  switch (kind) {
    case ValueKind::kString:
      return "a string";
    case ValueKind::kNumeric:
      return "a number such as `10` or `2.5`";
    case ValueKind::kDate:
      return "a date such as `2026-01-31T12:00:00Z`, or seconds since 1970";
    case ValueKind::kBool:
    case ValueKind::kNull:
      return "`true` or `false`";
    case ValueKind::kBinary:
      return "Base64 text";
    case ValueKind::kIpAddress:
      return "an address or range such as `203.0.113.0/24`";
    case ValueKind::kArn:
      return "an ARN with six parts";
  }
  return {};
}

std::string suggest_operator(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return nearest_spelling(text);
  const std::string set = base::nearest(text.substr(0, colon), std::span(kSetOperators).subspan(1));
  const std::string name = nearest_spelling(text.substr(colon + 1));
  return set.empty() || name.empty() ? std::string() : set + ":" + name;
}

}  // namespace policysim::catalog
