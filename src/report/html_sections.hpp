// Sections of the page of a run.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "gate/change_report.hpp"
#include "gate/mutation_report.hpp"
#include "gate/test_run.hpp"
#include "report/test_grid.hpp"

namespace policysim::report::html {

// Of tests that failed: the number of the group whose card has the id "f" and this number.
using GroupNumbers = std::unordered_map<const gate::TestResult*, std::size_t>;

// Heat maps; a cell that failed leads to its group.
std::string matrices_section(const std::vector<Grid>& grids, const GroupNumbers& groups);
std::string changes_section(const gate::ChangeReport& changes, std::string_view id,
                            std::string_view title);
std::string mutation_section(const gate::MutationReport& mutation);

// The style of what was decided: "a" allow, "x" explicit deny, "i" implicit deny, "c" conditional,
// "e" error, "g0" not run.
std::string_view cell_class(const gate::TestResult& result) noexcept;

}  // namespace policysim::report::html
