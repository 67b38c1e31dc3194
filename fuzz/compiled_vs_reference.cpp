// libFuzzer: bytes choose a case of the differential generator; product and reference must agree on
// every statement, on the decision and on its evidence.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <span>

#include "differential/compare.hpp"
#include "differential/generator.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  namespace differential = policysim::differential;
  differential::Choices choices(std::span<const std::uint8_t>(bytes, size));
  const auto& goals = differential::goals();
  const differential::Case generated =
      differential::generate(choices, goals[choices.below(goals.size())]);
  const differential::Comparison comparison = differential::compare(generated, true);
  if (comparison.difference) {
    std::fprintf(stderr, "%s\n%s", comparison.difference->c_str(),
                 differential::to_text(generated).c_str());
    for (const auto& data : generated.requests) {
      std::fprintf(stderr, "%s", differential::to_text(data).c_str());
    }
    std::abort();
  }
  return 0;
}
