#include "services/public_policy.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/ascii.hpp"
#include "catalog/operators.hpp"
#include "values/arn.hpp"
#include "values/ip_prefix.hpp"

namespace policysim::services {
namespace {

using catalog::Option;

// Keys whose fixed values make a statement non-public.
constexpr std::array<std::string_view, 9> kFixedKeys = {
    "aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:PrincipalAccount",
    "aws:SourceArn",      "aws:SourceVpc",         "aws:SourceVpce",
    "aws:SourceOwner",    "aws:SourceAccount",     "s3:DataAccessPointAccount"};
constexpr std::string_view kEncryptionKey = "s3:x-amz-server-side-encryption-aws-kms-key-id";
// Observed by a peer, not documented: option bpa.extended_keys.
constexpr std::array<std::string_view, 4> kExtendedKeys = {"aws:SourceVpcArn", "aws:VpceAccount",
                                                           "aws:VpceOrgID", "aws:VpceOrgPaths"};

template <std::size_t N>
bool listed(const std::array<std::string_view, N>& keys, std::string_view key) noexcept {
  return std::any_of(keys.begin(), keys.end(),
                     [&](std::string_view known) { return base::equals_ignore_case(known, key); });
}

bool has_wildcard(std::string_view value) noexcept {
  return value.find_first_of("*?") != std::string_view::npos;
}

// "AROA…:*", every session of a role.
bool is_role_pattern(std::string_view value) noexcept {
  if (value.substr(0, 4) != "AROA" || value.size() < 6) return false;
  if (value.substr(value.size() - 2) != ":*") return false;
  const std::string_view id = value.substr(4, value.size() - 6);
  return std::all_of(id.begin(), id.end(),
                     [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
}

class Test {
 public:
  Test(const catalog::Readings& readings, bool access_point)
      : readings_(readings), access_point_(access_point) {}

  PublicTest run(const policy::Document& document) {
    for (const policy::Statement& statement : document.statements) {
      if (statement.effect == policy::Effect::kAllow && for_everybody(statement) &&
          !restricted(statement)) {
        out_.is_public = true;
      }
    }
    return out_;
  }

 private:
  static bool for_everybody(const policy::Statement& statement) {
    if (!statement.principal) return false;
    if (statement.principal->negated || statement.principal->star) return true;
    for (const policy::PrincipalEntry& entry : statement.principal->entries) {
      if (entry.kind != policy::PrincipalKind::kAws) continue;
      for (const policy::Text& text : entry.texts.values) {
        if (text.value == "*") return true;
      }
    }
    return false;
  }

  bool restricted(const policy::Statement& statement) {
    bool out = false;
    for (const policy::ConditionBlock& block : statement.condition) {
      if (!block.op || !positive(*block.op)) continue;
      for (const policy::Condition& condition : block.conditions) {
        out = fixed(condition) || out;
      }
    }
    return out;
  }

  static bool positive(const catalog::ConditionOperator& op) {
    return !op.negated && !op.if_exists && op.set != catalog::SetOperator::kForAllValues &&
           op.info().kind != catalog::ValueKind::kNull;
  }

  bool fixed(const policy::Condition& condition) {
    const auto& values = condition.values.values;
    return !values.empty() && std::all_of(values.begin(), values.end(), [&](const auto& value) {
      return fixed(condition.key.value, value.value);
    });
  }

  bool fixed(std::string_view key, std::string_view value) {
    if (value.find("${") != std::string_view::npos) return false;
    if (base::equals_ignore_case(key, "aws:SourceIp")) return narrow(value);
    if (base::equals_ignore_case(key, "aws:userid")) return fixed_user(value);
    if (base::equals_ignore_case(key, "aws:PrincipalArn")) return fixed_account(value);
    if (base::equals_ignore_case(key, "s3:DataAccessPointArn")) {
      // An access point's own policy for a set of access points is public.
      return fixed_account(value) && !(access_point_ && has_wildcard(value));
    }
    if (listed(kExtendedKeys, key)) {
      return !has_wildcard(value) && reads(Option::kBpaExtendedKeys, 1);
    }
    const bool counts = listed(kFixedKeys, key) || base::equals_ignore_case(key, kEncryptionKey);
    return counts && !has_wildcard(value);
  }

  // "values broader than /8 for IPv4 and /32 for IPv6" do not count.
  static bool narrow(std::string_view value) {
    const auto prefix = values::parse_ip_prefix(value);
    return prefix && prefix->bits >= (prefix->address.v6 ? 32 : 8);
  }

  static bool fixed_account(std::string_view value) {
    const auto arn = values::split_arn(value);
    return arn && values::is_account_id(arn->account());
  }

  bool fixed_user(std::string_view value) {
    if (!has_wildcard(value)) return true;
    return is_role_pattern(value) && reads(Option::kBpaUseridRolePattern, 1);
  }

  bool reads(Option option, std::uint8_t reading) {
    out_.touched |= catalog::bit(option);
    return readings_[option] == reading;
  }

  const catalog::Readings& readings_;
  bool access_point_;
  PublicTest out_;
};

}  // namespace

PublicTest test_public(const policy::Document& document, const catalog::Readings& readings,
                       bool access_point) {
  return Test(readings, access_point).run(document);
}

}  // namespace policysim::services
