// Decisions on the standard scenarios: bound and from a Request, one request (hot) and 4,096 in
// turn.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "scenario.hpp"

namespace policysim::bench {
namespace {

constexpr unsigned kRequestsInTurn = 4096;
const char* const kScenarios[] = {"small", "kms-tag-abac", "organization"};

void bound_hot(benchmark::State& state) {
  const char* const name = kScenarios[state.range(0)];
  const PolicySet policies = load_policies(name);
  Evaluator evaluator(policies);
  const BoundRequest bound = policies.bind(load_request(name));
  if (evaluator.evaluate(bound).outcome != Outcome::kAllow) state.SkipWithError("not allowed");
  for (auto _ : state) benchmark::DoNotOptimize(evaluator.evaluate(bound));
  state.SetLabel(name);
}
BENCHMARK(bound_hot)->DenseRange(0, 2);

void request_hot(benchmark::State& state) {
  const char* const name = kScenarios[state.range(0)];
  Evaluator evaluator(load_policies(name));
  const Request request = load_request(name);
  if (evaluator.evaluate(request).outcome != Outcome::kAllow) state.SkipWithError("not allowed");
  for (auto _ : state) benchmark::DoNotOptimize(evaluator.evaluate(request));
  state.SetLabel(name);
}
BENCHMARK(request_hot)->DenseRange(0, 2);

void bound_cold(benchmark::State& state) {
  const char* const name = kScenarios[state.range(0)];
  const PolicySet policies = load_policies(name);
  Evaluator evaluator(policies);
  std::vector<BoundRequest> bound;
  for (unsigned i = 0; i < kRequestsInTurn; ++i) {
    bound.push_back(policies.bind(load_request(name, i + 1)));
  }
  std::size_t next = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(evaluator.evaluate(bound[next]));
    next = (next + 1) % kRequestsInTurn;
  }
  state.SetLabel(name);
}
BENCHMARK(bound_cold)->DenseRange(0, 2);

void request_cold(benchmark::State& state) {
  const char* const name = kScenarios[state.range(0)];
  Evaluator evaluator(load_policies(name));
  std::vector<Request> requests;
  for (unsigned i = 0; i < kRequestsInTurn; ++i) requests.push_back(load_request(name, i + 1));
  std::size_t next = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(evaluator.evaluate(requests[next]));
    next = (next + 1) % kRequestsInTurn;
  }
  state.SetLabel(name);
}
BENCHMARK(request_cold)->DenseRange(0, 2);

// The small scenario beside statements that are attached to other principals.
void flatness(benchmark::State& state) {
  PolicySet::Builder builder;
  const std::string target = "arn:aws:iam::123456789012:user/alice";
  const auto document = [](const std::string& bucket) {
    return PolicyDocument::parse(R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow",)"
                                 R"("Action":"s3:GetObject","Resource":"arn:aws:s3:::)" +
                                     bucket + R"(/*"}]})",
                                 PolicyType::kIdentity)
        .value();
  };
  builder.add(document("mybucket"), {PolicyType::kIdentity, "own", target});
  for (std::int64_t i = 0; i < state.range(0); ++i) {
    const std::string number = std::to_string(i);
    builder.add(document("b" + number),
                {PolicyType::kIdentity, "p" + number, "arn:aws:iam::123456789012:user/u" + number});
  }
  Evaluator evaluator(std::move(builder).compile().value());
  const Request request = load_request("small");
  if (evaluator.evaluate(request).outcome != Outcome::kAllow) state.SkipWithError("not allowed");
  for (auto _ : state) benchmark::DoNotOptimize(evaluator.evaluate(request));
}
BENCHMARK(flatness)->Arg(1000)->Arg(100000);

}  // namespace
}  // namespace policysim::bench
