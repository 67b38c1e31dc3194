// The semantics options and their readings (evaluation.md 11), default first.
#include <algorithm>

#include "reference/reference.hpp"

namespace policysim::reference {
namespace {

using Readings = std::vector<std::string>;

}  // namespace

const std::vector<std::pair<std::string, Readings>>& option_table() {
  static const std::vector<std::pair<std::string, Readings>> kTable{
      {"resource.notresource_unresolved", {"closed", "applies", "not_applies"}},
      {"resource.early_variable", {"closed", "never", "substitute"}},
      {"resource.short_arn", {"pad", "never"}},
      {"resource.type_wildcard", {"wildcard", "literal"}},
      {"resource.list_all_presents", {"*", "arn:aws:s3:::*"}},
      {"glob.question_mark_unit", {"code_point", "utf16_unit"}},
      {"principal.aws_star_service", {"closed", "match", "no_match"}},
      {"notprincipal", {"chain", "leaf", "any"}},
      {"variable.in_bool", {"closed", "substitute", "literal"}},
      {"variable.multivalued_default", {"default", "unresolved"}},
      {"variable.value_wildcards", {"literal", "pattern"}},
      {"condition.list_without_set_operator", {"closed", "false", "any"}},
      {"condition.null_empty_string", {"closed", "null", "value"}},
      {"condition.negated_type_mismatch", {"closed", "false", "true"}},
      {"condition.empty_values", {"false", "true"}},
      {"condition.empty_operator", {"true", "false"}},
      {"tags.case_variant", {"policy_spelling", "other"}},
      {"number.exponent", {"not_a_number", "number"}},
      {"date.four_digits", {"year", "epoch"}},
      {"arn.all_star", {"any_arn", "never"}},
      {"rbp.wildcard_bypass", {"limited", "bypass"}},
      {"rbp.mandatory_unlisted", {"no", "yes"}},
      {"federated.wildcard", {"named_only", "wildcard"}},
      {"federated.default_session", {"deny", "allow"}},
      {"root.cross_account", {"allow", "deny"}},
      {"kms.foreign_grant", {"identity_needed", "enough"}},
      {"kms.grant_boundary", {"limited", "by_grantee"}},
      {"kms.account_grant", {"identity_needed", "enough"}},
      {"kms.resource_tags_in_key_policy", {"off", "on"}},
      {"rcp.resourceless", {"on", "off"}},
      {"rcp.opensearch_es", {"both", "as_printed"}},
      {"vpce.slr", {"applies", "exempt"}},
      {"sts.caller_identity_vpce", {"applies", "ignored"}},
      {"sts.get_session_token_deny", {"ignored", "effective"}},
      {"sts.implicit_self_trust", {"off", "on"}},
      {"xaccount.lambda", {"on", "off"}},
      {"bpa.extended_keys", {"off", "on"}},
      {"bpa.userid_role_pattern", {"public", "fixed"}},
      {"s3.ap_identity_arn", {"own", "either"}},
      {"fas.source_ip", {"preserved", "absent"}},
      {"s3.sse_context", {"header", "effective"}},
      {"s3.key_id_from_default", {"on", "off"}},
      {"s3.default_alias_resolution", {"off", "on"}},
      {"s3.multipart_sse_recorded", {"on", "off"}},
      {"kms.grant_for_aws_resource_when_direct", {"false", "absent"}},
      {"ec2.encrypted_context", {"effective", "parameter"}},
      {"rds.storage_encrypted_default", {"false", "absent"}}};
  return kTable;
}

std::vector<std::string> assumptions(const Options& in_force,
                                     const std::function<Outcome(const Options&)>& outcome) {
  const Outcome decided = outcome(in_force);
  std::vector<std::string> out;
  for (const auto& option : option_table()) {
    const std::string& name = option.first;
    const Readings& readings = option.second;
    const auto stated = in_force.find(name);
    const std::string& reading = stated == in_force.end() ? readings.front() : stated->second;
    const bool matters = std::any_of(readings.begin(), readings.end(), [&](const auto& other) {
      if (other == reading) return false;
      Options changed = in_force;
      changed[name] = other;
      return outcome(changed) != decided;
    });
    if (matters) out.push_back(name + "=" + reading);
  }
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace policysim::reference
