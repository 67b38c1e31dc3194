// The generated table of lower-case mappings.
#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace policysim::values {

// Each `stride`th code point from `first` to `last` has its lower-case form `distance` away.
struct LowerCaseRange {
  char32_t first = 0;
  char32_t last = 0;
  std::uint32_t stride = 1;
  std::int32_t distance = 0;
};

// Ascending, disjoint in their mapped code points.
std::span<const LowerCaseRange> lower_case_ranges() noexcept;

}  // namespace policysim::values
