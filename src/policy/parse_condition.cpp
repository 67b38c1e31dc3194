#include <string>
#include <unordered_map>

#include "base/ascii.hpp"
#include "catalog/operators.hpp"
#include "policy/elements.hpp"

namespace policysim::policy {
namespace {

std::optional<catalog::ConditionOperator> parse_operator(const text::Member& member,
                                                         Context& context) {
  auto op = catalog::parse_operator(member.key);
  if (op) return op;
  const std::string folded = base::lower(std::string_view(member.key));
  const std::string_view base =
      std::string_view(folded).substr(folded.find(':') == folded.npos ? 0 : folded.find(':') + 1);
  context.findings.add(
      "PS1111", member.key_span, "unknown condition operator " + quoted(member.key),
      base == "nullifexists" ? "`Null` asks for absence itself and takes no `IfExists`"
                             : did_you_mean(catalog::suggest_operator(member.key)));
  return std::nullopt;
}

void check_key(const text::Member& member, Context& context) {
  check_characters(member.key, member.key_span, context);
  report_variables({member.key, member.key_span}, "condition keys", context);
}

void report_empty(const text::Node& node, std::string_view what, std::string_view effect,
                  Context& context) {
  context.findings.add("PS1113", node.span, quoted(what) + " is empty: " + std::string(effect));
}

// Calls `found(member, earlier)` for members whose names differ in case only. Exact duplicates are
// reported with those of all other objects.
template <class Found>
void find_spellings(const text::Node& node, const Found& found) {
  if (node.members.size() < 2) return;
  std::unordered_map<std::string, const text::Member*> seen;
  for (const text::Member& member : node.members) {
    const auto [first, fresh] = seen.emplace(base::lower(std::string_view(member.key)), &member);
    if (!fresh && first->second->key != member.key) found(member, *first->second);
  }
}

std::vector<Condition> parse_keys(const text::Member& block,
                                  const std::optional<catalog::ConditionOperator>& op,
                                  Context& context) {
  std::vector<Condition> conditions;
  if (!block.value.is_map()) {
    report_wrong_type(block.value, block.key, "an object of condition keys", context);
    return conditions;
  }
  if (block.value.members.empty()) {
    report_empty(block.value, block.key, "it asks for nothing", context);
  }
  find_spellings(block.value, [&](const text::Member& member, const text::Member& earlier) {
    context.findings.add("PS1112", member.key_span,
                         "condition key " + quoted(member.key) + " differs from " +
                             quoted(earlier.key) + " only in case",
                         "give both values to one key", {earlier.key_span});
  });
  conditions.reserve(block.value.members.size());
  for (const text::Member& member : block.value.members) {
    check_key(member, context);
    auto values = read_texts(member.value, member.key, context, Scalars::kAny);
    if (!values) continue;
    if (member.value.is_list() && member.value.items.empty()) {
      report_empty(member.value, member.key, "no value can be equal", context);
    }
    if (op) check_condition_values(*op, *values, context);
    conditions.push_back({{member.key, member.key_span}, *std::move(values)});
  }
  return conditions;
}

}  // namespace

std::vector<ConditionBlock> parse_condition(const text::Node& node, Context& context) {
  std::vector<ConditionBlock> blocks;
  if (!node.is_map()) {
    report_wrong_type(node, "Condition", "an object of condition operators", context);
    return blocks;
  }
  if (node.members.empty()) report_empty(node, "Condition", "it asks for nothing", context);
  find_spellings(node, [&](const text::Member& member, const text::Member& earlier) {
    context.findings.add("PS1126", member.key_span,
                         "operator " + quoted(member.key) + " stands here as " +
                             quoted(earlier.key) + " too: both blocks must hold",
                         {}, {earlier.key_span});
  });
  blocks.reserve(node.members.size());
  for (const text::Member& member : node.members) {
    check_characters(member.key, member.key_span, context);
    ConditionBlock block;
    block.name = {member.key, member.key_span};
    block.span = {member.key_span.source, member.key_span.begin, member.value.span.end};
    block.op = parse_operator(member, context);
    block.conditions = parse_keys(member, block.op, context);
    blocks.push_back(std::move(block));
  }
  return blocks;
}

}  // namespace policysim::policy
