// `cases` of a fixture.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "text/node.hpp"
#include "world/findings.hpp"
#include "world/fixture.hpp"
#include "world/interpolate.hpp"
#include "world/members.hpp"

namespace policysim::world {

using CaseIds = std::set<std::string>;  // of cases and matrices

// Findings: PS22xx. Requests and patches are kept as written; words for people are expanded.
std::vector<Case> read_cases(const text::Node& section, Interpolator& names, Findings& findings);

// What a matrix has too: everything but `expect`.
void read_case_head(Members& members, std::string_view what, Case& out, Findings& findings);
// Enters an id, with a finding when it is there already.
void claim_id(const Case& item, const SourceSpan& span, CaseIds& ids, Findings& findings);
// A patch to the world: what it holds is checked with the patched world.
std::shared_ptr<const text::Node> read_patch(const text::Node& patch, Findings& findings);

// "allow", "deny" …
bool is_decision_word(std::string_view text) noexcept;
std::vector<std::string> decision_words();
// Shape only: the words and members that a fixture may expect.
void check_expectation(const text::Node& node, Findings& findings);

}  // namespace policysim::world
