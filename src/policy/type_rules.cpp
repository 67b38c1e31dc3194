#include "policy/type_rules.hpp"

#include <array>

namespace policysim::policy {
namespace {

constexpr Presence kOpt = Presence::kOptional;
constexpr Presence kReq = Presence::kRequired;
constexpr Presence kNot = Presence::kForbidden;
constexpr SizeCount kDense = SizeCount::kCharactersWithoutBlanks;
constexpr SizeCount kStored = SizeCount::kCharacters;
constexpr SizeCount kBytes = SizeCount::kBytes;

// In the order of PolicyType.
// clang-format off
constexpr std::array kTypeRules = {
//                                                                               Id     Princ. NotPr. Resource Sid  2012   limit  counted as
    TypeRules{PolicyType::kIdentity, "identity", "identity-based policies",      false, kNot, false, kReq, true,  false, 6144, kDense, ShortArns::kAll},
    TypeRules{PolicyType::kResource, "resource", "resource-based policies",      true,  kReq, true,  kReq, false, false, 0, kBytes, ShortArns::kWithStar},
    TypeRules{PolicyType::kKey,      "key",      "KMS key policies",             true,  kReq, true,  kReq, false, false, 32768, kBytes, ShortArns::kWithStar},
    TypeRules{PolicyType::kTrust,    "trust",    "role trust policies",          true,  kReq, false, kNot, true,  false, 2048, kDense, ShortArns::kWithStar},
    TypeRules{PolicyType::kBoundary, "boundary", "permissions boundaries",       false, kNot, false, kReq, true,  false, 6144, kDense, ShortArns::kAll},
    TypeRules{PolicyType::kSession,  "session",  "session policies",             false, kNot, false, kReq, true,  false, 2048, kDense, ShortArns::kAll},
    TypeRules{PolicyType::kScp,      "scp",      "service control policies",     false, kNot, false, kOpt, true,  true,  10240, kStored, ShortArns::kEndingInStar},
    TypeRules{PolicyType::kRcp,      "rcp",      "resource control policies",    false, kReq, false, kReq, true,  true,  5120, kStored, ShortArns::kNone},
    TypeRules{PolicyType::kEndpoint, "endpoint", "VPC endpoint policies",        true,  kReq, true,  kReq, false, false, 20480, kStored, ShortArns::kWithStar},
};
// clang-format on

}  // namespace

const TypeRules& rules_of(PolicyType type) noexcept {
  return kTypeRules[static_cast<std::size_t>(type)];
}

}  // namespace policysim::policy
