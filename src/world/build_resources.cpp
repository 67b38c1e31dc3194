// `resources` and `vpc_endpoints`.
#include <algorithm>
#include <array>
#include <unordered_map>

#include "values/arn.hpp"
#include "world/parts.hpp"

namespace policysim::world {
namespace {

using text::Node;

// The ARN of an S3 object's bucket; else the ARN itself.
std::string_view bucket_of(std::string_view text) noexcept {
  const auto arn = values::split_arn(text);
  if (!arn || arn->service() != "s3" || !arn->account().empty()) return text;
  return text.substr(0, std::min(text.find('/'), text.size()));
}

bool is_key(const values::Arn& arn) noexcept {
  return arn.service() == "kms" && arn.resource().substr(0, 4) == "key/";
}

// `kms`, `s3` and `lambda` describe resources of these services.
const Node* details(Members& members, std::string_view member, std::string_view service,
                    const values::Arn& arn, Findings& findings) {
  const Node* node = members.map(member);
  if (node == nullptr) return nullptr;
  const bool fits =
      member == "kms" ? is_key(arn) : arn.service().substr(0, service.size()) == service;
  if (fits) return node;
  not_possible(node->span, "a resource of " + std::string(arn.service()), member, {}, findings);
  return nullptr;
}

void read_owner(Members& members, const values::Arn& arn, Resource& out, Findings& findings) {
  out.account = std::string(arn.account());
  const Node* stated = members.any("account");
  if (stated == nullptr) return;
  const auto id = account_id(*stated, findings);
  if (!id) return;
  if (!out.account.empty() && out.account != *id) {
    findings.error(
        "PS2120", stated->span,
        "the ARN names account " + in_ticks(out.account) + " as owner, not " + in_ticks(*id));
  }
  out.account = *id;
}

void read_resource_policy(Members& members, const values::Arn& arn, const Known& known,
                          Resource& out, Findings& findings) {
  out.policy = policy_name(members, "policy", known, findings);
  const std::string_view target = bucket_of(out.arn);
  if (members.has("policy") && target != out.arn) {
    findings.error(
        "PS2121", members.span_of("policy"),
        "an object has no policy of its own, the one of " + in_ticks(target) + " governs it");
  }
  if (is_key(arn) && !out.kms.aws_managed && !members.has("policy")) {
    findings.warning("PS2114", out.span, "the KMS key has no key policy, so it admits nobody",
                     "give it a `policy`");
  }
}

void read_resource(const text::Member& entry, Data& data, const Known& known, Findings& findings) {
  check_entry_name(entry, "resource", findings);
  Members members(entry.value, "resource", findings);
  if (!members.ok()) return;
  members.require("arn");
  Resource out;
  out.name = entry.key;
  out.span = entry.key_span;
  out.arn = members.text("arn").value_or("");
  const auto arn = values::split_arn(out.arn);
  if (!arn) {
    if (!out.arn.empty()) {
      findings.error("PS2116", members.span_of("arn"), in_ticks(out.arn) + " is no ARN",
                     "an ARN is `arn:partition:service:region:account:resource`");
    }
    return;
  }
  read_owner(members, *arn, out, findings);
  out.region = std::string(arn->region());
  if (auto region = members.text("region"); region && out.region.empty()) out.region = *region;
  out.tags = members.tags("tags");
  if (out.tags) check_tag_case(*out.tags, members.span_of("tags"), findings);
  out.encryption = read_encryption(members, "encryption", true, findings);
  if (const Node* kms = details(members, "kms", "kms", *arn, findings)) {
    read_kms(*kms, known, out, findings);
  }
  if (const Node* s3 = details(members, "s3", "s3", *arn, findings)) {
    read_s3(*s3, known, out, findings);
  }
  if (const Node* function = details(members, "lambda", "lambda", *arn, findings)) {
    read_lambda(*function, out, findings);
  }
  read_resource_policy(members, *arn, known, out, findings);
  members.flag("override");
  members.finish();
  data.resources.push_back(std::move(out));
}

// The owner of an object is that of its bucket; nobody else's is guessed.
void resolve_owners(Data& data, Findings& findings) {
  std::unordered_map<std::string_view, const Resource*> by_arn;
  for (const Resource& entry : data.resources) {
    const auto [at, fresh] = by_arn.emplace(entry.arn, &entry);
    if (fresh) continue;
    findings.add({{"PS2111",
                   "two resources have the ARN " + in_ticks(entry.arn),
                   {},
                   Severity::kError,
                   entry.span,
                   {at->second->span}}});
  }
  for (Resource& entry : data.resources) {
    if (!entry.account.empty() && !entry.region.empty()) continue;
    const auto holder = by_arn.find(bucket_of(entry.arn));
    if (holder != by_arn.end()) {
      if (entry.account.empty()) entry.account = holder->second->account;
      if (entry.region.empty()) entry.region = holder->second->region;
    }
    if (entry.account.empty()) {
      findings.error("PS2107", entry.span,
                     "who owns " + in_ticks(entry.arn) + " is not stated and never guessed",
                     "give `account`, as the ARN has none");
    }
  }
}

}  // namespace

void read_resources(const Node& section, Data& data, const Known& known, Findings& findings) {
  data.resources.reserve(section.members.size());
  for (const text::Member& entry : section.members) read_resource(entry, data, known, findings);
  resolve_owners(data, findings);
  check_service_facts(data, findings);
}

void read_endpoints(const Node& section, Data& data, const Known& known, Findings& findings) {
  constexpr std::array<std::string_view, 2> kTypes = {"interface", "gateway"};
  for (const text::Member& entry : section.members) {
    check_entry_name(entry, "VPC endpoint", findings);
    Members members(entry.value, "VPC endpoint", findings);
    if (!members.ok()) continue;
    members.require("id");
    VpcEndpoint out;
    out.name = entry.key;
    out.span = entry.key_span;
    out.id = members.text("id").value_or("");
    out.vpc = members.text("vpc").value_or("");
    if (const Node* account = members.any("account")) {
      out.account = account_id(*account, findings).value_or("");
    }
    out.gateway = members.word("type", kTypes).value_or(0) == 1;
    out.policy = policy_name(members, "policy", known, findings);
    members.flag("override");
    members.finish();
    data.endpoints.push_back(std::move(out));
  }
}

}  // namespace policysim::world
