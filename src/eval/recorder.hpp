// What the recording instantiation of the machine keeps; the plain one pays nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "catalog/semantics_options.hpp"
#include "policysim/decision.hpp"
#include "program/program.hpp"
#include "program/verdict.hpp"

namespace policysim::eval {

// One statement that matched, or might.
struct MatchedStatement {
  Layer layer = Layer::kNone;
  std::uint32_t level = program::kNone;  // index into Program::levels
  std::uint32_t statement = 0;
  program::Tri match = program::Tri::kNo;
};

// The plain policy: evaluation stops a statement at its first false part, and all of it at the
// first Deny that matches for certain.
struct NoRecorder {
  static constexpr bool kActive = false;
  void touch(catalog::Option) noexcept {}
  void touch_all(catalog::OptionSet) noexcept {}
  void read(std::uint32_t) noexcept {}
  void visit() noexcept {}
  void matched(const MatchedStatement&) noexcept {}
};

// Keeps what was touched, read and matched; every condition of a candidate is evaluated.
struct Recorder {
  static constexpr bool kActive = true;
  catalog::OptionSet touched = 0;
  std::vector<std::uint8_t> keys_read;  // by key: 1 where it was read
  std::vector<MatchedStatement> statements;
  std::size_t visited = 0;  // statements whose parts were looked at

  void touch(catalog::Option option) noexcept { touched |= catalog::bit(option); }
  void touch_all(catalog::OptionSet options) noexcept { touched |= options; }
  void read(std::uint32_t key) { keys_read[key] = 1; }
  void visit() noexcept { ++visited; }
  void matched(const MatchedStatement& statement) { statements.push_back(statement); }
};

}  // namespace policysim::eval
