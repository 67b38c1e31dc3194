// How much coverage and how high a mutation score is asked for.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/coverage_report.hpp"
#include "gate/mutation_report.hpp"
#include "world/fixture.hpp"

namespace policysim::gate {

enum class Measure : std::uint8_t { kStatements, kConditions, kMutation };
constexpr std::array kMeasures = {Measure::kStatements, Measure::kConditions, Measure::kMutation};
std::string_view to_string(Measure measure) noexcept;  // "statements" …

// Percentages by Measure; none: nothing is asked.
struct Thresholds {
  std::array<std::optional<std::uint32_t>, kMeasures.size()> percent;

  std::optional<std::uint32_t>& operator[](Measure m) { return percent[std::size_t(m)]; }
  std::optional<std::uint32_t> operator[](Measure m) const { return percent[std::size_t(m)]; }
};

// Digits without leading zeros, at most 100; else none.
std::optional<std::uint32_t> read_percent(std::string_view text) noexcept;

// "statements=90" into `out`; given twice, the later counts. What is wrong with it, user text in
// back-ticks; empty: nothing.
std::string read_minimum(std::string_view text, Thresholds& out);

// What the `coverage` sections say; where several do, the strictest of them.
Thresholds thresholds_of(const std::vector<std::shared_ptr<const world::Fixture>>& fixtures);

// Of each measure the first that says something.
Thresholds first_of(const Thresholds& first, const Thresholds& second, const Thresholds& third);

struct MissedThreshold {
  Measure measure = Measure::kStatements;
  Ratio reached;
  std::uint32_t percent = 0;

  std::string words() const;  // "statements: 17 of 19 (89 %), at least 90 % are asked for"
};

// What was not asked for (null) is not missed; what was asked for and found nothing to measure is.
std::vector<MissedThreshold> missed_thresholds(const Thresholds& thresholds,
                                               const CoverageReport* coverage,
                                               const MutationReport* mutation);

}  // namespace policysim::gate
