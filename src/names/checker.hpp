// What AWS's service reference says against names of services, actions and condition keys, in
// words. Policies and requests report it under rules of their own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace policysim::names {

enum class Fault : std::uint8_t {
  kUnknownService,
  kUnknownAction,
  kRetired,         // AWS has given it up, or names it in its documentation alone
  kMatchesNothing,  // wildcards
  kUnknownKey,
};

struct Finding {
  Fault fault = Fault::kUnknownAction;
  std::string message;
  std::string help;  // may be empty
};

// The condition keys that requests of some actions can carry.
class ActionKeys {
 public:
  // Yes where nobody can tell, as of no known action.
  bool can_carry(std::string_view key) const;
  void add_any() noexcept { any_ = true; }

 private:
  friend class Checker;
  bool any_ = false;                    // any action, or one whose keys are not known
  std::vector<std::string_view> sets_;  // without repetition
  std::unordered_set<const char*> seen_;
};

// Of one document or request: suggestions, and wildcards that are matched with all actions of a
// service, take time that texts of hostile size must not have, so there is a budget for them.
class Checker {
 public:
  // A well-formed `service:Name`, whose name may have wildcards. None: it is known.
  std::optional<Finding> action(std::string_view action);

  // None: the key is known, or one of those that nobody lists, as claims of identity providers and
  // keys of services that the reference lacks.
  std::optional<Finding> key(std::string_view key);

  // Adds the keys of an action, or of all that its wildcards match; unknown ones have none.
  void add_keys(std::string_view action, ActionKeys& out);

  // Is it sure that no request of the actions carries the (known) key?
  bool never_carried(const ActionKeys& actions, std::string_view key) const;

  // A help for that: "it comes with `s3:ListBucket`", or empty.
  std::string carriers(std::string_view key);

 private:
  std::optional<Finding> pattern(std::string_view action);
  std::string_view lines_of(std::string_view prefix);  // catalog::action_lines
  bool may_suggest() noexcept { return suggestions_ > 0 && suggestions_-- > 0; }
  bool may_match() noexcept { return matches_ > 0 && matches_-- > 0; }

  std::string prefix_;  // asked last: lists name one service after the other
  std::string_view lines_;
  std::size_t suggestions_ = 50;
  std::size_t matches_ = 5'000;
};

}  // namespace policysim::names
