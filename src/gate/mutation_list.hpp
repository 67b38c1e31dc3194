// All mutants of a run, and what they make of its worlds.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "compile/sources.hpp"
#include "gate/mutation_plan.hpp"
#include "gate/mutation_report.hpp"

namespace policysim::gate {

// An SCP or RCP leaves one level and, where `to` is given, joins another; other policies are
// attached nowhere.
struct AttachmentEdit {
  PolicyType type = PolicyType::kIdentity;
  std::string from, to;  // ids of levels; empty: none
};

struct Mutation {
  std::uint32_t target = 0;           // of the plan
  std::optional<StatementEdit> edit;  // else:
  AttachmentEdit attachment;
  Mutant shown;  // without its fate
};

// By file and place in it, attachments behind. Numbered. Deterministic.
std::vector<Mutation> list_mutations(const MutationPlan& plan);

// Mutation of attachments alone.
void list_attachments(const MutationPlan& plan, std::uint32_t target, std::vector<Mutation>& out);

// The document with the edit, as one of its types.
PolicyDocument edited_document(const MutationTarget& target, const StatementEdit& edit,
                               PolicyType type);

// What a world's policies become; null: the mutant changes nothing there.
std::shared_ptr<const compile::Sources> mutated_sources(const MutationPlan& plan,
                                                        std::uint32_t world,
                                                        const Mutation& mutation);

// Tests that can notice, in order.
std::vector<std::uint32_t> tests_to_run(const MutationPlan& plan, const Mutation& mutation);

}  // namespace policysim::gate
