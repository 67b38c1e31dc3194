// The one table of semantics options: each documented-but-ambiguous AWS behaviour is a row.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace policysim::catalog {

enum class Option : std::uint8_t {
  kResourceNotResourceUnresolved,
  kResourceEarlyVariable,
  kResourceShortArn,
  kResourceTypeWildcard,
  kResourceListAllPresents,
  kGlobQuestionMarkUnit,
  kPrincipalAwsStarService,
  kNotPrincipal,
  kVariableInBool,
  kVariableMultivaluedDefault,
  kVariableValueWildcards,
  kConditionListWithoutSetOperator,
  kConditionNullEmptyString,
  kConditionNegatedTypeMismatch,
  kConditionEmptyValues,
  kConditionEmptyOperator,
  kTagsCaseVariant,
  kNumberExponent,
  kDateFourDigits,
  kArnAllStar,
  kRbpWildcardBypass,
  kRbpMandatoryUnlisted,
  kFederatedWildcard,
  kFederatedDefaultSession,
  kRootCrossAccount,
  kKmsForeignGrant,
  kKmsGrantBoundary,
  kKmsAccountGrant,
  kKmsResourceTagsInKeyPolicy,
  kRcpResourceless,
  kRcpOpensearchEs,
  kVpceSlr,
  kStsCallerIdentityVpce,
  kStsGetSessionTokenDeny,
  kStsImplicitSelfTrust,
  kXaccountLambda,
  kBpaExtendedKeys,
  kBpaUseridRolePattern,
  kS3ApIdentityArn,
  kFasSourceIp,
  kS3SseContext,
  kS3KeyIdFromDefault,
  kS3DefaultAliasResolution,
  kS3MultipartSseRecorded,
  kKmsGrantForAwsResourceWhenDirect,
  kEc2EncryptedContext,
  kRdsStorageEncryptedDefault,
  kCount
};

struct OptionRow {
  std::string_view name;                     // "notprincipal"
  std::array<std::string_view, 3> readings;  // default first; unused ones empty
  std::string_view where;                    // section of the specification
  std::string_view evidence;
};

std::span<const OptionRow> semantics_options() noexcept;  // indexed by Option
std::optional<Option> find_option(std::string_view name) noexcept;
std::optional<std::uint8_t> find_reading(Option option, std::string_view reading) noexcept;

// The readings in force, all defaults at first. A value.
class Readings {
 public:
  std::uint8_t operator[](Option option) const noexcept {
    return values_[static_cast<std::size_t>(option)];
  }
  void set(Option option, std::uint8_t reading) noexcept {
    values_[static_cast<std::size_t>(option)] = reading;
  }
  friend bool operator==(const Readings&, const Readings&) = default;

 private:
  std::array<std::uint8_t, static_cast<std::size_t>(Option::kCount)> values_{};
};

using OptionSet = std::uint64_t;  // bit per Option
constexpr OptionSet bit(Option option) noexcept {
  return OptionSet{1} << static_cast<unsigned>(option);
}

}  // namespace policysim::catalog
