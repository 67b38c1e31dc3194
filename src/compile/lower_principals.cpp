// Principal and NotPrincipal -> principal nodes.
#include "base/ascii.hpp"
#include "compile/lowering.hpp"
#include "values/arn.hpp"

namespace policysim::compile {

using policy::PrincipalKind;
using program::PrincipalEntry;
using program::StatementRow;

namespace {

bool is_unique_id(std::string_view text) {
  if (text.size() < 2 || text[0] != 'A') return false;
  return text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == std::string_view::npos;
}

PrincipalEntry aws_entry(std::string_view text) {
  PrincipalEntry entry;
  entry.text = text;
  entry.kind = PrincipalEntry::Kind::kArn;
  if (text == "*") {
    entry.kind = PrincipalEntry::Kind::kAwsStar;
  } else if (values::is_account_id(text)) {
    entry.kind = PrincipalEntry::Kind::kAccount;
  } else if (is_unique_id(text)) {
    entry.kind = PrincipalEntry::Kind::kUniqueId;
  } else if (const auto arn = values::split_arn(text); arn && arn->service() == "iam") {
    const std::string_view resource = arn->resource();
    if (resource == "root" && values::is_account_id(arn->account())) {
      entry.kind = PrincipalEntry::Kind::kAccount;
      entry.text = arn->account();
      entry.partition = arn->partition();
    } else if (resource.substr(0, 5) == "role/") {
      entry.role_partition = arn->partition();
      entry.role_account = arn->account();
      entry.role_name = resource.substr(resource.rfind('/') + 1);
    }
  }
  return entry;
}

PrincipalEntry lower_entry(PrincipalKind kind, std::string_view text) {
  PrincipalEntry entry;
  entry.text = text;
  switch (kind) {
    case PrincipalKind::kAws:
      return aws_entry(text);
    case PrincipalKind::kService:
      entry.kind = PrincipalEntry::Kind::kService;
      return entry;
    case PrincipalKind::kFederated:
      entry.kind = PrincipalEntry::Kind::kFederated;
      return entry;
    case PrincipalKind::kCanonicalUser:
      entry.kind = PrincipalEntry::Kind::kCanonicalUser;
      return entry;
  }
  return entry;
}

bool has_principals(PolicyType type) {
  return type == PolicyType::kResource || type == PolicyType::kKey || type == PolicyType::kTrust ||
         type == PolicyType::kRcp || type == PolicyType::kEndpoint;
}

// A positive operator on aws:PrincipalArn: not negated, not IfExists, not under a set operator.
bool names_principal_arn(const policy::Statement& statement) {
  using catalog::Comparison;
  using catalog::ValueKind;
  for (const policy::ConditionBlock& block : statement.condition) {
    if (!block.op) continue;
    const catalog::OperatorRow& info = block.op->info();
    const bool text =
        info.kind == ValueKind::kArn ||
        (info.kind == ValueKind::kString && info.comparison != Comparison::kEqualsIgnoreCase);
    if (!text || block.op->negated || block.op->if_exists ||
        block.op->set != catalog::SetOperator::kNone) {
      continue;
    }
    for (const policy::Condition& condition : block.conditions) {
      if (base::equals_ignore_case(condition.key.value, "aws:PrincipalArn")) return true;
    }
  }
  return false;
}

}  // namespace

void Lowering::principal(const policy::Statement& statement, const Scope& scope,
                         StatementRow& row) {
  if (!has_principals(scope.type)) return;
  if (!statement.principal) {
    row.flags |= StatementRow::kNeverMatches;
    return;
  }
  if (names_principal_arn(statement)) row.flags |= StatementRow::kPrincipalArnCondition;
  const policy::Principal& principal = *statement.principal;
  std::string name = principal.negated ? "P!" : "P";
  name += scope.type == PolicyType::kEndpoint ? 'e' : '-';
  if (principal.star) name += '*';
  for (const policy::PrincipalEntry& entry : principal.entries) {
    for (const policy::Text& text : entry.texts.values) {
      name += '\0';
      name += static_cast<char>('a' + static_cast<int>(entry.kind));
      name += text.value;
    }
  }
  if (const auto found = nodes_.find(name); found != nodes_.end()) {
    row.principal = found->second.id;
    return;
  }
  program::PrincipalNode node;
  node.negated = principal.negated;
  node.of_endpoint = scope.type == PolicyType::kEndpoint;
  node.first = static_cast<std::uint32_t>(program_.principal_entries.size());
  if (principal.star) program_.principal_entries.push_back({});
  for (const policy::PrincipalEntry& entry : principal.entries) {
    for (const policy::Text& text : entry.texts.values) {
      program_.principal_entries.push_back(lower_entry(entry.kind, keep(text.value)));
    }
  }
  node.count = static_cast<std::uint32_t>(program_.principal_entries.size()) - node.first;
  row.principal = static_cast<std::uint32_t>(program_.principals.size());
  program_.principals.push_back(node);
  nodes_.emplace(std::move(name), Node{row.principal, 0});
}

}  // namespace policysim::compile
