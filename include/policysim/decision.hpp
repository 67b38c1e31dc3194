// The answer to one request.
#pragma once

#include <cstdint>

namespace policysim {

enum class Outcome : std::uint8_t { kAllow, kExplicitDeny, kImplicitDeny, kConditional };

enum class Layer : std::uint8_t {
  kNone,
  kRcp,
  kScp,
  kVpce,
  kResource,
  kIdentity,
  kBoundary,
  kSession,
  kGrant,
  kAcl,
  kBpa,
  kService
};

enum class Match : std::uint8_t { kNo, kUnknown, kYes };

// Dense number of a statement within one PolicySet.
struct StatementId {
  static constexpr std::uint32_t kNone = 0xFFFFFFFFU;
  std::uint32_t value = kNone;

  bool valid() const noexcept { return value != kNone; }
  friend bool operator==(StatementId, StatementId) = default;
};

// Fails closed: a default decision is an implicit deny. `statement` is the statement that decided
// (the first denying one, or the allow's witness), invalid where none did.
struct Decision {
  StatementId statement;
  Outcome outcome = Outcome::kImplicitDeny;
  Layer layer = Layer::kNone;
  std::uint16_t flags = 0;  // kUnusablePolicy: no decision, a policy it needs cannot be used

  static constexpr std::uint16_t kUnusablePolicy = 1;

  friend bool operator==(const Decision&, const Decision&) = default;
};
static_assert(sizeof(Decision) == 8);

}  // namespace policysim
