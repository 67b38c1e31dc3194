// Random cases for properties, and how decisions compare.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "differential/choices.hpp"
#include "differential/generator.hpp"
#include "differential/model.hpp"
#include "policysim/evaluator.hpp"

namespace policysim::property {

using differential::Case;
using differential::Choices;

// More is more access: allow > conditional > implicit deny = explicit deny. Both denies mean that
// the call fails, so neither is narrower than the other.
int access(Outcome outcome);

// A case whose policies parse and compile.
struct Compiled {
  PolicySet set;
  Evaluator evaluator;
  std::vector<Decision> decisions;  // one a request
};
// None: a policy of the generator was rejected, as some are on purpose.
std::optional<Compiled> compile(const Case& generated);

Request to_request(const request::Data& data);
// Does a policy read a key of the request whose value is not known?
bool has_unknown_keys(const request::Data& data);

std::string words(const Decision& decision);
std::string words(const Case& generated, const request::Data& request);

// What a property has to say about one case.
enum class Verdict : std::uint8_t { kHolds, kDoesNotApply, kFails };
using Property = std::function<Verdict(Choices&, Case&, std::string& why)>;

// Tries the property on cases of a fixed seed and of a fresh one, until it applied to `least` cases
// of each. The first failure ends the test and names seed and number.
// PSIM_PROPERTY_SEED replaces the fresh seed, PSIM_PROPERTY_CASES the number of cases.
void check(const Property& property, std::uint64_t least = 3000);

}  // namespace policysim::property
