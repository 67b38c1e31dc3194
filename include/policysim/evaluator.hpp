// Decides requests against one PolicySet.
#pragma once

#include <memory>
#include <span>

#include "policysim/decision.hpp"
#include "policysim/explanation.hpp"
#include "policysim/export.hpp"
#include "policysim/policy_set.hpp"
#include "policysim/request.hpp"

namespace policysim {

struct EvaluateOptions {
  bool certain = false;  // explain(): a decision that rests on an assumption becomes conditional
};

// Holds the scratch memory of a decision: one per thread, all sharing one PolicySet.
class PSIM_EXPORT Evaluator {
 public:
  explicit Evaluator(PolicySet policies, const EvaluateOptions& options = {});
  Evaluator(Evaluator&&) noexcept;
  Evaluator& operator=(Evaluator&&) noexcept;
  ~Evaluator();

  // No allocation, lock or exception.
  Decision evaluate(const BoundRequest& request) noexcept;
  // Binds into the scratch memory first; no allocation after warm-up.
  Decision evaluate(const Request& request) noexcept;
  // Does the statement match? Statement matching only, no layers.
  Match match(StatementId statement, const Request& request) noexcept;
  // Precondition: both spans have the same size.
  void evaluate_batch(std::span<const BoundRequest> requests, std::span<Decision> out) noexcept;
  // The same decision by the recording instantiation, with its evidence.
  Explanation explain(const Request& request);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace policysim
