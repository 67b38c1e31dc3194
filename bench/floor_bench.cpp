// What the machine allows: speeds are also given as multiples of these.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <random>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace policysim::bench {
namespace {

void hash_text(benchmark::State& state) {
  const std::string text(static_cast<std::size_t>(state.range(0)), 'x');
  for (auto _ : state) {
    benchmark::DoNotOptimize(std::hash<std::string_view>{}(text));
    benchmark::ClobberMemory();
  }
}
BENCHMARK(hash_text)->Arg(64)->Arg(120);

void look_up_among_20000(benchmark::State& state) {
  std::unordered_map<std::string, std::uint32_t> table;
  for (std::uint32_t i = 0; i < 20000; ++i) table.emplace("service:Action" + std::to_string(i), i);
  const std::string key = "service:Action4711";
  for (auto _ : state) benchmark::DoNotOptimize(table.find(key));
}
BENCHMARK(look_up_among_20000);

// One dependent load a step through a random cycle over `range` bytes.
void dependent_load(benchmark::State& state) {
  const auto count = static_cast<std::size_t>(state.range(0)) / 64;
  struct alignas(64) Line {
    std::size_t next;
  };
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::shuffle(order.begin(), order.end(), std::mt19937_64(1));
  std::vector<Line> lines(count);
  for (std::size_t i = 0; i < count; ++i) lines[order[i]].next = order[(i + 1) % count];
  std::size_t at = 0;
  for (auto _ : state) {
    at = lines[at].next;
    benchmark::DoNotOptimize(at);
  }
}
BENCHMARK(dependent_load)->Arg(16 << 10)->Arg(512 << 10)->Arg(8 << 20)->Arg(128 << 20);

}  // namespace
}  // namespace policysim::bench
