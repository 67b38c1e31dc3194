// The second half of bind(): which policies apply, which of their statements, and the facts.
#pragma once

#include "eval/binding.hpp"

namespace policysim::eval {

// Needs out.action and out.patterns; fills candidates, ranges and facts.
void bind_candidates(const program::Program& program, const request::Data& request, Binding& out);

}  // namespace policysim::eval
