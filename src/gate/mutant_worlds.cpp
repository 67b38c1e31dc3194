#include "gate/mutant_worlds.hpp"

#include <utility>

#include "compile/compiler.hpp"

namespace policysim::gate {

Decider& OriginalWorlds::decider(std::uint32_t world) {
  std::unique_ptr<Decider>& out = deciders_[world];
  if (out == nullptr) {
    out = std::make_unique<Decider>(plan_.worlds()[world].policies(), plan_.settings());
  }
  return *out;
}

Decider& MutantWorlds::decider(std::uint32_t world) {
  std::unique_ptr<Decider>& out = deciders_[world];
  if (out != nullptr) return *out;
  std::shared_ptr<const compile::Sources> sources = mutated_sources(plan_, world, mutation_);
  if (sources == nullptr) return originals_.decider(world);
  const PolicySet& before = plan_.worlds()[world].policies();
  auto program = compile::compile(*sources, before.program().readings);
  out = std::make_unique<Decider>(PolicySet(std::move(program), std::move(sources)),
                                  plan_.settings());
  return *out;
}

}  // namespace policysim::gate
