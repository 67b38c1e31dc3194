// Worlds of an organization: how long one takes to load, and that a decision in a large one costs
// what it costs in a small one.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <utility>

#include "policysim/policysim.hpp"

namespace policysim::bench {
namespace {

constexpr unsigned kAccounts = 10'000, kRoles = 100'000, kBuckets = 50'000, kAccountsPerUnit = 100;

std::string account_id(unsigned number) { return std::to_string(100'000'000'000ULL + number); }
std::string team(unsigned number) { return "team-" + std::to_string(number % 50); }

constexpr const char* kPolicies = R"("policies": {
"guard": {"Version": "2012-10-17", "Statement": [{"Sid": "KeepLogs", "Effect": "Deny", "Action": "cloudtrail:*", "Resource": "*"}]},
"own": {"Version": "2012-10-17", "Statement": [{"Sid": "OwnTeam", "Effect": "Allow", "Action": "s3:*", "Resource": "*",
  "Condition": {"StringEquals": {"aws:ResourceTag/Team": "${aws:PrincipalTag/Team}"}}}]},
"read": {"Version": "2012-10-17", "Statement": [{"Sid": "Read", "Effect": "Allow", "Action": ["s3:Get*", "s3:List*"], "Resource": "*"}]},
"bucket": {"Version": "2012-10-17", "Statement": [{"Sid": "Tls", "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*",
  "Condition": {"Bool": {"aws:SecureTransport": "false"}}}]},
"trust": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
})";

// `fill(out, number)` writes one entry; commas stand between them.
template <class Fill>
void list(std::ostream& out, unsigned count, const Fill& fill) {
  for (unsigned i = 0; i < count; ++i) {
    if (i > 0) out << ",\n";
    fill(i);
  }
}

void write_units(std::ostream& out, unsigned accounts) {
  list(out, (accounts + kAccountsPerUnit - 1) / kAccountsPerUnit, [&](unsigned unit) {
    const unsigned first = unit * kAccountsPerUnit;
    out << R"({"id": "ou-ab12-)" << 10'000'000 + unit
        << R"(", "scps": ["FullAWSAccess", "guard"], "accounts": [)";
    list(out, std::min(kAccountsPerUnit, accounts - first),
         [&](unsigned i) { out << '"' << account_id(first + i) << '"'; });
    out << "]}";
  });
}

void write_world(std::ostream& out, unsigned accounts, unsigned roles, unsigned buckets) {
  out << R"({"policysim": "1", "world": {)" << kPolicies
      << R"(, "organization": {"id": "o-exampleorg1", "management_account": "999999999999", )"
      << R"("root": {"id": "r-ab12", "ous": [)";
  write_units(out, accounts);
  out << "]}},\n\"accounts\": {";
  list(out, accounts, [&](unsigned i) {
    out << '"' << account_id(i) << R"(": {"name": "account-)" << i << R"("})";
  });
  out << "},\n\"principals\": {";
  list(out, roles, [&](unsigned i) {
    out << "\"role-" << i << R"(": {"arn": "arn:aws:iam::)" << account_id(i % accounts)
        << ":role/team/role-" << i << R"(", "tags": {"Team": ")" << team(i)
        << R"(", "Stage": "prod"}, "policies": ["own", "read"], "trust": "trust"})";
  });
  out << "},\n\"resources\": {";
  list(out, buckets, [&](unsigned i) {
    out << "\"bucket-" << i << R"(": {"arn": "arn:aws:s3:::bucket-)" << i << R"(", "account": ")"
        << account_id(i % accounts) << R"(", "region": "us-east-1", "tags": {"Team": ")" << team(i)
        << R"("}, "policy": "bucket", "s3": {"abac": true}})";
  });
  out << "}}}\n";
}

// A file that is removed in the end.
class WorldFile {
 public:
  WorldFile(unsigned accounts, unsigned roles, unsigned buckets) {
    std::string pattern = (std::filesystem::temp_directory_path() / "policysim-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    std::ofstream out(path());
    write_world(out, accounts, roles, buckets);
  }
  ~WorldFile() { std::filesystem::remove_all(folder_); }
  WorldFile(const WorldFile&) = delete;
  WorldFile& operator=(const WorldFile&) = delete;
  std::string path() const { return (folder_ / "world.json").string(); }

 private:
  std::filesystem::path folder_;
};

std::shared_ptr<const World> load(const std::string& path) {
  auto world = World::load(path);
  if (!world) {
    std::fprintf(stderr, "%s\n", world.error().message.c_str());
    std::exit(1);
  }
  return *std::move(world);
}

std::shared_ptr<const World> world_of(bool large) {
  static const auto kLarge = load(WorldFile(kAccounts, kRoles, kBuckets).path());
  static const auto kSmall = load(WorldFile(1, 1, 1).path());
  return large ? kLarge : kSmall;
}

// Most of the memory that the process ever had, as the kernel counts it.
double peak_mib() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.rfind("VmHWM:", 0) == 0) return std::atof(line.c_str() + 6) / 1024.0;
  }
  return 0;
}

void world_load(benchmark::State& state) {
  const WorldFile file(kAccounts, kRoles, kBuckets);
  for (auto _ : state) benchmark::DoNotOptimize(load(file.path()));
  state.counters["peak_MiB"] = peak_mib();
}
BENCHMARK(world_load)->Unit(benchmark::kMillisecond)->Iterations(1);

// From the request's text to the decision.
void world_request(benchmark::State& state) {
  const auto world = world_of(state.range(0) != 0);
  auto policies = std::move(PolicySet::Builder().world(world)).compile();
  if (!policies) return state.SkipWithError("does not compile");
  const RequestBuilder builder(world);
  Evaluator evaluator(*policies);
  const std::string text =
      R"({"principal": "role-0", "action": "s3:GetObject", "resource": "bucket-0"})";
  for (auto _ : state) {
    auto requests = builder.build(text);
    if (!requests) return state.SkipWithError("no request");
    benchmark::DoNotOptimize(evaluator.evaluate(requests->front()));
  }
  state.SetLabel(state.range(0) != 0 ? "10,000 accounts" : "1 account");
}
BENCHMARK(world_request)->DenseRange(0, 1);

// The decision alone.
void world_decision(benchmark::State& state) {
  const auto world = world_of(state.range(0) != 0);
  auto policies = std::move(PolicySet::Builder().world(world)).compile();
  if (!policies) return state.SkipWithError("does not compile");
  auto requests = RequestBuilder(world).build(
      R"({"principal": "role-0", "action": "s3:GetObject", "resource": "bucket-0"})");
  if (!requests) return state.SkipWithError("no request");
  Evaluator evaluator(*policies);
  for (auto _ : state) benchmark::DoNotOptimize(evaluator.evaluate(requests->front()));
  state.SetLabel(state.range(0) != 0 ? "10,000 accounts" : "1 account");
}
BENCHMARK(world_decision)->DenseRange(0, 1);

}  // namespace
}  // namespace policysim::bench
