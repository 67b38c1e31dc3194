// Conditions: language.md 6. Part of machine.cpp.
#pragma once

#include <algorithm>

#include "base/ascii.hpp"
#include "eval/machine.hpp"
#include "values/base64.hpp"
#include "values/fold.hpp"

namespace policysim::eval {

constexpr program::Verdict kNoVerdict{program::Tri::kNo, program::Tri::kNo};
constexpr program::Verdict kYesVerdict{program::Tri::kYes, program::Tri::kYes};
constexpr program::Verdict kUnknownVerdict{program::Tri::kUnknown, program::Tri::kUnknown};

inline bool all_empty(const BoundValue& value) noexcept {
  return std::all_of(value.texts, value.texts + value.count,
                     [](const std::string& text) { return text.empty(); });
}

inline bool is_bool(std::string_view text) noexcept {
  return base::equals_ignore_case(text, "true") || base::equals_ignore_case(text, "false");
}

template <class Rec>
program::Verdict Machine<Rec>::predicate(std::uint32_t index) {
  NodeResult& known = scratch_.predicates[index];
  if (known.epoch != scratch_.epoch) {
    known.epoch = scratch_.epoch;
    known.verdict = test(program_.predicates[index]);
  }
  return known.verdict;
}

// Is the answer the same for all texts that are none of the operands?
template <class Rec>
bool Machine<Rec>::is_plain(const program::Predicate& predicate) const noexcept {
  using catalog::ValueKind;
  if (predicate.set != catalog::SetOperator::kNone) return false;
  if (predicate.kind == ValueKind::kNull) return true;
  const bool equality =
      predicate.kind == ValueKind::kString && predicate.comparison == catalog::Comparison::kEquals;
  if (!equality && predicate.kind != ValueKind::kBool) return false;
  const std::uint32_t* const operands = program_.operands.data() + predicate.first;
  return std::all_of(operands, operands + predicate.count, [&](std::uint32_t operand) {
    return program_.patterns[operand].kind == program::Pattern::Kind::kLiteral;
  });
}

template <class Rec>
program::Verdict Machine<Rec>::test(const program::Predicate& predicate) {
  using program::Predicate;
  const BoundValue* const found = value(predicate.key);
  if constexpr (Rec::kActive) read_variables(predicate);
  if (found != nullptr && found->state == request::ValueState::kUnknown) return kUnknownVerdict;
  if (found != nullptr && found->any_other && !is_plain(predicate)) return kUnknownVerdict;
  if (predicate.kind == catalog::ValueKind::kNull) return null_test(predicate, found);
  const bool set = predicate.set != catalog::SetOperator::kNone;
  if (found == nullptr || found->count == 0 || (set && all_empty(*found))) {
    return missing(predicate);
  }
  const bool negated = predicate.has(Predicate::kNegated);
  if (predicate.has(Predicate::kNoValues)) {
    if (negated) return kYesVerdict;
    const bool holds = !set && program_.readings[catalog::Option::kConditionEmptyValues] != 0;
    return holds ? kYesVerdict : kNoVerdict;
  }
  const program::Verdict out = quantify(predicate, *found);
  if (set || found->state != request::ValueState::kList) return out;
  return pick(catalog::Option::kConditionListWithoutSetOperator, kNoVerdict, out);
}

// The key is absent, or its list is empty.
template <class Rec>
program::Verdict Machine<Rec>::missing(const program::Predicate& predicate) const noexcept {
  using program::Predicate;
  if (predicate.has(Predicate::kIfExists)) return kYesVerdict;
  switch (predicate.set) {
    case catalog::SetOperator::kForAllValues:
      return kYesVerdict;
    case catalog::SetOperator::kForAnyValue:
      return kNoVerdict;
    case catalog::SetOperator::kNone:
      return predicate.has(Predicate::kNegated) ? kYesVerdict : kNoVerdict;
  }
  return kNoVerdict;
}

template <class Rec>
program::Verdict Machine<Rec>::null_test(const program::Predicate& predicate,
                                         const BoundValue* found) {
  using program::Predicate;
  const bool absent = found == nullptr || found->count == 0;
  const auto holds = [&](bool null) {
    return program::verdict(program::tri(null ? predicate.has(Predicate::kWantTrue)
                                              : predicate.has(Predicate::kWantFalse)));
  };
  if (absent || !all_empty(*found)) return holds(absent);
  return pick(catalog::Option::kConditionNullEmptyString, holds(true), holds(false));
}

// ForAnyValue, and a positive operator without set operator on a list: one value is enough. Else
// every value must pass. Negation stands inside the quantifier.
template <class Rec>
program::Verdict Machine<Rec>::quantify(const program::Predicate& predicate,
                                        const BoundValue& found) {
  using program::Tri;
  const bool any = predicate.set == catalog::SetOperator::kForAnyValue ||
                   (predicate.set == catalog::SetOperator::kNone &&
                    !predicate.has(program::Predicate::kNegated));
  program::Verdict out = any ? kNoVerdict : kYesVerdict;
  for (std::uint32_t i = 0; i < found.count; ++i) {
    const program::Verdict one = test_one(predicate, found, i);
    out = any ? program::Verdict{either(out.strict, one.strict), either(out.loose, one.loose)}
              : program::Verdict{both(out.strict, one.strict), both(out.loose, one.loose)};
    if (!Rec::kActive && out == (any ? kYesVerdict : kNoVerdict)) break;
  }
  return out;
}

template <class Rec>
program::Verdict Machine<Rec>::test_one(const program::Predicate& predicate,
                                        const BoundValue& found, std::uint32_t index) {
  const std::string_view text = found.texts[index];
  const TypedText* const typed =
      found.typed == program::kNone ? nullptr : &binding_.typed[found.typed + index];
  const bool negated = predicate.has(program::Predicate::kNegated);
  if constexpr (Rec::kActive) note_readings(predicate, text);
  if (!parses(predicate, text, typed)) {
    if (!negated) return kNoVerdict;
    return pick(catalog::Option::kConditionNegatedTypeMismatch, kNoVerdict, kYesVerdict);
  }
  const program::Verdict out = hit(predicate, text, typed);
  return negated ? program::Verdict{negate(out.loose), negate(out.strict)} : out;
}

template <class Rec>
bool Machine<Rec>::parses(const program::Predicate& predicate, std::string_view text,
                          const TypedText* typed) const noexcept {
  using catalog::ValueKind;
  switch (predicate.kind) {
    case ValueKind::kString:
    case ValueKind::kNull:
      return true;
    case ValueKind::kNumeric:
      return typed->decimal.has_value();
    case ValueKind::kDate:
      return typed->instant.has_value();
    case ValueKind::kIpAddress:
      return typed->address.has_value();
    case ValueKind::kBool:
      return is_bool(text);
    case ValueKind::kBinary:
      return values::is_base64(text);
    case ValueKind::kArn:
      return values::split_arn(text).has_value();
  }
  return false;
}

// Request values that the other reading of an option would read differently.
template <class Rec>
void Machine<Rec>::note_readings(const program::Predicate& predicate, std::string_view text) {
  using catalog::ValueKind;
  if (predicate.kind == ValueKind::kNumeric && values::parse_decimal(text, true).has_value() !=
                                                   values::parse_decimal(text, false).has_value()) {
    recorder_.touch(catalog::Option::kNumberExponent);
  }
  if (predicate.kind == ValueKind::kDate && text.find_first_not_of("0123456789 ") == text.npos) {
    recorder_.touch(catalog::Option::kDateFourDigits);
  }
}

// Variables count as read even where an earlier value hits.
template <class Rec>
void Machine<Rec>::read_variables(const program::Predicate& predicate) {
  using catalog::ValueKind;
  const bool patterns = predicate.kind == ValueKind::kString || predicate.kind == ValueKind::kArn ||
                        predicate.kind == ValueKind::kBool;
  for (std::uint32_t i = 0; patterns && i < predicate.count; ++i) {
    const program::Pattern& pattern = program_.patterns[program_.operands[predicate.first + i]];
    for (std::uint32_t t = 0; t < pattern.count; ++t) {
      const program::Token& token = program_.tokens[pattern.first + t];
      if (token.key != program::kNone) recorder_.read(token.key);
    }
  }
}

// Does one of the policy's values equal (cover, exceed …) the request's value?
template <class Rec>
program::Verdict Machine<Rec>::hit(const program::Predicate& predicate, std::string_view text,
                                   const TypedText* typed) {
  using catalog::ValueKind;
  switch (predicate.kind) {
    case ValueKind::kString:
    case ValueKind::kArn:
      return program::verdict(hit_text(predicate, text));
    case ValueKind::kBool:
      return hit_bool(predicate, text);
    case ValueKind::kBinary:
      return program::verdict(program::tri(hit_binary(predicate, text)));
    case ValueKind::kNumeric:
    case ValueKind::kDate:
    case ValueKind::kIpAddress:
      return program::verdict(program::tri(hit_typed(predicate, *typed)));
    case ValueKind::kNull:
      break;
  }
  return kNoVerdict;
}

template <class Rec>
bool Machine<Rec>::hit_sorted(const program::Predicate& predicate, std::string_view text) const {
  const auto literal = [&](std::uint32_t operand) {
    const program::Pattern& pattern = program_.patterns[operand];
    return pattern.count == 0 ? std::string_view{} : program_.tokens[pattern.first].glob.text;
  };
  const auto first = program_.operands.begin() + predicate.first;
  const auto found = std::lower_bound(
      first, first + predicate.count, text,
      [&](std::uint32_t operand, std::string_view value) { return literal(operand) < value; });
  return found != first + predicate.count && literal(*found) == text;
}

template <class Rec>
program::Tri Machine<Rec>::hit_text(const program::Predicate& predicate, std::string_view text) {
  using program::Tri;
  if (predicate.has(program::Predicate::kSorted)) return program::tri(hit_sorted(predicate, text));
  const bool fold = predicate.comparison == catalog::Comparison::kEqualsIgnoreCase;
  Tri out = Tri::kNo;
  for (std::uint32_t i = 0; i < predicate.count && out != Tri::kYes; ++i) {
    const program::Pattern& pattern = program_.patterns[program_.operands[predicate.first + i]];
    out = either(out, fold ? equals_folded(pattern, text) : glob(pattern, text));
  }
  return out;
}

template <class Rec>
program::Tri Machine<Rec>::equals_folded(const program::Pattern& pattern, std::string_view text) {
  const program::Tri resolved = resolve(pattern, false);
  if (resolved != program::Tri::kYes) return resolved;
  values::FoldCursor cursor(text);
  for (const values::GlobToken& token : scratch_.tokens) {
    if (!cursor.consume(token.text)) return program::Tri::kNo;
  }
  return program::tri(cursor.at_end());
}

template <class Rec>
program::Verdict Machine<Rec>::hit_bool(const program::Predicate& predicate,
                                        std::string_view text) {
  using program::Predicate;
  using program::Tri;
  const bool truth = base::equals_ignore_case(text, "true");
  const Tri literal =
      program::tri(predicate.has(truth ? Predicate::kWantTrue : Predicate::kWantFalse));
  if (predicate.count == 0) return program::verdict(literal);
  Tri substituted = literal;
  for (std::uint32_t i = 0; i < predicate.count; ++i) {
    const program::Pattern& pattern = program_.patterns[program_.operands[predicate.first + i]];
    substituted = either(substituted, equals_folded(pattern, text));
  }
  return pick(catalog::Option::kVariableInBool, program::verdict(substituted),
              program::verdict(literal));
}

template <class Rec>
bool Machine<Rec>::hit_binary(const program::Predicate& predicate, std::string_view text) const {
  for (std::uint32_t i = 0; i < predicate.count; ++i) {
    const program::Pattern& pattern = program_.patterns[program_.operands[predicate.first + i]];
    const std::string_view own =
        pattern.count == 0 ? std::string_view{} : program_.tokens[pattern.first].glob.text;
    if (values::base64_equal(own, text)) return true;
  }
  return false;
}

inline bool compares(catalog::Comparison comparison, std::strong_ordering order) noexcept {
  using catalog::Comparison;
  switch (comparison) {
    case Comparison::kLessThan:
      return order < 0;
    case Comparison::kLessThanEquals:
      return order <= 0;
    case Comparison::kGreaterThan:
      return order > 0;
    case Comparison::kGreaterThanEquals:
      return order >= 0;
    case Comparison::kEquals:
    case Comparison::kEqualsIgnoreCase:
    case Comparison::kLike:
      return order == 0;
  }
  return false;
}

template <class Rec>
bool Machine<Rec>::hit_typed(const program::Predicate& predicate, const TypedText& typed) const {
  for (std::uint32_t i = 0; i < predicate.count; ++i) {
    const std::uint32_t operand = program_.operands[predicate.first + i];
    bool found = false;
    if (predicate.kind == catalog::ValueKind::kNumeric) {
      found = compares(predicate.comparison,
                       values::compare(*typed.decimal, program_.decimals[operand]));
    } else if (predicate.kind == catalog::ValueKind::kDate) {
      found = compares(predicate.comparison,
                       values::compare(*typed.instant, program_.instants[operand]));
    } else {
      found = values::contains(program_.prefixes[operand], *typed.address);
    }
    if (found) return true;
  }
  return false;
}

}  // namespace policysim::eval
