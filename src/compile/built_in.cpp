#include "compile/built_in.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "catalog/managed_keys.hpp"
#include "catalog/operators.hpp"
#include "policy/ast.hpp"
#include "text/source.hpp"
#include "values/arn.hpp"

namespace policysim::compile {
namespace {

using policy::ConditionBlock;
using policy::Statement;
using world::KmsGrant;
using world::Tags;
using Names = std::vector<std::string>;

policy::Texts texts_of(const Names& values) {
  policy::Texts out;
  for (const std::string& value : values) out.values.emplace_back().value = value;
  out.list = true;
  return out;
}

ConditionBlock block(std::string_view op, std::string key, const Names& values) {
  ConditionBlock out;
  out.name.value = std::string(op);
  out.op = catalog::parse_operator(op);
  policy::Condition& condition = out.conditions.emplace_back();
  condition.key.value = std::move(key);
  condition.values = texts_of(values);
  return out;
}

Statement allow(policy::PrincipalKind kind, std::string_view who, const Names& actions) {
  Statement out;
  out.principal.emplace();
  policy::PrincipalEntry& entry = out.principal->entries.emplace_back();
  entry.kind = kind;
  entry.texts = texts_of({std::string(who)});
  out.action.texts = texts_of(actions);
  out.resource.emplace();
  out.resource->texts = texts_of({"*"});
  out.has_condition = true;
  return out;
}

// Without a Version there are no policy variables: constraints are literal text.
void attach(Sources& sources, std::vector<Statement> statements, PolicyType type,
            std::string_view target, std::optional<Grant> grant = std::nullopt) {
  auto document = std::make_shared<policy::Document>();
  document->type = type;
  document->statements = std::move(statements);
  Attached attached;
  attached.where = {type, {}, std::string(target)};
  attached.document.emplace(std::move(document), std::make_shared<const text::SourceMap>(),
                            std::make_shared<const std::vector<Diagnostic>>());
  attached.built_in = true;
  attached.grant = std::move(grant);
  sources.attached.push_back(std::move(attached));
}

// Each pair, its name in the very same case, and with `exactly` no other name.
void encryption_context(const Tags& pairs, bool exactly, Statement& out) {
  Names names;
  for (const auto& [name, value] : pairs) {
    names.push_back(name);
    out.condition.push_back(block("StringEquals", "kms:EncryptionContext:" + name, {value}));
    out.condition.push_back(block("ForAnyValue:StringEquals", "kms:EncryptionContextKeys", {name}));
  }
  if (!exactly) return;
  out.condition.push_back(
      names.empty() ? block("Null", "kms:EncryptionContextKeys", {"true"})
                    : block("ForAllValues:StringEquals", "kms:EncryptionContextKeys", names));
}

// What a grant lets its grantee create is at least as strict as itself.
void strictness_of_child(const KmsGrant& grant, Statement& out) {
  out.condition.push_back(block("Null", "kms:GrantOperations", {"false"}));
  out.condition.push_back(
      block("ForAllValues:StringEquals", "kms:GrantOperations", grant.operations));
  if (!grant.context_equals && !grant.context_subset) return;
  Names types = {"EncryptionContextEquals"};
  if (grant.context_subset) types.emplace_back("EncryptionContextSubset");
  out.condition.push_back(block("StringEquals", "kms:GrantConstraintType", types));
}

// The encryption context does not constrain operations on metadata.
enum class Use : std::uint8_t { kCryptographic, kMetadata, kCreateGrant };

Use use_of(std::string_view operation) noexcept {
  if (operation == "CreateGrant") return Use::kCreateGrant;
  const bool metadata = operation == "DescribeKey" || operation == "RetireGrant";
  return metadata ? Use::kMetadata : Use::kCryptographic;
}

Statement grantee_statement(const KmsGrant& grant, const std::string& operation) {
  const bool service = grant.grantee.rfind("arn:", 0) != 0;
  Statement out = allow(service ? policy::PrincipalKind::kService : policy::PrincipalKind::kAws,
                        grant.grantee, {"kms:" + operation});
  const Use use = use_of(operation);
  if (use != Use::kMetadata) {
    if (grant.context_equals) encryption_context(*grant.context_equals, true, out);
    if (grant.context_subset) encryption_context(*grant.context_subset, false, out);
  }
  if (use == Use::kCreateGrant) strictness_of_child(grant, out);
  if (!grant.source_arn.empty()) {
    out.condition.push_back(block("ArnLike", "aws:SourceArn", {grant.source_arn}));
  }
  return out;
}

void attach_grant(Sources& sources, std::string_view key_arn, const KmsGrant& grant) {
  std::vector<Statement> statements;
  for (const std::string& operation : grant.operations) {
    statements.push_back(grantee_statement(grant, operation));
  }
  if (!grant.retiring.empty()) {
    const bool service = grant.retiring.rfind("arn:", 0) != 0;
    statements.push_back(
        allow(service ? policy::PrincipalKind::kService : policy::PrincipalKind::kAws,
              grant.retiring, {"kms:RetireGrant"}));
  }
  attach(sources, std::move(statements), PolicyType::kResource, key_arn,
         Grant{grant.issuer, false});
  // The issuing account may retire it by its identity policies.
  const auto arn = values::split_arn(key_arn);
  const std::string root =
      "arn:" + std::string(arn ? arn->partition() : "aws") + ":iam::" + grant.issuer + ":root";
  attach(sources, {allow(policy::PrincipalKind::kAws, root, {"kms:RetireGrant"})},
         PolicyType::kResource, key_arn, Grant{grant.issuer, true});
}

Names words(std::string_view text) {
  Names out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    out.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

Statement service_statement(std::string_view actions, const std::string& account,
                            const std::string& service) {
  Statement out = allow(policy::PrincipalKind::kAws, "*", words(actions));
  out.condition.push_back(block("StringEquals", "kms:CallerAccount", {account}));
  out.condition.push_back(block("StringLike", "kms:ViaService", {service + ".amazonaws.com"}));
  return out;
}

}  // namespace

void attach_grants(Sources& sources, std::string_view key_arn,
                   const std::vector<KmsGrant>& grants) {
  for (const KmsGrant& grant : grants) attach_grant(sources, key_arn, grant);
}

void attach_managed_key(Sources& sources, const world::Resource& key) {
  const auto arn = values::split_arn(key.arn);
  const auto* const row = catalog::managed_key_policy(key.kms.aliases.value_or(Names{}));
  std::vector<Statement> statements;
  if (row == nullptr) {
    statements.push_back(allow(policy::PrincipalKind::kAws, "*", {"kms:*"}));
    statements.back().condition.push_back(block("StringEquals", "kms.policy", {"allows"}));
  } else {
    const std::string service(row->service);
    statements.push_back(
        service_statement(row->actions, key.account, service + "." + std::string(arn->region())));
    if (!row->anywhere.empty()) {
      statements.push_back(service_statement(row->anywhere, key.account, service + ".*"));
    }
    const std::string root =
        "arn:" + std::string(arn->partition()) + ":iam::" + key.account + ":root";
    statements.push_back(allow(policy::PrincipalKind::kAws, root,
                               {"kms:Describe*", "kms:Get*", "kms:List*", "kms:RevokeGrant"}));
  }
  attach(sources, std::move(statements), PolicyType::kKey, key.arn);
}

void attach_unknown_policy(Sources& sources, PolicyType type, std::string_view target) {
  std::vector<Statement> statements;
  const auto add = [&](policy::Effect effect, const char* word) {
    Statement& out = statements.emplace_back();
    out.effect = effect;
    out.action.texts = texts_of({"*"});
    out.resource.emplace();
    out.resource->texts = texts_of({"*"});
    out.has_condition = true;
    out.condition.push_back(block("StringEquals", "iam.policy", {word}));
  };
  add(policy::Effect::kAllow, "allows");
  add(policy::Effect::kDeny, "denies");
  attach(sources, std::move(statements), type, target);
}

}  // namespace policysim::compile
