// What matched in each layer, for the best and the worst case of what is unknown.
#pragma once

#include <array>
#include <cstdint>
#include <iterator>

#include "eval/strength.hpp"
#include "policysim/decision.hpp"
#include "program/verdict.hpp"

namespace policysim::eval {

// kWorst: an unknown Allow does not match, an unknown Deny does. kBest: the reverse.
enum class Bound : std::uint8_t { kWorst = 0, kBest = 1 };

// One layer (or one level of it): the first matching statement of either effect, per bound.
struct LayerTally {
  std::array<StatementId, 2> deny;
  std::array<StatementId, 2> allow;

  void add(std::uint32_t statement, bool is_deny, program::Tri match) noexcept {
    for (const Bound bound : {Bound::kWorst, Bound::kBest}) {
      const bool counts = match == program::Tri::kYes ||
                          (match == program::Tri::kUnknown && is_deny == (bound == Bound::kWorst));
      if (!counts) continue;
      const auto i = static_cast<std::size_t>(bound);
      StatementId& first = is_deny ? deny[i] : allow[i];
      if (!first.valid()) first.value = statement;
    }
  }
  bool denies(Bound b) const noexcept { return deny[static_cast<std::size_t>(b)].valid(); }
  bool allows(Bound b) const noexcept { return allow[static_cast<std::size_t>(b)].valid(); }
};

// The first Allow of the resource's policy in each class of strength, per bound.
struct ResourceAllows {
  std::array<std::array<StatementId, 2>, std::size(kClasses)> first;

  void add(std::uint32_t statement, program::Tri match, Strengths how) noexcept {
    for (std::size_t i = 0; i < first.size(); ++i) {
      if ((how & kClasses[i]) == 0) continue;
      StatementId& best = first[i][static_cast<std::size_t>(Bound::kBest)];
      StatementId& worst = first[i][static_cast<std::size_t>(Bound::kWorst)];
      if (!best.valid()) best.value = statement;
      if (match == program::Tri::kYes && !worst.valid()) worst.value = statement;
    }
  }
  StatementId of(StrengthClass strength, Bound bound) const noexcept {
    return first[static_cast<std::size_t>(strength)][static_cast<std::size_t>(bound)];
  }
};

// How a KMS grant covers the caller: by its user, session or service; by its role; by its account;
// or the caller's account issued it and may retire it.
enum class GrantClass : std::uint8_t { kByName, kByRole, kByAccount, kByIssuer };

// Which grants match, per bound. `foreign`: the caller is of another account than the key, and its
// account did not issue the grant.
struct GrantAllows {
  std::array<std::array<std::array<bool, 2>, 2>, 4> matches{};  // class, foreign, bound

  void add(GrantClass how, bool foreign, program::Tri match) noexcept {
    auto& row = matches[static_cast<std::size_t>(how)][foreign ? 1 : 0];
    row[static_cast<std::size_t>(Bound::kBest)] = true;
    if (match == program::Tri::kYes) row[static_cast<std::size_t>(Bound::kWorst)] = true;
  }
  bool of(GrantClass how, bool foreign, Bound bound) const noexcept {
    return matches[static_cast<std::size_t>(how)][foreign ? 1 : 0][static_cast<std::size_t>(bound)];
  }
};

// All layers of one request. SCP and RCP levels are folded: `deny` is the first over the levels,
// `levels_without_allow` counts the levels that block.
struct Tally {
  LayerTally rcp, scp, vpce, resource, identity, boundary, session, grant;
  ResourceAllows resource_allows;
  GrantAllows grant_allows;
  std::array<std::uint16_t, 2> scp_levels_without_allow{};
  bool unknown = false;  // some statement matched perhaps: the bounds may differ
};

}  // namespace policysim::eval
