// The lines of a policy's file as cells of an HTML table, its parts marked by their coverage.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "gate/coverage_report.hpp"

namespace policysim::report {

enum class Paint : std::uint8_t { kNone, kCovered, kPartly, kUncovered, kExcluded };
std::string_view paint_class(Paint paint) noexcept;  // "cov-y" …
std::string_view paint_glyph(Paint paint) noexcept;  // "✓" …

// A statement that decides with all outcomes of its parts; one that matches, or decides with gaps;
// one that never matches.
Paint paint_of(const gate::StatementCoverage& statement) noexcept;
// All outcomes, some, none.
Paint paint_of(const gate::CoverageItem& item) noexcept;

// "3 × true, 0 × absent".
std::string outcome_counts(const gate::CoverageItem& item);

// <tr> rows of the lines from the first statement to the last, and some before and behind. Empty:
// they would be more than `most` bytes.
std::string paint_source(const gate::PolicyCoverage& policy, std::size_t most);

}  // namespace policysim::report
