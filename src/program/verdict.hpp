// Three-valued truth, and the pair of verdicts that carries closed readings.
#pragma once

#include <algorithm>
#include <cstdint>

namespace policysim::program {

// Kleene logic: And is min, Or is max.
enum class Tri : std::uint8_t { kNo = 0, kUnknown = 1, kYes = 2 };

constexpr Tri both(Tri a, Tri b) noexcept { return a < b ? a : b; }
constexpr Tri either(Tri a, Tri b) noexcept { return a < b ? b : a; }
constexpr Tri negate(Tri a) noexcept { return static_cast<Tri>(2 - static_cast<std::uint8_t>(a)); }
constexpr Tri tri(bool value) noexcept { return value ? Tri::kYes : Tri::kNo; }

// Where AWS is ambiguous a part of a statement is read in every way: an Allow needs every reading
// (`strict`), a Deny any (`loose`). Without ambiguity both are equal, so one node serves the
// statements of both effects.
struct Verdict {
  Tri strict = Tri::kNo;
  Tri loose = Tri::kNo;

  Tri of(bool deny) const noexcept { return deny ? loose : strict; }
  friend bool operator==(Verdict, Verdict) = default;
};

constexpr Verdict verdict(Tri value) noexcept { return {value, value}; }
constexpr Verdict closed(Tri a, Tri b) noexcept { return {both(a, b), either(a, b)}; }

}  // namespace policysim::program
