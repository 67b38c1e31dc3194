// What each policy type requires, allows and forbids: one row a type (language.md 1.5).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "policysim/policy.hpp"

namespace policysim::policy {

enum class Presence : std::uint8_t { kOptional, kRequired, kForbidden };

// How AWS counts a document: without white space, or as it is stored.
enum class SizeCount : std::uint8_t { kCharactersWithoutBlanks, kCharacters, kBytes };

// Which ARNs of fewer than six parts count as filled up with wildcards (language.md 3.5).
enum class ShortArns : std::uint8_t { kAll, kWithStar, kEndingInStar, kNone };

struct TypeRules {
  PolicyType type;
  std::string_view name;    // as `--type` takes it
  std::string_view plural;  // for messages
  bool id;
  Presence principal;
  bool not_principal;
  Presence resource;
  bool plain_sid;     // Sid holds letters and digits only
  bool needs_2012;    // Version must be 2012-10-17
  std::size_t limit;  // 0: the service decides
  SizeCount count;
  ShortArns short_arns;

  // `star`: the ARN has a `*`; `last`: at its end.
  bool fills_up(bool star, bool last) const noexcept {
    return short_arns == ShortArns::kAll || (short_arns == ShortArns::kWithStar && star) ||
           (short_arns == ShortArns::kEndingInStar && last);
  }
};

const TypeRules& rules_of(PolicyType type) noexcept;

}  // namespace policysim::policy
