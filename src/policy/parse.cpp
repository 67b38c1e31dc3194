#include "policy/parse.hpp"

#include <utility>

#include "policy/context.hpp"
#include "policy/elements.hpp"

namespace policysim::policy {
namespace {

bool names_principal(const text::Node& statement) {
  return statement.find("Principal") != nullptr || statement.find("NotPrincipal") != nullptr;
}

// JSON keys have quotes: a key that is no longer than its text was written in YAML.
bool is_yaml(const text::Node& root) {
  if (root.members.empty()) return false;
  const text::Member& first = root.members.front();
  return first.key_span.end - first.key_span.begin <= first.key.size();
}

}  // namespace

Parsed parse(const text::Node& root, PolicyType type, const ParseOptions& options) {
  Context context{rules_of(type),  Findings(options.lenient),
                  options.lenient, is_yaml(root),
                  Version::k2008,  {}};
  std::vector<Diagnostic> duplicates;
  text::find_duplicate_keys(root, duplicates);
  for (Diagnostic& duplicate : duplicates) context.findings.add(std::move(duplicate));
  Parsed parsed;
  parsed.document = parse_document(root, type, context);
  parsed.usable = !context.findings.has_error();
  parsed.findings = std::move(context.findings).take_sorted();
  return parsed;
}

PolicyType guess_type(const text::Node& root) {
  const text::Node* statements = root.find("Statement");
  if (statements == nullptr) return PolicyType::kIdentity;
  if (names_principal(*statements)) return PolicyType::kResource;
  for (const text::Node& statement : statements->items) {
    if (names_principal(statement)) return PolicyType::kResource;
  }
  return PolicyType::kIdentity;
}

std::string_view type_name(PolicyType type) noexcept { return rules_of(type).name; }

}  // namespace policysim::policy
