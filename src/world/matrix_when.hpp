// Does a cell meet a `when`?
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "world/matrix.hpp"
#include "world/matrix_scope.hpp"
#include "world/recent.hpp"
#include "world/scene.hpp"

namespace policysim::world {

// Decides conditions for cell after cell. What depends on one value only is decided once.
class WhenEvaluator {
 public:
  WhenEvaluator(const Fixture& fixture, Interpolator& names, const Matrix& matrix);

  // Findings for names that are not known; the condition then does not hold.
  bool holds(const When& when, const Chosen& chosen, Findings& findings);

 private:
  enum class Truth : unsigned char { kNotAsked, kNo, kYes };

  bool holds(const Condition& condition, const Chosen& chosen, Findings& findings);
  bool decide(const Condition& condition, CellScope& scope, const Chosen& chosen, bool& constant,
              Findings& findings);
  std::optional<text::Node> subject(const Condition& condition, CellScope& scope,
                                    const Chosen& chosen, bool& constant, Findings& findings);
  bool meets(const text::Node& pattern, const text::Node& subject, CellScope& scope,
             const Chosen& chosen, bool& constant, Findings& findings);
  // The names in the world of a cell.
  Interpolator& world_of(CellScope& scope, const Chosen& chosen, Findings& findings);

  const Fixture& fixture_;
  Interpolator& names_;
  const Matrix& matrix_;
  bool patched_ = false;
  Recent<Scene> scenes_;
  std::unordered_map<const Condition*, std::vector<Truth>> known_;
};

// The patches of a cell, `with` of its steps not among them.
Patches cell_patches(const Matrix& matrix, CellScope& scope, const Chosen& chosen,
                     Findings& findings);

}  // namespace policysim::world
