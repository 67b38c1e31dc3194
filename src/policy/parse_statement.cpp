#include <algorithm>
#include <array>
#include <string>

#include "base/edit_distance.hpp"
#include "policy/elements.hpp"

namespace policysim::policy {
namespace {

constexpr std::array<std::string_view, 2> kEffects = {"Allow", "Deny"};

// The one member of a pair that is there; the plain one when both are (reported).
struct Choice {
  const text::Member* member = nullptr;
  bool negated = false;
};

Choice choose(const text::Node& node, std::string_view plain, std::string_view negated,
              Context& context) {
  const text::Member* first = node.find_member(plain);
  const text::Member* second = node.find_member(negated);
  if (first != nullptr && second != nullptr) {
    const bool in_order = first->key_span.begin < second->key_span.begin;
    const text::Member& later = in_order ? *second : *first;
    const text::Member& earlier = in_order ? *first : *second;
    context.findings.add(
        "PS1104", later.key_span,
        "a statement cannot have both `" + earlier.key + "` and `" + later.key + "`",
        "split it into two statements", {earlier.key_span});
  }
  if (first != nullptr) return {first, false};
  return {second, second != nullptr};
}

void check_members(const text::Node& node, Context& context) {
  for (const text::Member& member : node.members) {
    if (std::find(kStatementElements.begin(), kStatementElements.end(), member.key) !=
        kStatementElements.end())
      continue;
    check_characters(member.key, member.key_span, context);
    context.findings.add("PS1003", member.key_span,
                         "unknown statement element " + quoted(member.key),
                         did_you_mean(base::nearest(member.key, kStatementElements)));
  }
}

std::optional<Text> parse_sid(const text::Node& node, Context& context) {
  const text::Node* value = node.find("Sid");
  if (value == nullptr) return std::nullopt;
  auto sid = read_text(*value, "Sid", context);
  if (!sid) return std::nullopt;
  if (sid->value.empty()) {
    context.findings.add("PS1118", sid->span, "empty `Sid`", "leave it out, or give it a name");
  }
  const auto is_plain = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  };
  if (context.rules.plain_sid && !std::all_of(sid->value.begin(), sid->value.end(), is_plain)) {
    context.findings.add("PS1116", sid->span,
                         "Sid " + quoted(sid->value) +
                             " has other characters than letters and "
                             "digits");
  } else {
    report_variables(*sid, "a Sid", context);
  }
  return sid;
}

Effect parse_effect(const text::Node& node, Context& context) {
  const text::Node* value = node.find("Effect");
  if (value == nullptr) {
    context.findings.add("PS1101", node.span, "statement has no `Effect`",
                         "write `\"Effect\": \"Allow\"` or `\"Effect\": \"Deny\"`");
    return Effect::kAllow;
  }
  const auto effect = read_text(*value, "Effect", context);
  if (!effect || effect->value == "Allow") return Effect::kAllow;
  if (effect->value == "Deny") return Effect::kDeny;
  const std::string suggestion = base::nearest(effect->value, kEffects);
  context.findings.add(
      "PS1102", effect->span, "unknown effect " + quoted(effect->value),
      suggestion.empty() ? "the effects are `Allow` and `Deny`" : did_you_mean(suggestion));
  return Effect::kAllow;
}

// An element whose value is of the wrong type comes back empty.
Element parse_element(const Choice& choice, Context& context) {
  Element element;
  element.negated = choice.negated;
  element.key_span = choice.member->key_span;
  const text::Member& member = *choice.member;
  if (auto texts = read_texts(member.value, member.key, context)) {
    element.texts = *std::move(texts);
  }
  if (member.value.is_list() && member.value.items.empty()) {
    context.findings.add("PS1113", member.value.span,
                         choice.negated
                             ? "`" + member.key + "` is empty: it excludes nothing"
                             : "`" + member.key + "` is empty: the statement never matches");
  }
  return element;
}

Element parse_action(const text::Node& node, Context& context) {
  const Choice choice = choose(node, "Action", "NotAction", context);
  if (choice.member != nullptr) return parse_element(choice, context);
  context.findings.add("PS1103", node.span, "statement has neither `Action` nor `NotAction`");
  return {};
}

std::optional<Element> parse_resource(const text::Node& node, Context& context) {
  const Choice choice = choose(node, "Resource", "NotResource", context);
  if (choice.member == nullptr) {
    if (context.rules.resource == Presence::kRequired) {
      context.findings.add("PS1115", node.span, "statement has no `Resource`");
    }
    return std::nullopt;
  }
  if (context.rules.resource == Presence::kForbidden) {
    context.findings.add(
        "PS1107", choice.member->key_span,
        "`" + choice.member->key + "` is not allowed in " + std::string(context.rules.plural),
        "the resource is the role itself");
  }
  return parse_element(choice, context);
}

std::optional<Principal> choose_principal(const text::Node& node, Context& context) {
  const Choice choice = choose(node, "Principal", "NotPrincipal", context);
  if (choice.member != nullptr) {
    return parse_principal(*choice.member, choice.negated, context);
  }
  if (context.rules.type == PolicyType::kRcp) {
    context.findings.add("PS1108", node.span, "statement of an RCP has no `Principal`",
                         "write `\"Principal\": \"*\"`");
  } else if (context.rules.principal == Presence::kRequired) {
    context.findings.add("PS1114", node.span, "statement has no `Principal`: it never matches");
  }
  return std::nullopt;
}

bool is_only_star(const Element& element) {
  return !element.negated && element.texts.values.size() == 1 &&
         element.texts.values.front().value == "*";
}

// RCPFullAWSAccess, which AWS writes itself.
bool is_full_access(const Statement& statement) {
  return statement.effect == Effect::kAllow && statement.principal && statement.principal->star &&
         is_only_star(statement.action) && statement.resource &&
         is_only_star(*statement.resource) && statement.condition.empty();
}

void check_rcp(const Statement& statement, const text::Node& node, Context& context) {
  if (context.rules.type != PolicyType::kRcp || is_full_access(statement)) return;
  const text::Member* effect = node.find_member("Effect");
  if (statement.effect == Effect::kAllow && effect != nullptr) {
    context.findings.add("PS1122", effect->value.span, "an RCP can only deny");
  }
  if (statement.action.negated) {
    context.findings.add("PS1123", statement.action.key_span, "RCPs do not support `NotAction`");
    return;
  }
  for (const Text& action : statement.action.texts.values) {
    const bool stars = action.value.find_first_not_of('*') == std::string::npos;
    if (action.value.empty() || !stars) continue;
    context.findings.add("PS1124", action.span, "an RCP must not use the action `*` alone",
                         "name a service: `s3:*`");
  }
}

// Everything but what is named, future things included, is rarely what an Allow should cover.
void check_allow(const Statement& statement, Context& context) {
  if (statement.effect != Effect::kAllow) return;
  if (statement.principal && statement.principal->negated) {
    context.findings.add("PS1119", statement.principal->key_span,
                         "`Allow` with `NotPrincipal` admits everybody else, anonymous callers "
                         "included");
  }
  if (statement.action.negated && context.rules.type != PolicyType::kRcp) {
    context.findings.add("PS1120", statement.action.key_span,
                         "`Allow` with `NotAction` permits all other actions");
  }
  if (statement.resource && statement.resource->negated) {
    context.findings.add("PS1121", statement.resource->key_span,
                         "`Allow` with `NotResource` covers all other resources");
  }
}

}  // namespace

Statement parse_statement(const text::Node& node, Context& context) {
  Statement statement;
  statement.span = node.span;
  check_members(node, context);
  statement.sid = parse_sid(node, context);
  statement.effect = parse_effect(node, context);
  statement.principal = choose_principal(node, context);
  statement.action = parse_action(node, context);
  statement.resource = parse_resource(node, context);
  if (const text::Node* effect = node.find("Effect")) statement.effect_span = effect->span;
  if (const text::Member* condition = node.find_member("Condition")) {
    statement.has_condition = true;
    statement.condition_span = {condition->key_span.source, condition->key_span.begin,
                                condition->value.span.end};
    statement.condition = parse_condition(condition->value, context);
  }
  check_principal(statement, context);
  check_actions(statement, context);
  check_condition_keys(statement, context);
  check_resources(statement, context);
  check_rcp(statement, node, context);
  check_allow(statement, context);
  return statement;
}

}  // namespace policysim::policy
