// Condition operators, set operators and IfExists.
#include <string>

#include "reference/rules.hpp"
#include "reference/values.hpp"

namespace policysim::reference {
namespace {

enum class Kind { kString, kNumber, kDate, kBool, kBinary, kIp, kArn, kNull };
enum class Compare { kEquals, kIgnoreCase, kLike, kLess, kLessEquals, kGreater, kGreaterEquals };
enum class Quantifier { kNone, kForAll, kForAny };

struct Operator {
  Kind kind = Kind::kString;
  Compare compare = Compare::kEquals;
  bool negated = false;
  bool if_exists = false;
  Quantifier quantifier = Quantifier::kNone;
};

struct Row {
  std::string_view name;  // lower case
  Kind kind;
  Compare compare;
  bool negated;
};

constexpr Row kOperators[] = {
    {"stringequals", Kind::kString, Compare::kEquals, false},
    {"stringnotequals", Kind::kString, Compare::kEquals, true},
    {"stringequalsignorecase", Kind::kString, Compare::kIgnoreCase, false},
    {"stringnotequalsignorecase", Kind::kString, Compare::kIgnoreCase, true},
    {"stringlike", Kind::kString, Compare::kLike, false},
    {"stringnotlike", Kind::kString, Compare::kLike, true},
    {"numericequals", Kind::kNumber, Compare::kEquals, false},
    {"numericnotequals", Kind::kNumber, Compare::kEquals, true},
    {"numericlessthan", Kind::kNumber, Compare::kLess, false},
    {"numericlessthanequals", Kind::kNumber, Compare::kLessEquals, false},
    {"numericgreaterthan", Kind::kNumber, Compare::kGreater, false},
    {"numericgreaterthanequals", Kind::kNumber, Compare::kGreaterEquals, false},
    {"dateequals", Kind::kDate, Compare::kEquals, false},
    {"datenotequals", Kind::kDate, Compare::kEquals, true},
    {"datelessthan", Kind::kDate, Compare::kLess, false},
    {"datelessthanequals", Kind::kDate, Compare::kLessEquals, false},
    {"dategreaterthan", Kind::kDate, Compare::kGreater, false},
    {"dategreaterthanequals", Kind::kDate, Compare::kGreaterEquals, false},
    {"bool", Kind::kBool, Compare::kEquals, false},
    {"binaryequals", Kind::kBinary, Compare::kEquals, false},
    {"ipaddress", Kind::kIp, Compare::kEquals, false},
    {"notipaddress", Kind::kIp, Compare::kEquals, true},
    {"arnequals", Kind::kArn, Compare::kLike, false},
    {"arnlike", Kind::kArn, Compare::kLike, false},
    {"arnnotequals", Kind::kArn, Compare::kLike, true},
    {"arnnotlike", Kind::kArn, Compare::kLike, true},
    {"null", Kind::kNull, Compare::kEquals, false},
};

std::optional<Operator> parse_operator(std::string_view text) {
  std::string name = ascii_lower(text);
  Operator out;
  const auto cut_front = [&](std::string_view prefix) {
    if (!name.starts_with(prefix)) return false;
    name.erase(0, prefix.size());
    return true;
  };
  if (cut_front("forallvalues:")) {
    out.quantifier = Quantifier::kForAll;
  } else if (cut_front("foranyvalue:")) {
    out.quantifier = Quantifier::kForAny;
  }
  if (name.ends_with("ifexists")) {
    out.if_exists = true;
    name.erase(name.size() - 8);
  }
  for (const Row& row : kOperators) {
    if (row.name != name) continue;
    if (row.kind == Kind::kNull && out.if_exists) return std::nullopt;
    out.kind = row.kind;
    out.compare = row.compare;
    out.negated = row.negated;
    return out;
  }
  return std::nullopt;
}

bool ordered(Compare compare, int order) {
  switch (compare) {
    case Compare::kLess:
      return order < 0;
    case Compare::kLessEquals:
      return order <= 0;
    case Compare::kGreater:
      return order > 0;
    case Compare::kGreaterEquals:
      return order >= 0;
    case Compare::kEquals:
    case Compare::kIgnoreCase:
    case Compare::kLike:
      break;
  }
  return order == 0;
}

bool is_boolean(std::string_view text) {
  const std::string lowered = ascii_lower(text);
  return lowered == "true" || lowered == "false";
}

// The first five colons cut.
std::vector<Chars> arn_parts(const Chars& chars) {
  std::vector<Chars> parts(1);
  for (const Char& c : chars) {
    if (c.point == U':' && parts.size() < 6) {
      parts.emplace_back();
    } else {
      parts.back().push_back(c);
    }
  }
  return parts;
}

bool is_arn(std::string_view text) {
  return text.starts_with("arn:") && arn_parts(policy_chars(text, false)).size() == 6;
}

bool arn_like(const Surroundings& s, const Chars& pattern, std::string_view value) {
  bool all_star = !pattern.empty();
  for (const Char& c : pattern) all_star = all_star && c.is_star();
  if (all_star) return s.reading("arn.all_star", "any_arn") == "any_arn";
  const std::vector<Chars> want = arn_parts(pattern);
  const std::vector<Chars> have = arn_parts(policy_chars(value, false, s.utf16()));
  if (want.size() != 6 || have.size() != 6) return false;
  for (std::size_t i = 0; i < 6; ++i) {
    if (!glob(glob_tokens(want[i]), plain(have[i]))) return false;
  }
  return true;
}

bool exponent(const Surroundings& s) {
  return s.reading("number.exponent", "not_a_number") == "number";
}
bool four_digits_epoch(const Surroundings& s) {
  return s.reading("date.four_digits", "year") == "epoch";
}

// Has the request's value the type that the operator compares?
bool parses(const Surroundings& s, Kind kind, const std::string& value) {
  switch (kind) {
    case Kind::kNumber:
      return parse_number(value, exponent(s)).has_value();
    case Kind::kDate:
      return parse_instant(value, four_digits_epoch(s)).has_value();
    case Kind::kBool:
      return is_boolean(value);
    case Kind::kBinary:
      return decode_base64(value).has_value();
    case Kind::kIp:
      return parse_address(value).has_value();
    case Kind::kArn:
      return is_arn(value);
    case Kind::kString:
    case Kind::kNull:
      break;
  }
  return true;
}

std::string to_text(const Chars& chars) {
  std::string out;
  for (const Char& c : chars) out += c.point < 0x80 ? static_cast<char>(c.point) : '\x7F';
  return out;
}

// Does the policy's value (substituted) cover the request's (which parses)?
bool covers(const Surroundings& s, const Operator& op, const Chars& pattern,
            const std::string& value) {
  switch (op.kind) {
    case Kind::kString:
      if (op.compare == Compare::kLike) {
        return glob(glob_tokens(pattern), decode(value, s.utf16()));
      }
      if (op.compare == Compare::kIgnoreCase) {
        return lower(plain(pattern)) == lower(decode(value, s.utf16()));
      }
      return plain(pattern) == decode(value, s.utf16());
    case Kind::kNumber: {
      const auto wanted = parse_number(to_text(pattern), exponent(s));
      return wanted && ordered(op.compare, compare(*parse_number(value, exponent(s)), *wanted));
    }
    case Kind::kDate: {
      const auto wanted = parse_instant(to_text(pattern), four_digits_epoch(s));
      return wanted &&
             ordered(op.compare, compare(*parse_instant(value, four_digits_epoch(s)), *wanted));
    }
    case Kind::kBool:
      return is_boolean(to_text(pattern)) && ascii_lower(to_text(pattern)) == ascii_lower(value);
    case Kind::kBinary: {
      const auto wanted = decode_base64(to_text(pattern));
      return wanted && *wanted == *decode_base64(value);
    }
    case Kind::kIp: {
      const auto wanted = parse_network(to_text(pattern));
      return wanted && contains(*wanted, *parse_address(value));
    }
    case Kind::kArn:
      return arn_like(s, pattern, value);
    case Kind::kNull:
      break;
  }
  return false;
}

bool only_empty_strings(const ContextKey& value) {
  for (const std::string& text : value.values) {
    if (!text.empty()) return false;
  }
  return true;
}

Tri match_null(const Surroundings& s, const Operator& op, const policy::Condition& condition) {
  if (op.quantifier != Quantifier::kNone) return tri(op.quantifier == Quantifier::kForAll);
  const ContextKey value = look_up(s, condition.key.value);
  if (value.state == State::kUnknown) return Tri::kUnknown;
  const auto test = [&](bool empty_is_null) {
    const bool is_null = value.state == State::kAbsent || value.values.empty() ||
                         (empty_is_null && only_empty_strings(value));
    for (const policy::Text& text : condition.values.values) {
      if (ascii_lower(text.value) == (is_null ? "true" : "false")) return Tri::kTrue;
    }
    return Tri::kFalse;
  };
  return closed(s, "condition.null_empty_string", "null", test);
}

// A key that is present, under one reading of everything that is open.
struct Present {
  const Surroundings& s;
  const Operator& op;
  const policy::Condition& condition;
  const ContextKey& value;
  bool substitute = false;        // policy variables
  bool mismatch_is_true = false;  // negated operator, value of another type
  bool list_is_any = false;       // list without a set operator

