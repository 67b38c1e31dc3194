// A row of the scenarios as a fixture, by the table of the fixture format.
#pragma once

#include <nlohmann/json.hpp>

namespace policysim::conformance {

// The fixture has one case, named as the row.
nlohmann::json fixture_of(const nlohmann::json& row);

}  // namespace policysim::conformance
