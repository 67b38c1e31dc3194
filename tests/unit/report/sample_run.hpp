// A run in which everything occurs, with names as an attacker would choose them.
#pragma once

#include <cstddef>
#include <string>

#include "gate/change_report.hpp"
#include "gate/coverage_report.hpp"
#include "gate/mutation_report.hpp"
#include "gate/test_run.hpp"
#include "report/test_format.hpp"

namespace policysim::report {

struct SampleRun {
  gate::TestRun run;
  gate::CoverageReport coverage;
  gate::MutationReport mutation;
  gate::ChangeReport golden, base;

  // Everything; borrows.
  TestReport all() const { return {&run, &coverage, &mutation, &golden, &base}; }
  TestReport tests() const { return {&run, nullptr, nullptr, nullptr, nullptr}; }
};

// With hostile text, or, for goldens and pages to look at, with plain text.
SampleRun make_sample_run(bool hostile);

// A matrix of `count` cells, of which each `every`-th failed (0: none did).
gate::TestRun make_matrix_run(std::size_t count, std::size_t every);

// Cases of their own, all of which failed.
gate::TestRun make_case_run(std::size_t count);

// Commands, markup of all sinks, escapes, line ends, invalid UTF-8, bidi.
std::string hostile_text();

}  // namespace policysim::report
