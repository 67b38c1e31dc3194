// Memory of one evaluation, reused: results of nodes, tokens of substituted patterns. One per
// thread.
#pragma once

#include <cstdint>
#include <vector>

#include "eval/strength.hpp"
#include "program/program.hpp"
#include "program/verdict.hpp"
#include "values/glob.hpp"

namespace policysim::eval {

struct NodeResult {
  std::uint32_t epoch = 0;
  program::Verdict verdict;
  Strengths strengths = 0;  // principal nodes
};

class Scratch {
 public:
  explicit Scratch(const program::Program& program);

  // Forgets all results, in constant time.
  void next_request() noexcept;

  std::vector<NodeResult> predicates, resources, principals;
  std::vector<values::GlobToken> tokens;
  std::uint32_t epoch = 1;
};

}  // namespace policysim::eval
