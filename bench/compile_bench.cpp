// From text in memory to a PolicySet: all AWS managed policies attached to one principal.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "scenario.hpp"

namespace policysim::bench {
namespace {

void compile_managed_policies(benchmark::State& state) {
  const std::vector<std::string> texts = managed_policies();
  if (texts.empty()) {
    state.SkipWithError("the corpora are not present (POLICYSIM_CORPORA)");
    return;
  }
  const std::string target = "arn:aws:iam::123456789012:user/alice";
  std::size_t statements = 0;
  std::size_t bytes = 0;
  for (auto _ : state) {
    PolicySet::Builder builder;
    for (std::size_t i = 0; i < texts.size(); ++i) {
      auto document = PolicyDocument::parse(texts[i], PolicyType::kIdentity);
      if (document) {
        builder.add(std::move(document).value(),
                    {PolicyType::kIdentity, std::to_string(i), target});
      }
    }
    const auto policies = std::move(builder).compile();
    benchmark::DoNotOptimize(policies);
    statements = policies->statement_count();
    bytes = policies->memory_bytes();
  }
  state.counters["policies"] = static_cast<double>(texts.size());
  state.counters["statements"] = static_cast<double>(statements);
  state.counters["bytes_per_statement"] =
      static_cast<double>(bytes) / static_cast<double>(statements);
}
BENCHMARK(compile_managed_policies)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace policysim::bench
