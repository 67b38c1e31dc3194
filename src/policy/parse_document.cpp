#include <array>
#include <string>
#include <unordered_map>

#include "base/edit_distance.hpp"
#include "policy/elements.hpp"

namespace policysim::policy {
namespace {

constexpr std::array<std::string_view, 3> kElements = {"Version", "Id", "Statement"};

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& names, std::string_view name) {
  for (const std::string_view known : names) {
    if (known == name) return true;
  }
  return false;
}

void check_members(const text::Node& root, Context& context) {
  for (const text::Member& member : root.members) {
    if (contains(kElements, member.key)) continue;
    check_characters(member.key, member.key_span, context);
    const bool misplaced = contains(kStatementElements, member.key);
    context.findings.add("PS1003", member.key_span, "unknown policy element " + quoted(member.key),
                         misplaced ? "it belongs in a statement"
                                   : did_you_mean(base::nearest(member.key, kElements)));
  }
}

std::optional<Text> parse_version(const text::Node& root, Context& context) {
  const text::Member* member = root.find_member("Version");
  if (member == nullptr) {
    context.findings.add("PS1007", root.span,
                         "no `Version`: the policy is read as version 2008-10-17",
                         "write `\"Version\": \"2012-10-17\"`");
    return std::nullopt;
  }
  auto version = read_text(member->value, "Version", context);
  if (!version) return std::nullopt;
  if (version->value == "2012-10-17") {
    context.version = Version::k2012;
  } else if (version->value != "2008-10-17") {
    context.version = Version::k2012;  // most likely meant: no findings that rest on the other
    context.findings.add("PS1006", version->span,
                         "unknown policy version " + quoted(version->value),
                         "the current version is `2012-10-17`");
  } else if (context.rules.needs_2012) {
    context.findings.add("PS1008", version->span,
                         std::string(context.rules.plural) + " must have version `2012-10-17`");
  }
  return version;
}

std::optional<Text> parse_id(const text::Node& root, Context& context) {
  const text::Member* member = root.find_member("Id");
  if (member == nullptr) return std::nullopt;
  if (!context.rules.id) {
    context.findings.add("PS1009", member->key_span,
                         "`Id` is not allowed in " + std::string(context.rules.plural));
  }
  return read_text(member->value, "Id", context);
}

void check_duplicate_sids(const std::vector<Statement>& statements, Context& context) {
  std::unordered_map<std::string_view, SourceSpan> seen;
  for (const Statement& statement : statements) {
    if (!statement.sid || statement.sid->value.empty()) continue;
    const auto [first, fresh] = seen.emplace(statement.sid->value, statement.sid->span);
    if (fresh) continue;
    context.findings.add("PS1117", statement.sid->span,
                         "another statement has the Sid " + quoted(statement.sid->value) + " too",
                         {}, {first->second});
  }
}

void parse_statements(const text::Node& root, Document& document, Context& context) {
  const text::Member* member = root.find_member("Statement");
  if (member == nullptr) {
    context.findings.add("PS1005", root.span, "policy has no `Statement`");
    return;
  }
  const text::Node& node = member->value;
  document.statement_list = node.is_list();
  if (node.is_map()) {
    document.statements.push_back(parse_statement(node, context));
    return;
  }
  if (!node.is_list()) {
    report_wrong_type(node, "Statement", "an object or a list of objects", context);
    return;
  }
  if (node.items.empty()) {
    context.findings.add("PS1005", node.span, "`Statement` is an empty list",
                         "a policy needs at least one statement");
  }
  document.statements.reserve(node.items.size());
  for (const text::Node& item : node.items) {
    if (!item.is_map()) {
      report_wrong_type(item, "Statement", "an object or a list of objects", context);
      continue;
    }
    document.statements.push_back(parse_statement(item, context));
  }
  check_duplicate_sids(document.statements, context);
}

}  // namespace

Document parse_document(const text::Node& root, PolicyType type, Context& context) {
  Document document;
  document.type = type;
  document.span = root.span;
  if (!root.is_map()) {
    const std::string found(text::kind_name(root.kind));
    context.findings.add(root.is_null() ? "PS1004" : "PS1001", root.span,
                         "a policy document must be an object, found " + found);
    return document;
  }
  check_members(root, context);
  document.version = parse_version(root, context);
  document.id = parse_id(root, context);
  parse_statements(root, document, context);
  check_size(root, document, context);
  return document;
}

}  // namespace policysim::policy
