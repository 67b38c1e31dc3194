#include "catalog/semantics_options.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>
#include <string>

namespace policysim::catalog {
namespace {

constexpr const char* kDocument = PSIM_SOURCE_DIR "/docs/semantics/options.md";

std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|') out += '\\';
    out += c;
  }
  return out;
}

std::string code(std::string_view text) { return "`" + std::string(text) + "`"; }

// docs/semantics/options.md as the table has it.
std::string document() {
  std::string out =
      "# Semantics options\n\n"
      "Where AWS's documentation is silent, loose or at odds with itself, a rule has more than "
      "one\n"
      "reading. Each such rule is an option with a default. A decision names in `assumptions`, as\n"
      "`option=reading`, those whose other reading would change it.\n\n"
      "`closed` is the fail-closed default where both readings are plausible: a part of an Allow\n"
      "statement matches only if it matches under every reading, a part of a Deny statement if it\n"
      "matches under any.\n\n"
      "The column *where* names the subject and the section: language (policy grammar and "
      "matching\n"
      "of one statement), evaluation (one decision over many policies), abac (how request "
      "contexts\n"
      "are built).\n\n"
      "This page is written from `src/catalog/semantics_options.cpp`; run the unit tests of\n"
      "`catalog` with `POLICYSIM_UPDATE_GOLDENS=1` after a change of the table.\n\n"
      "| option | default | other readings | where | evidence |\n"
      "|---|---|---|---|---|\n";
  for (const OptionRow& row : semantics_options()) {
    std::string others;
    for (std::size_t i = 1; i < row.readings.size(); ++i) {
      if (row.readings[i].empty()) continue;
      if (!others.empty()) others += ", ";
      others += code(row.readings[i]);
    }
    out += "| " + code(row.name) + " | " + code(row.readings[0]) + " | " + others + " | " +
           std::string(row.where) + " | " + cell(row.evidence) + " |\n";
  }
  return out;
}

TEST(SemanticsOptions, DocumentAgreesWithTheTable) {
  const char* const update = std::getenv("POLICYSIM_UPDATE_GOLDENS");
  if (update != nullptr && std::string_view(update) == "1") std::ofstream(kDocument) << document();
  std::ifstream file(kDocument);
  ASSERT_TRUE(file) << kDocument;
  std::stringstream text;
  text << file.rdbuf();
  EXPECT_EQ(text.str(), document()) << "run again with POLICYSIM_UPDATE_GOLDENS=1";
}

TEST(SemanticsOptions, RowsAreComplete) {
  std::set<std::string_view> names;
  for (const OptionRow& row : semantics_options()) {
    EXPECT_TRUE(names.insert(row.name).second) << row.name;
    EXPECT_FALSE(row.readings[0].empty()) << row.name;
    EXPECT_FALSE(row.readings[1].empty()) << row.name;
    EXPECT_NE(row.readings[0], row.readings[1]) << row.name;
    // `closed` stands over two other readings, and is the default where it exists.
    const bool closed = row.readings[0] == "closed";
    EXPECT_EQ(!row.readings[2].empty(), closed || row.name == "notprincipal") << row.name;
    EXPECT_NE(row.where.find("§"), std::string_view::npos) << row.name;
    EXPECT_FALSE(row.evidence.empty()) << row.name;
  }
}

