// Everything a fixture decides: its cases, then the cells of its matrices, in order.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "policysim/result.hpp"
#include "world/fixture.hpp"
#include "world/interpolate.hpp"
#include "world/matrix.hpp"

namespace policysim::world {

// Cells become cases when they are asked for, so that a large matrix needs little memory. Lives no
// longer than the fixture. One per thread.
class CaseList {
 public:
  explicit CaseList(const Fixture& fixture);

  std::size_t size() const noexcept { return size_; }
  std::string id(std::size_t index) const;
  // What holds without making the case.
  const Case& head(std::size_t index) const { return *at(index).head; }  // or what its matrix says
  const Matrix* matrix(std::size_t index) const { return at(index).matrix; }  // null: none
  bool only(std::size_t index) const { return head(index).only; }
  bool skipped(std::size_t index) const { return !head(index).skip.empty(); }
  bool expects(std::size_t index) const;
  // Of the case; of a cell: of the rule or legend that says what is expected, else of the matrix.
  SourceSpan span(std::size_t index) const;
  // Of a cell, for each dimension; of a case none.
  std::vector<std::string> values(std::size_t index) const;

  // Fails, for cells, with PS2009 to PS2011.
  Result<Case> get(std::size_t index);

 private:
  struct Place {
    const Case* head = nullptr;  // the case, or what its matrix says
    const Matrix* matrix = nullptr;
    const Cell* cell = nullptr;
  };
  Place at(std::size_t index) const;

  const Fixture& fixture_;
  std::size_t size_ = 0;
  std::vector<std::size_t> ends_;  // behind the last cell of each matrix
  std::optional<Interpolator> names_;
};

// Is any case or matrix marked `only`?
bool has_only(const Fixture& fixture);

}  // namespace policysim::world
