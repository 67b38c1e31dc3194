// Organizations around the accounts of a case: trees of up to seven levels with their SCPs and
// RCPs.
#pragma once

#include <string>

#include "differential/choices.hpp"
#include "differential/model.hpp"

namespace policysim::differential {

// Puts the accounts into one or two trees, or into none. `bound`: an account that SCPs and RCPs are
// to bind; empty: luck decides.
void draw_organizations(Choices& choices, const std::string& bound, Case& out);

const Account* find_account(const Case& generated, const std::string& id);

// Fills the lists of every level, as a rule so that they allow. `bare`: a level that gets no Allow.
void attach_guardrails(Choices& choices, const request::Data& data, const std::string& bare,
                       Case& out);

}  // namespace policysim::differential
