#include "world/parts.hpp"

#include <algorithm>
#include <set>

#include "base/ascii.hpp"
#include "values/arn.hpp"

namespace policysim::world {
namespace {

using text::Node;

bool has_allow(const Node& document) noexcept {
  const auto allows = [](const Node& statement) {
    const Node* effect = statement.find("Effect");
    return effect != nullptr && effect->text == "Allow";
  };
  const Node* statement = document.find("Statement");
  if (statement == nullptr) return false;
  if (statement->is_map()) return allows(*statement);
  return std::any_of(statement->items.begin(), statement->items.end(), allows);
}

bool check_policy(const Node& node, const std::string& name, const Known& known, BuiltIn built_in,
                  Unknown unknown, Findings& findings) {
  const auto found = known.policies.find(name);
  if (found != known.policies.end()) {
    if (!found->second->unknown || unknown == Unknown::kFits) return true;
    findings.error("PS2102", node.span,
                   "an import names the policy " + in_ticks(name) + " and does not hold it",
                   "add it to `policies`");
    return false;
  }
  if (std::find(built_in.begin(), built_in.end(), name) != built_in.end()) return true;
  Names names;
  for (const auto& policy : known.policies) names.emplace_back(policy.first);
  names.insert(names.end(), built_in.begin(), built_in.end());
  std::sort(names.begin(), names.end());
  unknown_name(node.span, "policy", name, names, findings);
  return false;
}

}  // namespace

const Principal* Known::principal(std::string_view name) const noexcept {
  const Principal* const found = data != nullptr ? data->principal(name) : nullptr;
  return found != nullptr && found->name == name ? found : nullptr;
}

Names Known::principal_names() const {
  Names out;
  if (data == nullptr) return out;
  for (const Principal& entry : data->principals) out.push_back(entry.name);
  std::sort(out.begin(), out.end());
  return out;
}

void unknown_name(const SourceSpan& span, std::string_view what, std::string_view name,
                  const std::vector<std::string>& known, Findings& findings) {
  findings.error("PS2102", span, "there is no " + std::string(what) + " " + in_ticks(name),
                 did_you_mean(name, known));
}

void not_possible(const SourceSpan& span, std::string_view what, std::string_view member,
                  std::string help, Findings& findings) {
  findings.error("PS2109", span, std::string(what) + " cannot have " + in_ticks(member),
                 std::move(help));
}

void check_entry_name(const text::Member& member, std::string_view what, Findings& findings) {
  if (is_entry_name(member.key)) return;
  findings.error(
      "PS2006", member.key_span, in_ticks(member.key) + " is no name of a " + std::string(what),
      "names begin with a letter, digit or `_` and go on with these and `. / @ + = , -`");
}

std::optional<std::string> account_id(const Node& node, Findings& findings) {
  auto text = read_text(node, "an account id", findings);
  if (text && !values::is_account_id(*text)) {
    findings.error("PS2006", node.span, in_ticks(*text) + " is no account id",
                   "account ids have twelve digits");
    return std::nullopt;
  }
  return text;
}

std::optional<Names> policy_names(Members& members, std::string_view member, const Known& known,
                                  Findings& findings, BuiltIn built_in, Unknown unknown) {
  const Node* list = members.list(member);
  if (list == nullptr) return std::nullopt;
  Names out;
  for (const Node& item : list->items) {
    const auto name = read_text(item, "a name of a policy", findings);
    if (name && check_policy(item, *name, known, built_in, unknown, findings)) out.push_back(*name);
  }
  return out;
}

std::optional<std::string> policy_name(Members& members, std::string_view member,
                                       const Known& known, Findings& findings, Unknown unknown) {
  const Node* node = members.any(member);
  if (node == nullptr) return std::nullopt;
  auto name = read_text(*node, "a name of a policy", findings);
  if (name && !check_policy(*node, *name, known, {}, unknown, findings)) return std::nullopt;
  return name;
}

bool any_unknown(const Names& policies, const Known& known) {
  return std::any_of(policies.begin(), policies.end(), [&](const std::string& name) {
    const auto found = known.policies.find(name);
    return found != known.policies.end() && found->second->unknown;
  });
}

std::optional<Names> scp_names(Members& members, const Known& known, bool full_aws_access,
                               Findings& findings) {
  auto names = policy_names(members, "scps", known, findings, kBuiltInScps);
  if (!names || full_aws_access) return names;
  const bool allows = std::any_of(names->begin(), names->end(), [&](const std::string& name) {
    if (name == kFullAwsAccess) return true;
    const Policy* policy = known.policies.find(name)->second;
    return policy->document == nullptr || has_allow(*policy->document);
  });
  if (!allows) {
    findings.warning("PS2113", members.span_of("scps"),
                     "nothing in this list of SCPs allows anything",
                     "add `FullAWSAccess`, or a policy with an Allow statement");
  }
  return names;
}

BlockPublicAccess read_block_public_access(Members& members, std::string_view member,
                                           Findings& findings) {
  BlockPublicAccess out;
  const Node* node = members.map(member);
  if (node == nullptr) return out;
  Members settings(*node, "block public access setting", findings);
  out.block_public_acls = settings.flag("block_public_acls").value_or(false);
  out.ignore_public_acls = settings.flag("ignore_public_acls").value_or(false);
  out.block_public_policy = settings.flag("block_public_policy").value_or(false);
  out.restrict_public_buckets = settings.flag("restrict_public_buckets").value_or(false);
  settings.finish();
  return out;
}

void check_tag_case(const Tags& tags, const SourceSpan& span, Findings& findings) {
  std::set<std::string> seen;
  for (const auto& tag : tags) {
    if (seen.insert(base::lower(tag.first)).second) continue;
    findings.warning("PS2122", span, "two tags are called " + in_ticks(tag.first) + " but for case",
                     "AWS matches one of them and does not say which");
  }
}

}  // namespace policysim::world
