// Cases of fixtures below tests/data/conformance, each one test of its own.
#pragma once

#include <gtest/gtest.h>

#include <iosfwd>
#include <string>
#include <vector>

#include "world/fixture.hpp"

namespace policysim::conformance {

struct FixtureCase {
  const world::Fixture* fixture = nullptr;
  const world::Case* one = nullptr;
};

// How GoogleTest prints one.
void PrintTo(const FixtureCase& fixture_case, std::ostream* out);

// All cases of a file, which is loaded once. Throws when it does not load.
std::vector<FixtureCase> fixture_cases(const std::string& file);

// What is not as the case expects it, of the product's decision; empty: nothing.
std::string mistakes(const FixtureCase& fixture_case);

// Layers of all reasons of the decision, in order.
std::vector<std::string> reason_layers(const FixtureCase& fixture_case);
// Texts of the warnings about the decision.
std::vector<std::string> decision_warnings(const FixtureCase& fixture_case);

// The case's id as GoogleTest takes it, for INSTANTIATE_TEST_SUITE_P.
std::string test_name(const testing::TestParamInfo<FixtureCase>& info);

}  // namespace policysim::conformance