TEST(SemanticsOptions, RowsStandAtTheirEnumerators) {
  const struct {
    Option option;
    const char* name;
    const char* reading;
  } rows[] = {
      {Option::kResourceNotResourceUnresolved, "resource.notresource_unresolved", "closed"},
      {Option::kResourceEarlyVariable, "resource.early_variable", "closed"},
      {Option::kResourceShortArn, "resource.short_arn", "pad"},
      {Option::kResourceTypeWildcard, "resource.type_wildcard", "wildcard"},
      {Option::kResourceListAllPresents, "resource.list_all_presents", "*"},
      {Option::kGlobQuestionMarkUnit, "glob.question_mark_unit", "code_point"},
      {Option::kPrincipalAwsStarService, "principal.aws_star_service", "closed"},
      {Option::kNotPrincipal, "notprincipal", "chain"},
      {Option::kVariableInBool, "variable.in_bool", "closed"},
      {Option::kVariableMultivaluedDefault, "variable.multivalued_default", "default"},
      {Option::kVariableValueWildcards, "variable.value_wildcards", "literal"},
      {Option::kConditionListWithoutSetOperator, "condition.list_without_set_operator", "closed"},
      {Option::kConditionNullEmptyString, "condition.null_empty_string", "closed"},
      {Option::kConditionNegatedTypeMismatch, "condition.negated_type_mismatch", "closed"},
      {Option::kConditionEmptyValues, "condition.empty_values", "false"},
      {Option::kConditionEmptyOperator, "condition.empty_operator", "true"},
      {Option::kTagsCaseVariant, "tags.case_variant", "policy_spelling"},
      {Option::kNumberExponent, "number.exponent", "not_a_number"},
      {Option::kDateFourDigits, "date.four_digits", "year"},
      {Option::kArnAllStar, "arn.all_star", "any_arn"},
      {Option::kRbpWildcardBypass, "rbp.wildcard_bypass", "limited"},
      {Option::kRbpMandatoryUnlisted, "rbp.mandatory_unlisted", "no"},
      {Option::kFederatedWildcard, "federated.wildcard", "named_only"},
      {Option::kFederatedDefaultSession, "federated.default_session", "deny"},
      {Option::kRootCrossAccount, "root.cross_account", "allow"},
      {Option::kKmsForeignGrant, "kms.foreign_grant", "identity_needed"},
      {Option::kKmsGrantBoundary, "kms.grant_boundary", "limited"},
      {Option::kKmsAccountGrant, "kms.account_grant", "identity_needed"},
      {Option::kKmsResourceTagsInKeyPolicy, "kms.resource_tags_in_key_policy", "off"},
      {Option::kRcpResourceless, "rcp.resourceless", "on"},
      {Option::kRcpOpensearchEs, "rcp.opensearch_es", "both"},
      {Option::kVpceSlr, "vpce.slr", "applies"},
      {Option::kStsCallerIdentityVpce, "sts.caller_identity_vpce", "applies"},
      {Option::kStsGetSessionTokenDeny, "sts.get_session_token_deny", "ignored"},
      {Option::kStsImplicitSelfTrust, "sts.implicit_self_trust", "off"},
      {Option::kXaccountLambda, "xaccount.lambda", "on"},
      {Option::kBpaExtendedKeys, "bpa.extended_keys", "off"},
      {Option::kBpaUseridRolePattern, "bpa.userid_role_pattern", "public"},
      {Option::kS3ApIdentityArn, "s3.ap_identity_arn", "own"},
      {Option::kFasSourceIp, "fas.source_ip", "preserved"},
      {Option::kS3SseContext, "s3.sse_context", "header"},
      {Option::kS3KeyIdFromDefault, "s3.key_id_from_default", "on"},
      {Option::kS3DefaultAliasResolution, "s3.default_alias_resolution", "off"},
      {Option::kS3MultipartSseRecorded, "s3.multipart_sse_recorded", "on"},
      {Option::kKmsGrantForAwsResourceWhenDirect, "kms.grant_for_aws_resource_when_direct",
       "false"},
      {Option::kEc2EncryptedContext, "ec2.encrypted_context", "effective"},
      {Option::kRdsStorageEncryptedDefault, "rds.storage_encrypted_default", "false"},
  };
  EXPECT_EQ(std::size(rows), semantics_options().size());
  for (const auto& row : rows) {
    EXPECT_EQ(find_option(row.name), row.option) << row.name;
    EXPECT_EQ(find_reading(row.option, row.reading), std::uint8_t{0}) << row.name;
  }
}

TEST(SemanticsOptions, Lookups) {
  EXPECT_FALSE(find_option(""));
  EXPECT_FALSE(find_option("NotPrincipal"));
  EXPECT_EQ(find_reading(Option::kNotPrincipal, "any"), std::uint8_t{2});
  EXPECT_FALSE(find_reading(Option::kNotPrincipal, "closed"));
  EXPECT_FALSE(find_reading(Option::kVpceSlr, ""));
}

TEST(SemanticsOptions, ReadingsStartAsDefaults) {
  Readings readings;
  for (std::size_t i = 0; i < semantics_options().size(); ++i) {
    EXPECT_EQ(readings[static_cast<Option>(i)], 0);
  }
  readings.set(Option::kNotPrincipal, 2);
  EXPECT_EQ(readings[Option::kNotPrincipal], 2);
  EXPECT_NE(readings, Readings());
  EXPECT_EQ(bit(Option::kResourceEarlyVariable), OptionSet{2});
}

}  // namespace
}  // namespace policysim::catalog
