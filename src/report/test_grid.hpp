// Matrices of a run as tables: columns are the values of the last dimension, rows the combinations
// of the others. A matrix of one dimension has a row for each value and one column.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "gate/test_run.hpp"

namespace policysim::report {

// Borrows from the run.
struct Grid {
  std::string_view fixture, id;
  std::vector<std::string_view> row_dimensions;
  std::string_view column_dimension;                // empty: a matrix of one dimension
  std::vector<std::vector<std::string_view>> rows;  // a value for each row dimension
  std::vector<std::string_view> columns;
  std::vector<const gate::TestResult*> cells;  // row by row; null: there is no such cell
  std::size_t failed = 0;                      // failed and errored ones

  const gate::TestResult* at(std::size_t row, std::size_t column) const {
    return cells[row * columns.size() + column];
  }
};

// In the order of the run; matrices of which nothing was selected or run are left out. Skipped
// cells and cells that fail-fast did not reach stand in their places where their values are known.
std::vector<Grid> make_grids(const gate::TestRun& run);
// What is no cell.
std::vector<const gate::TestResult*> own_cases(const gate::TestRun& run);

// What a cell shows: "✓ I" allowed by an identity-based policy, "✗ R" denied by an RCP, "i S"
// implicitly denied for want of an allow of an SCP, "?" conditional, "!" an error, "-" not run.
std::string cell_mark(const gate::TestResult& result, bool unicode);
// The letter of a layer; a blank for none.
char layer_letter(Layer layer) noexcept;

// What the marks of these results mean, in order: "✓ allowed", "R resource control policy" …
struct MarkMeaning {
  std::string mark;
  std::string_view meaning;
};
std::vector<MarkMeaning> explain_marks(const std::vector<const gate::TestResult*>& results,
                                       bool unicode);

}  // namespace policysim::report
