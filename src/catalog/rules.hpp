// Every finding that the product can make: number for output, name for people. Ids are never
// reused. PS0 reading, PS1 policies, PS2 fixtures and worlds, PS3 requests and decisions, PS4
// tests.
#pragma once

#include <span>
#include <string_view>

#include "policysim/diagnostic.hpp"

namespace policysim::catalog {

struct Rule {
  std::string_view id;       // "PS1203"
  std::string_view name;     // "wildcard-in-exact-operator"
  Severity severity;         // default
  std::string_view summary;  // one sentence
};

std::span<const Rule> rules() noexcept;
const Rule* find_rule(std::string_view id_or_name) noexcept;

}  // namespace policysim::catalog
