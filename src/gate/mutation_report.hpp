// Which changes of the policies the tests notice.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/coverage_report.hpp"

namespace policysim::gate {

// kEquivalent is proved; kSurvived is what no test distinguished; kNotRun: the budget ended.
enum class Fate : std::uint8_t { kKilled, kSurvived, kEquivalent, kNotRun };
std::string_view to_string(Fate fate) noexcept;  // "killed" …

struct Mutant {
  std::uint32_t number = 0;  // stable for equal policies and seed
  std::string_view op;       // "drop-statement", "flip-effect" …
  std::string policy;        // name in the world
  std::optional<std::string> sid;
  std::optional<std::uint32_t> statement;  // none: the attachment is changed
  std::string file;                        // as reports show it
  SourceRange range;                       // what is changed
  std::string what;                        // "`StringEquals` becomes `StringEqualsIfExists`"
  std::string diff;                        // unified, of the lines around the change
  Fate fate = Fate::kNotRun;
  std::string killed_by;  // id of the first test that notices
  std::string why;        // equivalent: the proof in words
  std::string witness;    // survived: a case that tells it apart, as YAML; empty: none was found
};

struct MutationReport {
  std::vector<Mutant> mutants;
  std::uint64_t seed = 0;
  std::uint64_t generated = 0;  // before `--mutants N` chose among them
  bool budget_ended = false;
  Ratio score;  // killed of all but the equivalent ones; those not run are not killed
};

}  // namespace policysim::gate
