// `cases` of a fixture.
#pragma once

#include <vector>

#include "text/node.hpp"
#include "world/findings.hpp"
#include "world/fixture.hpp"
#include "world/interpolate.hpp"

namespace policysim::world {

// Findings: PS22xx. Requests and patches are kept as written; words for people are expanded.
std::vector<Case> read_cases(const text::Node& section, Interpolator& names, Findings& findings);

// Shape only: the words and members that a fixture may expect.
void check_expectation(const text::Node& node, Findings& findings);

}  // namespace policysim::world