  Tri test(const std::string& one) const {
    if (!parses(s, op.kind, one)) return tri(op.negated && mismatch_is_true);
    std::vector<Tri> hits;
    for (const policy::Text& text : condition.values.values) {
      Resolved pattern;
      if (substitute) {
        pattern = resolve(s, text.value);
      } else {
        pattern.chars = policy_chars(text.value, true, s.utf16());
      }
      if (pattern.kind == Resolved::Kind::kUnknown) hits.push_back(Tri::kUnknown);
      if (pattern.kind == Resolved::Kind::kText) {
        hits.push_back(tri(covers(s, op, pattern.chars, one)));
      }
    }
    return op.negated ? negate(any_of(hits)) : any_of(hits);
  }

  Tri result() const {
    std::vector<Tri> tests;
    for (const std::string& one : value.values) tests.push_back(test(one));
    if (op.quantifier == Quantifier::kForAll) return all_of(tests);
    if (op.quantifier == Quantifier::kForAny) return any_of(tests);
    if (value.state != State::kList) return tests.at(0);
    if (!list_is_any) return Tri::kFalse;
    return op.negated ? all_of(tests) : any_of(tests);
  }
};

Tri match_present(const Surroundings& s, const Operator& op, const policy::Condition& condition,
                  const ContextKey& value) {
  if (condition.values.values.empty()) {  // nothing to be equal to
    const bool plain = !op.negated && op.quantifier == Quantifier::kNone;
    return tri(op.negated || (plain && s.reading("condition.empty_values", "false") == "true"));
  }
  Present present{s, op, condition, value};
  const auto with_lists = [&](bool any) {
    present.list_is_any = any;
    return present.result();
  };
  const auto with_types = [&](bool mismatch) {
    present.mismatch_is_true = mismatch;
    return closed(s, "condition.list_without_set_operator", "any", with_lists);
  };
  const auto with_variables = [&](bool substitute) {
    present.substitute = substitute;
    return closed(s, "condition.negated_type_mismatch", "true", with_types);
  };
  if (op.kind == Kind::kBool) return closed(s, "variable.in_bool", "substitute", with_variables);
  return with_variables(op.kind == Kind::kString || op.kind == Kind::kArn);
}

}  // namespace

Tri match_condition(const Surroundings& s, std::string_view name,
                    const policy::Condition& condition) {
  const auto op = parse_operator(name);
  if (!op) return Tri::kFalse;
  if (op->kind == Kind::kNull) return match_null(s, *op, condition);
  const ContextKey value = look_up(s, condition.key.value);
  if (value.state == State::kUnknown) return Tri::kUnknown;
  const bool set = op->quantifier != Quantifier::kNone;
  const bool missing =
      value.state == State::kAbsent || value.values.empty() || (set && only_empty_strings(value));
  if (!missing) return match_present(s, *op, condition, value);
  if (op->if_exists) return Tri::kTrue;
  if (set) return tri(op->quantifier == Quantifier::kForAll);
  return tri(op->negated);
}

Meeting meet(const Surroundings& s, std::string_view name, const policy::Condition& condition) {
  const auto op = parse_operator(name);
  const ContextKey value = look_up(s, condition.key.value);
  if (!op || value.state == State::kUnknown) return Meeting::kUnknown;
  const bool set = op->quantifier != Quantifier::kNone;
  const bool list = value.state == State::kList;
  if (value.state == State::kAbsent || value.values.empty()) return Meeting::kAbsent;
  bool ill = op->kind != Kind::kNull && list && !set;
  ill = ill || (op->kind == Kind::kString && set && !list);
  for (const std::string& one : value.values) ill = ill || !parses(s, op->kind, one);
  for (const policy::Text& text : condition.values.values) {
    ill = ill || (op->kind == Kind::kNull && !is_boolean(text.value));
  }
  if (ill) return Meeting::kIllTyped;
  const Tri result = match_condition(s, name, condition);
  if (result == Tri::kUnknown) return Meeting::kUnknown;
  return result == Tri::kTrue ? Meeting::kTrue : Meeting::kFalse;
}

Tri match_conditions(const Surroundings& s, const policy::Statement& statement) {
  std::vector<Tri> all;
  for (const policy::ConditionBlock& block : statement.condition) {
    if (!parse_operator(block.name.value)) all.push_back(Tri::kFalse);
    if (block.conditions.empty()) {
      all.push_back(tri(s.reading("condition.empty_operator", "true") == "true"));
    }
    for (const policy::Condition& condition : block.conditions) {
      all.push_back(match_condition(s, block.name.value, condition));
    }
  }
  return all_of(all);
}

}  // namespace policysim::reference
