// THE table of condition operators. Set operator, negation and IfExists are attributes that are
// parsed off generically, never operators of their own.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace policysim::catalog {

enum class ValueKind : std::uint8_t {
  kString,
  kNumeric,
  kDate,
  kBool,
  kBinary,
  kIpAddress,
  kArn,
  kNull
};
enum class Comparison : std::uint8_t {
  kEquals,
  kEqualsIgnoreCase,
  kLike,
  kLessThan,
  kLessThanEquals,
  kGreaterThan,
  kGreaterThanEquals
};
enum class SetOperator : std::uint8_t { kNone, kForAllValues, kForAnyValue };
enum class VariableUse : std::uint8_t { kNo, kYes, kAmbiguous };

struct OperatorRow {
  std::string_view name;     // "StringEquals"
  std::string_view negated;  // "StringNotEquals", or empty
  ValueKind kind;
  Comparison comparison;
  VariableUse variables;
  std::string_view source;  // page of the IAM User Guide
};

std::span<const OperatorRow> operators() noexcept;

struct ConditionOperator {
  std::uint8_t row = 0;
  SetOperator set = SetOperator::kNone;
  bool negated = false;
  bool if_exists = false;

  const OperatorRow& info() const noexcept { return operators()[row]; }
  // Is it written for keys that may be missing: `Null`, or with `IfExists`?
  bool bears_absence() const noexcept { return if_exists || info().kind == ValueKind::kNull; }
  // What else a condition on an absent key is (language.md 6.2).
  bool holds_without_key() const noexcept {
    return set == SetOperator::kNone ? negated : set == SetOperator::kForAllValues;
  }
  friend bool operator==(const ConditionOperator&, const ConditionOperator&) = default;
};

// "ForAnyValue:stringlikeIfExists" and the like, case-insensitively. None: unknown operator or set
// operator, or NullIfExists.
std::optional<ConditionOperator> parse_operator(std::string_view text) noexcept;
// What values of a kind look like: "a number such as `10` or `2.5`".
std::string_view describe(ValueKind kind) noexcept;
// Canonical spelling.
std::string to_string(const ConditionOperator& op);
// Nearest known operator for "did you mean", or empty.
std::string suggest_operator(std::string_view text);

}  // namespace policysim::catalog
