// The values of one cell, put in the place of `${{ dimension }}`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "text/node.hpp"
#include "world/interpolate.hpp"
#include "world/matrix.hpp"

namespace policysim::world {

// Replaces dimensions and their attributes only: other names stay as they are written, since the
// cell's world is not known yet. `${{ dimension.attribute }}` of an attribute that the value does
// not have becomes `${{ value.attribute }}`, which the world resolves. Lives no longer than its
// arguments.
class CellScope {
 public:
  CellScope(const Matrix& matrix, const Chosen& chosen, const Interpolator& names)
      : matrix_(matrix), chosen_(chosen), names_(names) {}

  void expand(text::Node& node, Findings& findings);
  void expand_patch(text::Node& patch, Findings& findings);
  std::string expand_text(const std::string& text, const SourceSpan& span, Findings& findings);

  enum class Found : std::uint8_t { kNo, kYes, kInWorld };  // kInWorld: `out` is an interpolation
  // An attribute of a dimension's value in this cell.
  Found attribute(std::uint32_t dimension, std::string_view attribute, text::Node& out,
                  Findings& findings);

 private:
  bool replace(std::string_view name, const SourceSpan& span, text::Node& out, Findings& findings);
  bool replace_split(const Dimension& dimension, const DimensionValue& value, std::string_view rest,
                     const SourceSpan& span, text::Node& out, Findings& findings);
  void expand_string(text::Node& node, Findings& findings);
  const DimensionValue& value_of(std::size_t dimension) const {
    return matrix_.dimensions[dimension].values[chosen_[dimension]];
  }

  const Matrix& matrix_;
  const Chosen& chosen_;
  const Interpolator& names_;
  std::vector<std::string> active_;  // names being replaced, outermost first
  std::size_t copied_ = 0;           // so that values of values cannot fill memory
};

}  // namespace policysim::world
