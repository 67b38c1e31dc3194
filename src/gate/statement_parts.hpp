// The parts of a statement that turn out one way or the other, and which ways there are.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gate/coverage_report.hpp"
#include "policy/ast.hpp"

namespace policysim::gate {

// Outcomes of a part by their place: elements "matched" "unmatched"; conditions "true" "false"
// "absent"; variables "resolved" "unresolved".
constexpr std::size_t kOutcomes = 3;
using Outcomes = std::array<bool, kOutcomes>;
std::string_view outcome_name(ItemKind kind, std::size_t outcome) noexcept;

// Borrows from the statement.
struct StatementPart {
  ItemKind kind = ItemKind::kAction;
  std::string what;  // as the policy spells it
  SourceSpan span;
  const policy::ConditionBlock* block = nullptr;  // kCondition
  const policy::Condition* condition = nullptr;   // kCondition
  std::string key;                                // kCondition, kVariable: the key that is read
  bool of_resource = false;                       // kVariable: it stands in the Resource element
  Outcomes possible{};                            // those that some request can have
};

// Action, principal, resource, conditions in their order; each part before the
// variables in it, equal variables of one element once.
std::vector<StatementPart> parts_of(const policy::Statement& statement, PolicyType type,
                                    policy::Version version);

// A resource-based policy is asked only for actions of its resource's service: does the action
// element say the same for all of them? `target` is the attachment's: the resource's ARN.
bool names_whole_service(const policy::Element& action, std::string_view target);

}  // namespace policysim::gate
