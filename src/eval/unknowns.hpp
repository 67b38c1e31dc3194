// What to say of unknown keys when the best and the worst case differ: which of them decide.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "eval/scratch.hpp"
#include "policysim/explanation.hpp"
#include "program/program.hpp"
#include "request/request.hpp"

namespace policysim::eval {

struct UnknownSplit {
  // Set when every completion has the same outcome (correlated statements): then the decision is
  // that of `completion`, a request with all keys filled in.
  std::optional<request::Data> completion;
  std::vector<std::string> keys;  // as policies spell them: those whose values change the decision
  std::vector<Completion> examples;  // one for each outcome, in the order of Outcome
  bool minimal = true;               // false: too many to try, all that were read are listed
};

// Tries each unknown key that was read with every class of its values: each value that a policy
// compares it with, another one, and absent. Allocates; only for requests that are conditional.
UnknownSplit split_unknowns(const program::Program& program, const request::Data& request,
                            Scratch& scratch);

}  // namespace policysim::eval
