// The worlds of a run with one mutant in them, compiled when they are first needed.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "gate/mutation_list.hpp"

namespace policysim::gate {

// Deciders of the worlds as they are. One per thread.
class OriginalWorlds {
 public:
  explicit OriginalWorlds(const MutationPlan& plan)
      : plan_(plan), deciders_(plan.worlds().size()) {}
  Decider& decider(std::uint32_t world);

 private:
  const MutationPlan& plan_;
  std::vector<std::unique_ptr<Decider>> deciders_;
};

// One per mutant and thread.
class MutantWorlds {
 public:
  MutantWorlds(const MutationPlan& plan, const Mutation& mutation, OriginalWorlds& originals)
      : plan_(plan), mutation_(mutation), originals_(originals), deciders_(plan.worlds().size()) {}

  Decider& decider(const Place& place) { return decider(plan_.world_of(place)); }
  Decider& decider(std::uint32_t world);
  Decider& original(std::uint32_t world) { return originals_.decider(world); }

 private:
  const MutationPlan& plan_;
  const Mutation& mutation_;
  OriginalWorlds& originals_;
  std::vector<std::unique_ptr<Decider>> deciders_;
};

}  // namespace policysim::gate
