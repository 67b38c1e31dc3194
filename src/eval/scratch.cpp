#include "eval/scratch.hpp"

#include <algorithm>

namespace policysim::eval {

Scratch::Scratch(const program::Program& program)
    : predicates(program.predicates.size()),
      resources(program.resources.size()),
      principals(program.principals.size()) {
  tokens.reserve(program.longest_pattern + 1);
}

void Scratch::next_request() noexcept {
  if (++epoch != 0) return;
  for (auto* results : {&predicates, &resources, &principals}) {
    std::fill(results->begin(), results->end(), NodeResult{});
  }
  epoch = 1;
}

}  // namespace policysim::eval
