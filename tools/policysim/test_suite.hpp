// What `policysim test` runs.
#pragma once

#include <optional>

#include "exit_code.hpp"
#include "gate/suite.hpp"
#include "test_settings.hpp"

namespace policysim::cli {

// Fixtures and what is selected of them; nothing after errors, which are all told. `ci`: `only` is
// one of them.
std::optional<gate::Suite> load_suite(const TestSettings& settings, bool ci, ExitStatus& status);

// The ids of its tests on standard output.
ExitCode print_list(const gate::Suite& suite);

// Findings about fixtures on standard error.
void print_findings(const std::vector<gate::SuiteFinding>& findings, const TestSettings& settings);

}  // namespace policysim::cli
