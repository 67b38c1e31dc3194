#include "gate/statement_parts.hpp"

#include <algorithm>
#include <utility>

#include "base/ascii.hpp"
#include "policy/context.hpp"
#include "policy/variables.hpp"
#include "values/arn.hpp"

namespace policysim::gate {
namespace {

using catalog::SetOperator;
using catalog::ValueKind;
using policy::Text;

constexpr std::array<std::array<std::string_view, kOutcomes>, 3> kNames = {
    {{"matched", "unmatched", ""}, {"true", "false", "absent"}, {"resolved", "unresolved", ""}}};

// Keys that every request carries (IAM User Guide, global condition context keys).
constexpr std::array<std::string_view, 8> kAlwaysThere = {
    "aws:CurrentTime",     "aws:EpochTime",       "aws:PrincipalAccount", "aws:PrincipalType",
    "aws:RequestedRegion", "aws:SecureTransport", "aws:userid",           "aws:ViaAWSService"};

// Keys of every signed caller that has an account, which alone these policy types bind; SCPs bind
// members of an organization.
constexpr std::array<std::string_view, 2> kOfCallers = {"aws:PrincipalArn",
                                                        "aws:PrincipalIsAWSService"};
constexpr std::array<std::string_view, 2> kOfMembers = {"aws:PrincipalOrgID",
                                                        "aws:PrincipalOrgPaths"};

bool binds_callers(PolicyType type) noexcept {
  return type == PolicyType::kIdentity || type == PolicyType::kBoundary ||
         type == PolicyType::kSession || type == PolicyType::kScp;
}

bool always_there(PolicyType type, std::string_view key) {
  const auto in = [key](const auto& keys) {
    return std::any_of(keys.begin(), keys.end(), [key](std::string_view known) {
      return base::equals_ignore_case(known, key);
    });
  };
  return in(kAlwaysThere) || (binds_callers(type) && in(kOfCallers)) ||
         (type == PolicyType::kScp && in(kOfMembers));
}

bool only_stars(std::string_view text) {
  return !text.empty() && text.find_first_not_of('*') == std::string_view::npos;
}

template <class Test>
bool any_text(const policy::Texts& texts, Test test) {
  return std::any_of(texts.values.begin(), texts.values.end(),
                     [&](const Text& text) { return test(std::string_view(text.value)); });
}

// An element that covers everything cannot fail to match; negated it cannot match.
Outcomes of_element(bool covers_all, bool negated) {
  if (!covers_all) return {true, true, false};
  return {!negated, negated, false};
}

// "*" and "*:*": each action has one colon.
bool every_action(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return only_stars(text);
  return only_stars(text.substr(0, colon)) && only_stars(text.substr(colon + 1));
}

// `absent`: the key may be. `Null` tells of absence itself, and under a set operator nothing at
// all.
Outcomes of_null(const catalog::ConditionOperator& op, const policy::Condition& condition,
                 bool absent) {
  if (op.set != SetOperator::kNone) {
    const bool holds = op.set == SetOperator::kForAllValues;
    return {holds, !holds, false};
  }
  const auto wants = [&](std::string_view word) {
    return any_text(condition.values,
                    [word](std::string_view text) { return base::equals_ignore_case(text, word); });
  };
  const bool of_absent = wants("true"), of_present = wants("false");
  return {of_present || (absent && of_absent), !of_present || (absent && !of_absent), false};
}

Outcomes of_condition(const policy::ConditionBlock& block, const policy::Condition& condition,
                      bool absent) {
  if (!block.op) return {false, true, absent};  // unknown operators never hold
  if (block.op->info().kind == ValueKind::kNull) return of_null(*block.op, condition, absent);
  const bool like = block.op->info().kind == ValueKind::kString &&
                    block.op->info().comparison == catalog::Comparison::kLike;
  const bool nothing = condition.values.values.empty();
  const bool all = like && any_text(condition.values, only_stars);
  Outcomes out = {true, true, absent};
  // No value is none of nothing, and each is one of everything.
  if (nothing || all) (nothing == block.op->negated ? out[1] : out[0]) = false;
  return out;
}

class Collector {
 public:
  Collector(PolicyType type, policy::Version version)
      : type_(type), version_2012_(version == policy::Version::k2012) {}

