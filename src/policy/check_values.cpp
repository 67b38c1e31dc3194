#include <algorithm>
#include <string>

#include "base/ascii.hpp"
#include "policy/elements.hpp"
#include "policy/variables.hpp"
#include "values/base64.hpp"
#include "values/decimal.hpp"
#include "values/ip_prefix.hpp"
#include "values/timestamp.hpp"

namespace policysim::policy {
namespace {

using catalog::ValueKind;
using catalog::VariableUse;

bool is_truth_value(std::string_view value) noexcept {
  return base::equals_ignore_case(value, "true") || base::equals_ignore_case(value, "false");
}

// A policy's ARN: six parts or only stars. Colons inside variables do not part it.
bool is_arn_pattern(std::string_view value, Version version) {
  if (!value.empty() && value.find_first_not_of('*') == value.npos) return true;
  std::ptrdiff_t colons = 0;
  for (const Piece& piece : split_variables(value, version == Version::k2012)) {
    if (piece.kind != Piece::Kind::kText) continue;
    colons += std::count(piece.text.begin(), piece.text.end(), ':');
  }
  return colons >= 5;
}

bool parses(ValueKind kind, std::string_view value, Version version) {
  switch (kind) {
    case ValueKind::kString:
      return true;
    case ValueKind::kNumeric:
      return values::parse_decimal(value).has_value();
    case ValueKind::kDate:
      return values::parse_timestamp(value).has_value();
    case ValueKind::kBool:
    case ValueKind::kNull:
      return is_truth_value(value);
    case ValueKind::kBinary:
      return values::is_base64(value);
    case ValueKind::kIpAddress:
      return values::parse_ip_prefix(value).has_value();
    case ValueKind::kArn:
      return is_arn_pattern(value, version);
  }
  return true;
}

bool has_variable(std::string_view value, Version version) {
  if (value.find("${") == value.npos) return false;
  for (const Piece& piece : split_variables(value, version == Version::k2012)) {
    if (piece.kind != Piece::Kind::kText) return true;
  }
  return false;
}

// `*` and `?` that exact operators compare as such. `${*}` says that it is meant.
void check_wildcards(const catalog::ConditionOperator& op, const Text& value, Context& context) {
  if (value.value.find_first_of("*?") == std::string::npos) return;
  for (const Piece& piece : split_variables(value.value, context.version == Version::k2012)) {
    if (piece.kind != Piece::Kind::kText) continue;
    if (piece.text.find_first_of("*?") == std::string::npos) continue;
    const bool folds = op.info().comparison == catalog::Comparison::kEqualsIgnoreCase;
    const std::string like = op.negated ? "`StringNotLike`" : "`StringLike`";
    context.findings.add(
        "PS1203", value.span,
        quoted(catalog::to_string(op)) + " compares the wildcard in " + quoted(value.value) +
            " literally",
        folds ? like + " knows wildcards, but heeds case" : "did you mean " + like + "?");
    return;
  }
}

// True when a variable stands where the operator takes none; then the value is not parsed.
bool check_use_of_variables(const catalog::ConditionOperator& op, const Text& value,
                            Context& context) {
  switch (op.info().variables) {
    case VariableUse::kYes:
      check_variables(value, context);
      return false;
    case VariableUse::kNo:
      return report_variables(value, quoted(catalog::to_string(op)) + " conditions", context);
    case VariableUse::kAmbiguous:
      check_variables(value, context);
      if (!has_variable(value.value, context.version)) return false;
      context.findings.add("PS1210", value.span,
                           "AWS documents disagree on policy variables in " +
                               quoted(catalog::to_string(op)) + " conditions",
                           "compare as text: `StringEquals`");
      return true;
  }
  return false;
}

}  // namespace

void check_condition_values(const catalog::ConditionOperator& op, const Texts& values,
                            Context& context) {
  const catalog::OperatorRow& row = op.info();
  const bool exact =
      row.kind == ValueKind::kString && (row.comparison == catalog::Comparison::kEquals ||
                                         row.comparison == catalog::Comparison::kEqualsIgnoreCase);
  for (const Text& value : values.values) {
    if (check_use_of_variables(op, value, context)) continue;
    if (exact) check_wildcards(op, value, context);
    if (parses(row.kind, value.value, context.version)) continue;
    context.findings.add("PS1213", value.span,
                         quoted(value.value) + " is no value that " +
                             quoted(catalog::to_string(op)) + " can read: it never matches",
                         std::string(catalog::describe(row.kind)));
  }
}

}  // namespace policysim::policy
