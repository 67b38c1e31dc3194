// How strongly an Allow of a resource-based policy names the caller: what it makes unnecessary in
// the same account (evaluation logic, "strength").
#pragma once

#include <cstdint>

namespace policysim::eval {

using Strengths = std::uint16_t;  // set of the bits below

constexpr Strengths kUser = 1, kSession = 2, kRole = 4, kParentUser = 8, kWildcard = 16,
                    kWildcardPlain = 32, kAccount = 64, kRoot = 128, kService = 256,
                    kFederated = 512, kFederatedWildcard = 1024;

// What a statement suffices for in one account: for all; for identity but not for boundary and
// session; for delegation to identity policies. The two wildcards go by semantics options.
enum class StrengthClass : std::uint8_t {
  kForAll,
  kForIdentity,
  kPlainStar,
  kFederatedStar,
  kForDelegation
};
constexpr Strengths kClasses[] = {kUser | kSession | kWildcard | kRoot | kService | kFederated,
                                  kRole | kParentUser, kWildcardPlain, kFederatedWildcard,
                                  kAccount};

}  // namespace policysim::eval
