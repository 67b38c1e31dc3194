// Mutation of the policies that ship, with all operators, held against all cells of their fixtures.
#include <benchmark/benchmark.h>

#include <memory>
#include <string>
#include <vector>

#include "gate/mutation.hpp"
#include "gate/runner.hpp"

namespace policysim {
namespace {

void run(benchmark::State& state, const std::vector<std::string>& names) {
  std::vector<std::shared_ptr<const world::Fixture>> fixtures;
  for (const std::string& name : names) {
    auto fixture = world::load_fixture(PSIM_SOURCE_DIR "/fixtures/" + name + ".yaml");
    if (!fixture) return state.SkipWithError(fixture.error().message.c_str());
    fixtures.push_back(std::make_shared<const world::Fixture>(*std::move(fixture)));
  }
  std::vector<gate::SuiteFinding> findings;
  const gate::Suite suite = gate::select_tests(std::move(fixtures), {}, false, findings);
  const gate::Settings settings;
  const gate::TestRun tests = gate::run_tests(suite, settings, {});
  gate::MutationOptions options;
  options.jobs = static_cast<unsigned>(state.range(0));
  std::size_t mutants = 0;
  for (auto _ : state) mutants = gate::mutate(suite, settings, tests, options).mutants.size();
  state.counters["mutants"] = static_cast<double>(mutants);
  state.counters["tests"] = static_cast<double>(suite.tests.size());
}

void mutate_s3(benchmark::State& state) { run(state, {"s3-encryption-rcp", "s3-enrolment-scp"}); }
BENCHMARK(mutate_s3)->Arg(1)->Arg(2)->UseRealTime()->Unit(benchmark::kMillisecond);

void mutate_kms(benchmark::State& state) {
  run(state, {"kms-departments", "kms-edges", "kms-troubleshooting", "kms-verification"});
}
BENCHMARK(mutate_kms)->Arg(1)->Arg(2)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace policysim
