#include <array>
#include <string>

#include "base/edit_distance.hpp"
#include "policy/elements.hpp"

namespace policysim::policy {
namespace {

// In the order of PrincipalKind.
constexpr std::array<std::string_view, 4> kKinds = {"AWS", "Service", "Federated", "CanonicalUser"};

std::optional<PrincipalKind> find_kind(std::string_view name) {
  for (std::size_t i = 0; i < kKinds.size(); ++i) {
    if (kKinds[i] == name) return static_cast<PrincipalKind>(i);
  }
  return std::nullopt;
}

void check_allowed(const text::Member& member, const Principal& principal, Context& context) {
  const std::string name = "`" + member.key + "`";
  const std::string plural(context.rules.plural);
  if (context.rules.principal == Presence::kForbidden) {
    context.findings.add("PS1105", member.key_span, name + " is not allowed in " + plural,
                         "the principal is who the policy is attached to");
  } else if (principal.negated && !context.rules.not_principal) {
    context.findings.add("PS1106", member.key_span, name + " is not allowed in " + plural,
                         "use `Principal` with a condition on `aws:PrincipalArn`");
  } else if (context.rules.type == PolicyType::kRcp && !principal.star) {
    context.findings.add("PS1108", member.value.span, "`Principal` of an RCP must be `\"*\"`",
                         "limit callers by a condition on `aws:PrincipalArn`");
  }
}

void parse_string(const text::Node& node, Principal& principal, Context& context) {
  auto text = read_text(node, "Principal", context);
  if (!text) return;
  if (text->value == "*") {
    principal.star = true;
    return;
  }
  context.findings.add("PS1109", node.span, "principal " + quoted(text->value) + " has no type",
                       "write `{\"AWS\": …}`, `{\"Service\": …}` or `\"*\"`");
  Texts texts;
  texts.span = text->span;
  texts.values.push_back(*std::move(text));
  principal.entries.push_back({PrincipalKind::kAws, std::move(texts)});
}

void parse_map(const text::Node& node, Principal& principal, Context& context) {
  std::array<bool, kKinds.size()> seen{};
  for (const text::Member& member : node.members) {
    const auto kind = find_kind(member.key);
    if (!kind) {
      check_characters(member.key, member.key_span, context);
      context.findings.add("PS1110", member.key_span,
                           "unknown principal type " + quoted(member.key),
                           did_you_mean(base::nearest(member.key, kKinds)));
      continue;
    }
    bool& known = seen[static_cast<std::size_t>(*kind)];
    if (known) continue;  // a duplicate, reported as such
    known = true;
    auto texts = read_texts(member.value, member.key, context);
    if (!texts) continue;
    if (member.value.is_list() && member.value.items.empty()) {
      context.findings.add("PS1113", member.value.span,
                           quoted(member.key) + " is empty: it names nobody");
    }
    principal.entries.push_back({*kind, *std::move(texts)});
  }
}

}  // namespace

std::optional<Principal> parse_principal(const text::Member& member, bool negated,
                                         Context& context) {
  const text::Node& node = member.value;
  Principal principal;
  principal.negated = negated;
  principal.key_span = member.key_span;
  principal.span = node.span;
  if (node.is_map()) {
    parse_map(node, principal, context);
  } else if (node.is_scalar()) {
    parse_string(node, principal, context);
  } else if (!node.is_list() || !node.items.empty()) {
    report_wrong_type(node, member.key, "`\"*\"` or an object", context);
    return std::nullopt;
  }
  check_allowed(member, principal, context);
  if (node.items.empty() && node.members.empty() && !node.is_scalar()) {
    context.findings.add("PS1113", node.span, quoted(member.key) + " is empty: it names nobody");
  }
  return principal;
}

}  // namespace policysim::policy
