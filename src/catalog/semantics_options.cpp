#include "catalog/semantics_options.hpp"

#include <cstddef>

namespace policysim::catalog {
namespace {

// In the order of Option.
constexpr std::array kRows = {
    OptionRow{
        "resource.notresource_unresolved",
        {"closed", "applies", "not_applies"},
        "language §3.3",
        "documented loosely: an entry with an unresolved variable matches no resource; whether "
        "NotResource then applies is not said"},
    OptionRow{"resource.early_variable",
              {"closed", "never", "substitute"},
              "language §5.2",
              "assumption: variables before the fifth colon are not supported; their effect at run "
              "time is not stated"},
    OptionRow{"resource.short_arn",
              {"pad", "never", ""},
              "language §3.5",
              "observed by one peer: ARNs of fewer than six parts, by policy type"},
    OptionRow{
        "resource.type_wildcard",
        {"wildcard", "literal", ""},
        "language §3.1",
        "documented, pages disagree: a wildcard in the resource-type part is not allowed, yet "
        "EC2's examples use it"},
    OptionRow{"resource.list_all_presents",
              {"*", "arn:aws:s3:::*", ""},
              "language §3.4",
              "documented, pages disagree: what S3 presents for ListAllMyBuckets"},
    OptionRow{"glob.question_mark_unit",
              {"code_point", "utf16_unit", ""},
              "language §3.1",
              "assumption: what `?` counts in text beyond the basic multilingual plane"},
    OptionRow{
        "principal.aws_star_service",
        {"closed", "match", "no_match"},
        "language §4.2",
        "assumption: {\"AWS\": \"*\"} equals \"*\" for anonymous users; service principals are "
        "not mentioned"},
    OptionRow{"notprincipal",
              {"chain", "leaf", "any"},
              "language §4.5, §4.4",
              "documented loosely: a list that names only some levels of a caller depends on the "
              "service"},
    OptionRow{"variable.in_bool",
              {"closed", "substitute", "literal"},
              "language §5.2",
              "documented, pages disagree: variables in values of Bool"},
    OptionRow{"variable.multivalued_default",
              {"default", "unresolved", ""},
              "language §5.3",
              "assumption: a list in a variable that has a default"},
    OptionRow{"variable.value_wildcards",
              {"literal", "pattern", ""},
              "language §5.3",
              "assumption: `*` and `?` in a substituted value; peers read them both ways"},
    OptionRow{"condition.list_without_set_operator",
              {"closed", "false", "any"},
              "language §6.2",
              "observed by peers, both ways: AWS only says that a set operator is required"},
    OptionRow{"condition.null_empty_string",
              {"closed", "null", "value"},
              "language §6.6",
              "documented, pages disagree: whether an empty string is null"},
    OptionRow{
        "condition.negated_type_mismatch",
        {"closed", "false", "true"},
        "language §6.2",
        "observed by peers, both ways: a negated typed operator on a value that does not parse"},
    OptionRow{"condition.empty_values",
              {"false", "true", ""},
              "language §6.3",
              "documented, pages disagree: a positive operator with an empty list of values"},
    OptionRow{"condition.empty_operator",
              {"true", "false", ""},
              "language §1.3",
              "documented loosely: an operator with an empty object has no effect"},
    OptionRow{
        "tags.case_variant",
        {"policy_spelling", "other", ""},
        "language §6.9",
        "documented loosely: of two tags whose keys differ only in case one matches, which one "
        "is undefined"},
    OptionRow{"number.exponent",
              {"not_a_number", "number", ""},
              "language §6.5",
              "assumption: exponent notation in numbers"},
    OptionRow{"date.four_digits",
              {"year", "epoch", ""},
              "language §6.5",
              "assumption: a date of exactly four digits; peers read it both ways"},
    OptionRow{"arn.all_star",
              {"any_arn", "never", ""},
              "language §6.5",
              "assumption: an ARN pattern that is only `*`; peers read it both ways"},
    OptionRow{
        "rbp.wildcard_bypass",
        {"limited", "bypass", ""},
        "evaluation §4.2",
        "observed by one peer: principal `*` without aws:PrincipalArn against an implicit deny "
        "of a permissions boundary or session policy"},
    OptionRow{
        "rbp.mandatory_unlisted",
        {"no", "yes", ""},
        "evaluation §6.9",
        "documented: further services \"may also require\" an allow in the resource-based policy"},
    OptionRow{"federated.wildcard",
              {"named_only", "wildcard", ""},
              "evaluation §4.2",
              "assumption, fail-closed: a wildcard principal and a federated user"},
    OptionRow{"federated.default_session",
              {"deny", "allow", ""},
              "evaluation §4.4",
              "documented loosely: a federated user without a session policy"},
    OptionRow{"root.cross_account",
              {"allow", "deny", ""},
              "evaluation §5",
              "assumption: the root user of another account needs no identity-based policy"},
    OptionRow{
        "kms.foreign_grant",
        {"identity_needed", "enough", ""},
        "evaluation §5, §6.1",
        "assumption: a grant that the key's account issued to a principal of another account"},
    OptionRow{"kms.grant_boundary",
              {"limited", "by_grantee", ""},
              "evaluation §6.1",
              "assumption: permissions boundary and session policy against a grant"},
    OptionRow{"kms.account_grant",
              {"identity_needed", "enough", ""},
              "evaluation §6.1",
              "assumption: a grant whose grantee is an account"},
    OptionRow{"kms.resource_tags_in_key_policy",
              {"off", "on", ""},
              "evaluation §6.1",
              "documented for off in an older guide: tag keys are not supported in key policies"},
    OptionRow{
        "rcp.resourceless",
        {"on", "off", ""},
        "evaluation §3.1",
        "documented loosely: RCPs of the caller's account for actions without a resource type"},
    OptionRow{"rcp.opensearch_es",
              {"both", "as_printed", ""},
              "evaluation §3.2",
              "assumption: the list prints `opensearch`; the action prefix of domains is `es`"},
    OptionRow{"vpce.slr",
              {"applies", "exempt", ""},
              "evaluation §6.6",
              "assumption: VPC endpoint policies and service-linked roles"},
    OptionRow{"sts.caller_identity_vpce",
              {"applies", "ignored", ""},
              "evaluation §6.2",
              "assumption: GetCallerIdentity and GetSessionToken through a VPC endpoint"},
    OptionRow{"sts.get_session_token_deny",
              {"ignored", "effective", ""},
              "evaluation §6.2",
              "documented, pages disagree: no permission is needed, yet a sample exempts it from a "
              "deny"},
    OptionRow{"sts.implicit_self_trust",
              {"off", "on", ""},
              "evaluation §6.2",
              "documented: only roles of a legacy list still trust themselves"},
    OptionRow{"xaccount.lambda",
              {"on", "off", ""},
              "evaluation §6.9",
              "observed by one peer: Lambda operations that fail across accounts"},
    OptionRow{
        "bpa.extended_keys",
        {"off", "on", ""},
        "evaluation §6.4",
        "observed by one peer: endpoint keys that make a bucket policy non-public; off reads it "
        "as public"},
    OptionRow{"bpa.userid_role_pattern",
              {"public", "fixed", ""},
              "evaluation §6.4",
              "documented, one peer differs: aws:userid `AROA…:*` and block public access"},
    OptionRow{"s3.ap_identity_arn",
              {"own", "either", ""},
              "evaluation §6.4",
              "assumption: which ARN identity-based policies must allow at an access point"},
    OptionRow{
        "fas.source_ip",
        {"preserved", "absent", ""},
        "evaluation §6.7",
        "documented in 2026, the page of 2023 differs: the caller's address in forward access "
        "sessions"},
    OptionRow{"s3.sse_context",
              {"header", "effective", ""},
              "abac §1.2",
              "medium confidence: the encryption algorithm key of a PUT without headers"},
    OptionRow{
        "s3.key_id_from_default",
        {"on", "off", ""},
        "abac §1.2",
        "medium confidence: the key-id key of a PUT without headers; AWS's text speaks for on, "
        "one field report of 2026-05 for off"},
    OptionRow{"s3.default_alias_resolution",
              {"off", "on", ""},
              "abac §1.2",
              "low confidence: an alias in a bucket's default encryption"},
    OptionRow{
        "s3.multipart_sse_recorded",
        {"on", "off", ""},
        "abac §1.1",
        "medium confidence: parts of a multipart upload report the encryption of its creation"},
    OptionRow{"kms.grant_for_aws_resource_when_direct",
              {"false", "absent", ""},
              "abac §1.3",
              "medium confidence: kms:GrantIsForAWSResource on a direct call"},
    OptionRow{"ec2.encrypted_context",
              {"effective", "parameter", ""},
              "abac §1.4",
              "medium confidence: ec2:Encrypted of a new volume"},
    OptionRow{"rds.storage_encrypted_default",
              {"false", "absent", ""},
              "abac §1.4",
              "medium confidence: rds:StorageEncrypted when the flag is left out"},
};
static_assert(kRows.size() == static_cast<std::size_t>(Option::kCount));
static_assert(kRows.size() <= 64, "OptionSet has a bit for each");

}  // namespace

std::span<const OptionRow> semantics_options() noexcept { return kRows; }

std::optional<Option> find_option(std::string_view name) noexcept {
  for (std::size_t i = 0; i < kRows.size(); ++i) {
    if (kRows[i].name == name) return static_cast<Option>(i);
  }
  return std::nullopt;
}

std::optional<std::uint8_t> find_reading(Option option, std::string_view reading) noexcept {
  const auto& readings = kRows[static_cast<std::size_t>(option)].readings;
  for (std::size_t i = 0; i < readings.size(); ++i) {
    if (!readings[i].empty() && readings[i] == reading) return static_cast<std::uint8_t>(i);
  }
  return std::nullopt;
}

}  // namespace policysim::catalog
