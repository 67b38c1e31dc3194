// How a service states its rules. For the files of services/ alone.
#pragma once

#include <string_view>

#include "services/rules.hpp"
#include "values/arn.hpp"

namespace policysim::services {

// A request as rules look at it. Views into the request.
struct Call {
  const request::Data& request;
  std::string_view name;                // "Decrypt"
  std::optional<values::Arn> resource;  // none for "*"

  bool is(std::string_view action_name) const noexcept;
  // Is the action's name one of the words of `list`?
  bool in(std::string_view list) const noexcept;
  // Is the resource of this service and does its last part begin so?
  bool on(std::string_view service, std::string_view type) const noexcept;
  bool across_accounts() const noexcept;  // a signed caller of another account
  bool has_account() const noexcept;      // a signed caller of an account
  // The scalar value of a key of the request; empty: absent, unknown, or a list.
  std::string_view value(std::string_view key) const noexcept;
  bool unknown(std::string_view key) const noexcept;
};

// Actions across accounts (evaluation.md 6.9): nothing but the list is possible, or all but the
// list, or no list is known.
struct AcrossAccounts {
  enum class Kind : std::uint8_t { kUnlisted, kOnly, kAllBut };
  Kind kind = Kind::kUnlisted;
  std::string_view names = " ";  // lower case, separated by blanks, with one at both ends
};

struct Service {
  std::string_view prefix;
  AcrossAccounts across;
  void (*rules)(const Call&, Rules&) noexcept = nullptr;
  UnknownFact (*unknown_fact)(const Call&) noexcept = nullptr;
};

inline constexpr std::string_view kBucketPolicyActions =
    " deletebucketpolicy getbucketpolicy putbucketpolicy ";

}  // namespace policysim::services
