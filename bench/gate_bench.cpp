// The gate: a matrix of 100,000 cells from its text to the results.
#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>

#include "gate/runner.hpp"
#include "world/fixture.hpp"

namespace policysim::bench {
namespace {

constexpr const char* kWorld = R"(policysim: 1
world:
  policies:
    match:
      Version: "2012-10-17"
      Statement:
        - {Sid: Own, Effect: Allow, Action: "kms:*", Resource: "*", Condition: {StringEquals: {"aws:ResourceTag/Department": "${aws:PrincipalTag/Department}"}}}
        - {Sid: Foreign, Effect: Deny, Action: ["kms:Decrypt", "kms:Encrypt"], Resource: "*", Condition: {StringNotEquals: {"aws:ResourceTag/Department": "${aws:PrincipalTag/Department}"}}}
    delegate: {Version: "2012-10-17", Statement: [{Effect: Allow, Principal: {AWS: "123456789012"}, Action: "kms:*", Resource: "*"}]}
  organization: {id: o-exampleorg1, management_account: "111111111111", root: {id: r-ab12, accounts: ["123456789012"]}}
)";

constexpr const char* kMatrix =
    R"(    request: {principal: "${{ role }}", action: "${{ action }}", resource: "${{ key }}", source_ip: "${{ from.ip }}"}
    expect:
      - {when: {role.tags.Department: "${{ key.tags.Department }}"}, then: {decision: allow, by: {layer: identity, sid: Own}}}
      - {when: {action: ["kms:Decrypt", "kms:Encrypt"]}, then: {decision: explicit_deny, by: {layer: identity, sid: Foreign}}}
      - {then: implicit_deny}
)";

// 10 roles x 10 keys x 10 actions x 100 addresses.
std::string large_matrix() {
  std::string principals, resources, roles, keys, addresses;
  for (int i = 0; i < 10; ++i) {
    const std::string n = std::to_string(i);
    const std::string tags = ", tags: {Department: d" + n + "}";
    principals += "    role" + n + ": {arn: \"arn:aws:iam::123456789012:role/role" + n + "\"" +
                  tags + ", policies: [match], session: {name: s}}\n";
    resources += "    key" + n + ": {arn: \"arn:aws:kms:us-east-1:123456789012:key/0000000" + n +
                 "-1111-4111-8111-aaaaaaaaaaaa\"" + tags + ", policy: delegate}\n";
    roles += "role" + n + ", ";
    keys += "key" + n + ", ";
  }
  for (int i = 0; i < 100; ++i) {
    const std::string n = std::to_string(i);
    addresses += "from" + n + ": {ip: 10.0." + n + ".7}, ";
  }
  return kWorld + ("  principals:\n" + principals) + "  resources:\n" + resources +
         "matrices:\n  - id: m\n    dimensions:\n      role: [" + roles + "]\n      key: [" + keys +
         "]\n      action: [\"kms:Decrypt\", \"kms:Encrypt\", \"kms:GenerateDataKey\", "
         "\"kms:DescribeKey\", \"kms:ReEncryptFrom\", \"kms:ReEncryptTo\", \"kms:Sign\", "
         "\"kms:Verify\", \"kms:ListGrants\", \"kms:GetPublicKey\"]\n      from: {" +
         addresses + "}\n" + kMatrix;
}

void matrix_of_100000_cells(benchmark::State& state) {
  const std::string text = large_matrix();
  for (auto _ : state) {
    auto fixture = world::load_fixture_text("large.yaml", text);
    if (!fixture) return state.SkipWithError("the fixture does not load");
    std::vector<gate::SuiteFinding> findings;
    const gate::Suite suite = gate::select_tests(
        {std::make_shared<const world::Fixture>(*std::move(fixture))}, {}, true, findings);
    gate::RunOptions options;
    options.jobs = static_cast<unsigned>(state.range(0));
    const gate::TestRun run = gate::run_tests(suite, gate::Settings{}, options);
    if (run.count(gate::Status::kPassed) != 100'000) return state.SkipWithError("tests fail");
  }
}
BENCHMARK(matrix_of_100000_cells)
    ->Arg(1)
    ->Arg(2)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

}  // namespace
}  // namespace policysim::bench
