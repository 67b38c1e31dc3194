// AWS's evaluation order as one readable function: what the layers found -> the ruling.
// Source of every step: IAM User Guide, policy evaluation logic (docs/semantics/evaluation.md).
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "eval/binding.hpp"
#include "eval/strength.hpp"
#include "eval/tally.hpp"
#include "policysim/decision.hpp"

namespace policysim::eval {

// Layers in the order in which they came up.
class LayerList {
 public:
  void add(Layer layer) noexcept {
    if (size_ < layers_.size()) layers_[size_++] = layer;
  }
  bool empty() const noexcept { return size_ == 0; }
  const Layer* begin() const noexcept { return layers_.data(); }
  const Layer* end() const noexcept { return layers_.data() + size_; }
  Layer front() const noexcept { return layers_[0]; }

 private:
  std::array<Layer, 8> layers_{};
  std::size_t size_ = 0;
};

// A decision under one bound, with what reports need.
struct Ruling {
  Outcome outcome = Outcome::kImplicitDeny;
  Layer layer = Layer::kNone;
  StatementId statement;
  StatementId resource_witness;  // allow: the resource policy's statement that sufficed
  LayerList blockers;            // implicit deny: every blocking layer
  LayerList witnesses;           // allow: every layer whose Allow was needed
  LayerList bypassed;            // allow in one account: layers without Allow that did not matter
  catalog::OptionSet touched = 0;
};

// The names of its steps in their order.
std::vector<std::string_view> decision_steps();

Ruling decide(const Facts& facts, const Tally& tally, const catalog::Readings& readings,
              Bound bound) noexcept;

}  // namespace policysim::eval