  std::vector<StatementPart> out;

  void element(ItemKind kind, const char* name, const policy::Element& element, bool covers_all) {
    StatementPart part;
    part.kind = kind;
    part.what = element.negated ? std::string("Not") + name : name;
    part.span = {element.key_span.source, element.key_span.begin, element.texts.span.end};
    part.possible = of_element(covers_all, element.negated);
    out.push_back(std::move(part));
  }

  void principal(const policy::Principal& principal) {
    StatementPart part;
    part.kind = ItemKind::kPrincipal;
    part.what = principal.negated ? "NotPrincipal" : "Principal";
    part.span = {principal.key_span.source, principal.key_span.begin, principal.span.end};
    part.possible = of_element(principal.star, principal.negated);
    out.push_back(std::move(part));
  }

  void condition(const policy::ConditionBlock& block, const policy::Condition& condition) {
    StatementPart part;
    part.kind = ItemKind::kCondition;
    part.what = block.name.value + " " + condition.key.value;
    part.span = {condition.key.span.source, condition.key.span.begin, condition.values.span.end};
    part.block = &block;
    part.condition = &condition;
    part.key = condition.key.value;
    part.possible = of_condition(block, condition, !always_there(type_, part.key));
    out.push_back(std::move(part));
    // Elsewhere variables are not substituted.
    if (block.op && block.op->info().variables == catalog::VariableUse::kYes) {
      variables(condition.values, false);
    }
  }

  void variables(const policy::Texts& texts, bool of_resource) {
    const std::size_t first = out.size();
    for (const Text& text : texts.values) {
      for (const policy::Piece& piece : policy::split_variables(text.value, version_2012_)) {
        if (piece.kind != policy::Piece::Kind::kVariable) continue;
        StatementPart part;
        part.kind = ItemKind::kVariable;
        part.what = text.value.substr(piece.offset, piece.length);
        part.span = policy::subspan(text, piece.offset, piece.length);
        part.key = piece.text;
        part.of_resource = of_resource;
        part.possible = {true, !always_there(type_, piece.text), false};
        const bool known =
            std::any_of(out.begin() + static_cast<std::ptrdiff_t>(first), out.end(),
                        [&part](const StatementPart& other) { return other.what == part.what; });
        if (!known) out.push_back(std::move(part));
      }
    }
  }

 private:
  PolicyType type_;
  bool version_2012_;
};

}  // namespace

std::string_view outcome_name(ItemKind kind, std::size_t outcome) noexcept {
  const std::size_t row =
      kind == ItemKind::kCondition ? 1U : (kind == ItemKind::kVariable ? 2U : 0U);
  return kNames[row][outcome];
}

std::vector<StatementPart> parts_of(const policy::Statement& statement, PolicyType type,
                                    policy::Version version) {
  Collector collector(type, version);
  collector.element(ItemKind::kAction, "Action", statement.action,
                    any_text(statement.action.texts, every_action));
  if (statement.principal) collector.principal(*statement.principal);
  if (statement.resource) {
    collector.element(ItemKind::kResource, "Resource", *statement.resource,
                      any_text(statement.resource->texts, only_stars));
    collector.variables(statement.resource->texts, true);
  }
  for (const policy::ConditionBlock& block : statement.condition) {
    for (const policy::Condition& condition : block.conditions) {
      collector.condition(block, condition);
    }
  }
  return std::move(collector.out);
}

bool names_whole_service(const policy::Element& action, std::string_view target) {
  const auto arn = values::split_arn(target);
  if (!arn) return false;
  return any_text(action.texts, [&arn](std::string_view text) {
    const std::size_t colon = text.find(':');
    return colon != std::string_view::npos &&
           base::equals_ignore_case(text.substr(0, colon), arn->service()) &&
           only_stars(text.substr(colon + 1));
  });
}

}  // namespace policysim::gate
