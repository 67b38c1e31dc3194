// The actions of a statement in the service reference, and the condition keys that they carry.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "catalog/services.hpp"
#include "policy/ast.hpp"
#include "policy/context.hpp"

namespace policysim::policy {

// A well-formed `prefix:Name` whose name may have wildcards. Lives no longer than its text.
class ActionPattern {
 public:
  explicit ActionPattern(std::string_view action);

  std::string_view prefix() const noexcept { return prefix_; }
  bool wild() const noexcept { return wild_; }
  bool matches(std::string_view name) const;  // of an action of the service
  // A known action that fits; one that is only documented where no other does.
  std::optional<catalog::Action> first_match() const;

 private:
  std::string_view prefix_;
  std::string name_;  // in lower case; empty if it is too long to be checked
  bool wild_ = false;
};

// The keys of the statement's known actions.
class StatementKeys {
 public:
  StatementKeys(const Element& action, Context& context);

  // Can a request that the statement's actions match carry `key`? Yes where that cannot be told.
  bool can_carry(std::string_view key) const;

 private:
  void add(std::string_view action, Context& context);

  bool unknown_ = false;                // any action matches, or one whose keys are not known
  std::vector<std::string_view> sets_;  // without repetition
  std::unordered_set<const char*> seen_;
};

}  // namespace policysim::policy
