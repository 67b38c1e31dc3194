// Decisions on file: a text is refused with findings that stand in it and can be drawn, or each of
// its entries has an id of its own and a decision or an error.
#include "check.hpp"
#include "gate/golden.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace policysim;
  text::SourceMap sources;
  const std::uint32_t source =
      sources.add("input", std::string(reinterpret_cast<const char*>(data), size));
  const auto entries = gate::read_golden(sources, source);
  if (!entries) {
    PSIM_FUZZ_CHECK(!entries.error().diagnostics.empty());
    for (const Diagnostic& finding : entries.error().diagnostics) {
      PSIM_FUZZ_CHECK(finding.span.begin <= finding.span.end && finding.span.end <= size);
      PSIM_FUZZ_CHECK(!text::render(finding, sources).empty());
    }
    return 0;
  }
  std::set<std::string> ids;
  for (const gate::GoldenEntry& entry : *entries) {
    PSIM_FUZZ_CHECK(!entry.id.empty() && ids.insert(entry.id).second);
    PSIM_FUZZ_CHECK(entry.decision.is_error() == !entry.decision.error.empty());
  }
  return 0;
}
