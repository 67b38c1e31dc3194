// Words that the formats of changes share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gate/change_report.hpp"

namespace policysim::report {

// "explicit deny".
std::string_view decision_words(std::string_view decision) noexcept;

// "policies/rcp.json:83:5"; empty: the side has no place.
std::string place_of(const gate::DecisionSide& side);

// Widened ones first; stable.
std::vector<const gate::DecisionChange*> by_direction(const gate::ChangeReport& report);

}  // namespace policysim::report
