// `matrices` of a fixture: one request template, decided for every combination of values.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "policysim/result.hpp"
#include "text/node.hpp"
#include "world/findings.hpp"
#include "world/fixture.hpp"
#include "world/interpolate.hpp"

namespace policysim::world {

// One value of a dimension; attributes and patch as written.
struct DimensionValue {
  std::string name;
  text::Node attributes;                    // map without `with`
  std::shared_ptr<const text::Node> patch;  // or null
  SourceSpan span;
};

struct Dimension {
  std::string name;
  std::vector<DimensionValue> values;
  SourceSpan span;
};

// One member of a `when`: the value of a dimension, or an attribute of it, meets a pattern.
struct Condition {
  std::uint32_t dimension = 0;
  std::string attribute;             // empty: the value itself
  bool absent = false;               // null: the attribute must not be there
  std::vector<text::Node> patterns;  // any of these globs, interpolation included
  SourceSpan span;
};
using When = std::vector<Condition>;  // all of them; none: always

// What a rule or a legend expects.
struct Outcome {
  text::Node expect;
  std::string because;  // empty: none
  SourceSpan span;
};

struct Rule {
  When when;
  std::uint32_t outcome = 0;  // index into Matrix::outcomes
  SourceSpan span;
};

// Expectations by the values of two dimensions.
struct Table {
  static constexpr std::uint32_t kNoCell = 0xFFFFFFFFU;

  std::uint32_t rows = 0, columns = 0;  // dimensions
  std::vector<std::uint32_t> outcomes;  // row by row; kNoCell: there is no such cell
};

// A combination that exists. `number` counts all combinations, the last dimension fastest.
struct Cell {
  static constexpr std::uint32_t kNoOutcome = 0xFFFFFFFFU;

  std::uint32_t number = 0;
  std::uint32_t outcome = kNoOutcome;
};

// Plain data, complete once `list_cells` was called. Immutable then, share freely.
struct Matrix {
  Case head;  // what a matrix says as a case does: id, name, tags, …, patches, steps
  std::vector<Dimension> dimensions;
  std::vector<When> exclude;
  std::vector<Rule> rules;
  std::optional<Table> table;
  std::vector<Outcome> outcomes;
  std::vector<Cell> cells;
};

// How many combinations one fixture may have.
inline constexpr std::size_t kMostCells = 1'000'000;
// Bounds the time that a hostile matrix takes: rules are tried for every combination.
inline constexpr std::size_t kMostTrials = 200'000'000;
inline constexpr std::size_t kMostDimensions = 100;

using Chosen = std::vector<std::uint32_t>;  // a value's index for each dimension

// Reads the shape of one matrix: PS20xx, PS22xx. `names` holds the base world.
std::optional<Matrix> read_matrix(const text::Node& node, Interpolator& names,
                                  const text::SourceMap& sources, Findings& findings);
// Its parts, once the dimensions are known.
void read_rules(const text::Node& list, Matrix& out, Findings& findings);
void read_table(const text::Node& node, const text::SourceMap& sources, Matrix& out,
                Findings& findings);
// A `when` or an exclusion.
When read_when(const text::Node& node, const std::vector<Dimension>& dimensions,
               Findings& findings);

// The product of all dimensions, or nothing beyond the limit.
std::optional<std::size_t> combinations(const Matrix& matrix) noexcept;
Chosen chosen_values(const Matrix& matrix, std::uint32_t number);
// "m[dim=v,…]", with `%`, `,`, `=` and `]` in values percent-encoded.
std::string cell_id(const Matrix& matrix, const Cell& cell);

// Fills `matrix.cells`: exclusions and rules are decided in the worlds of `fixture`, which needs
// no base world yet. Findings: cells without rule, rules without cell, names that are not known.
void list_cells(const Fixture& fixture, Interpolator& names, Matrix& matrix, Findings& findings);

// The case that a cell stands for: its dimensions are replaced everywhere, all other
// interpolations stay but in words for people. Fails with PS2009 to PS2011.
Result<Case> cell_case(Interpolator& names, const Matrix& matrix, const Cell& cell);

}  // namespace policysim::world
