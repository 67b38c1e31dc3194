// Mutants of a small world, judged by a handful of tests.
#include "gate/mutation.hpp"

#include <gtest/gtest.h>

#include <map>

#include "gate/runner.hpp"

namespace policysim::gate {
namespace {

constexpr const char* kFixture = R"(policysim: 1
name: small
world:
  policies:
    read: {Version: "2012-10-17", Statement: [{Sid: Read, Effect: Allow, Action: ["s3:GetObject", "s3:PutObject"], Resource: "arn:aws:s3:::reports/*"}]}
    guard: {Version: "2012-10-17", Statement: [{Sid: OnlyBlue, Effect: Deny, Action: "s3:*", Resource: "*", Condition: {StringNotEquals: {"aws:PrincipalTag/Team": blue}}}]}
  organization:
    id: o-exampleorg1
    management_account: "999999999999"
    root: {id: r-ab12, ous: [{id: ou-ab12-prod1111, name: prod, scps: [FullAWSAccess, guard], accounts: ["111111111111"]}]}
  principals:
    ann: {arn: "arn:aws:iam::111111111111:user/ann", tags: {Team: blue}, policies: [read]}
    bob: {arn: "arn:aws:iam::111111111111:user/bob", tags: {Team: red}, policies: [read]}
  resources:
    reports: {arn: "arn:aws:s3:::reports", account: "111111111111", tags: {}}
    june: {arn: "arn:aws:s3:::reports/june", account: "111111111111", tags: {}}
cases:
  - {id: blue-reads, request: {principal: ann, action: "s3:GetObject", resource: june}, expect: {decision: allow, by: {layer: identity, policy: read}}}
  - {id: blue-writes, request: {principal: ann, action: "s3:PutObject", resource: june}, expect: allow}
  - {id: red-does-not, request: {principal: bob, action: "s3:GetObject", resource: june}, expect: {decision: explicit_deny, by: {layer: scp, sid: OnlyBlue}}}
  - {id: todo, todo: later, request: {principal: ann, action: "s3:DeleteObject", resource: june}, expect: implicit_deny}
)";

Suite suite(const std::string& text = kFixture) {
  auto fixture = world::load_fixture_text("small.yaml", text);
  EXPECT_TRUE(fixture);
  std::vector<SuiteFinding> findings;
  return select_tests({std::make_shared<world::Fixture>(*std::move(fixture))}, {}, false, findings);
}

MutationReport mutated(const MutationOptions& options = {}) {
  const Suite tests = suite();
  const Settings settings;
  return mutate(tests, settings, run_tests(tests, settings, {}), options);
}

std::map<std::string, Mutant> by_name(const MutationReport& report) {
  std::map<std::string, Mutant> out;
  for (const Mutant& mutant : report.mutants) {
    out.emplace(std::string(mutant.op) + " " + mutant.policy + ": " + mutant.what, mutant);
  }
  EXPECT_EQ(out.size(), report.mutants.size());
  return out;
}

TEST(Mutation, KillsByTheFirstTestThatNotices) {
  const auto mutants = by_name(mutated());
  const auto killer = [&mutants](const std::string& name) {
    const auto found = mutants.find(name);
    return found == mutants.end() ? "no such mutant" : found->second.killed_by;
  };
  EXPECT_EQ(killer("drop-value read: `s3:GetObject` is dropped"), "blue-reads");
  EXPECT_EQ(killer("drop-value read: `s3:PutObject` is dropped"), "blue-writes");
  EXPECT_EQ(killer("flip-effect guard: `Deny` becomes `Allow`"), "red-does-not");
  EXPECT_EQ(killer("drop-condition guard: `Condition` is dropped"), "blue-reads");
  EXPECT_EQ(killer("detach read: `read` is attached nowhere as identity policy"), "blue-reads");
  EXPECT_EQ(killer("detach guard: `guard` is not attached to `ou-ab12-prod1111`"), "red-does-not");
}

TEST(Mutation, TellsSurvivorsEquivalentsAndWitnesses) {
  const auto mutants = by_name(mutated());
  const Mutant& wide = mutants.at("widen-action read: `Action` becomes `*`");
  EXPECT_EQ(wide.fate, Fate::kSurvived);
  EXPECT_EQ(wide.file, "small.yaml");
  EXPECT_EQ(wide.range.line, 5U);
  EXPECT_NE(wide.diff.find("Action: \"*\""), std::string::npos) << wide.diff;
  EXPECT_NE(wide.witness.find("decision: implicit_deny"), std::string::npos) << wide.witness;
  const Mutant& same =
      mutants.at("if-exists guard: `StringNotEquals` becomes `StringNotEqualsIfExists`");
  EXPECT_EQ(same.fate, Fate::kEquivalent);
  EXPECT_NE(same.why.find("aws:PrincipalTag/Team"), std::string::npos);
  // Neither the level above nor the account has others to bind.
  EXPECT_EQ(
      mutants.at("move-up guard: `guard` is attached to `r-ab12` instead of `ou-ab12-prod1111`")
          .fate,
      Fate::kSurvived);
  EXPECT_EQ(mutants
                .at("move-down guard: `guard` is attached to `111111111111` instead of "
                    "`ou-ab12-prod1111`")
                .fate,
            Fate::kSurvived);
}

// What a statement says is told by a request that it matches; and an action is asked of something
// of its own service.
TEST(Mutation, AWitnessOfAFlippedEffectIsARequestThatMatches) {
  constexpr const char* kTests = R"(policysim: 1
name: flipped
world:
  policies:
    all: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: "*", Resource: "*"}]}
    limit: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: "s3:*", Resource: "*"}, {Sid: Keep, Effect: Deny, Action: "s3:DeleteBucket", Resource: "*"}]}
  principals:
    dev: {arn: "arn:aws:iam::111111111111:role/Dev", policies: [all], boundary: limit}
  resources:
    data: {arn: "arn:aws:s3:::data", account: "111111111111"}
cases:
  - {id: no-servers, request: {principal: dev, action: "ec2:RunInstances", resource: "arn:aws:ec2:us-east-1:111111111111:instance/*"}, expect: implicit_deny}
  - {id: reads, request: {principal: dev, action: "s3:ListBucket", resource: data}, expect: allow}
)";
  auto fixture = world::load_fixture_text("flipped.yaml", kTests);
  ASSERT_TRUE(fixture);
  std::vector<SuiteFinding> findings;
  const Suite tests =
      select_tests({std::make_shared<world::Fixture>(*std::move(fixture))}, {}, false, findings);
  const Settings settings;
  std::size_t seen = 0;
  for (const Mutant& mutant : mutate(tests, settings, run_tests(tests, settings, {}), {}).mutants) {
    if (mutant.sid != "Keep" || (mutant.op != "flip-effect" && mutant.op != "drop-statement")) {
      continue;
    }
    ++seen;
    EXPECT_EQ(mutant.fate, Fate::kSurvived);
    EXPECT_NE(mutant.witness.find("action: \"s3:DeleteBucket\", resource: data}"),
              std::string::npos)
        << mutant.witness;
  }
  EXPECT_EQ(seen, 2U);
}

TEST(Mutation, ScoreLeavesOutTheEquivalent) {
  const MutationReport report = mutated();
  std::uint64_t killed = 0, survived = 0;
  for (const Mutant& mutant : report.mutants) {
    killed += mutant.fate == Fate::kKilled ? 1 : 0;
    survived += mutant.fate == Fate::kSurvived ? 1 : 0;
  }
  EXPECT_EQ(report.score.hit, killed);
  EXPECT_EQ(report.score.total, killed + survived);
  EXPECT_LT(report.score.total, report.mutants.size());
  EXPECT_EQ(report.generated, report.mutants.size());
}

// Skipping tests does not take their policies out of play.
TEST(Mutation, OfSkippedTests) {
  std::string text = kFixture;
  for (std::size_t at = 0; (at = text.find("  - {id: ", at)) != text.npos; at += 20) {
    text.insert(at + 5, "skip: later, ");
  }
  const Suite tests = suite(text);
  const Settings settings;
  const MutationReport report = mutate(tests, settings, run_tests(tests, settings, {}), {});
  EXPECT_EQ(report.generated, mutated().generated);
  EXPECT_EQ(report.score.hit, 0U);
  EXPECT_GT(report.score.total, 0U);
}

std::string words(const MutationReport& report) {
  std::string out;
  for (const Mutant& one : report.mutants) {
    out += std::to_string(one.number) + ' ' + std::string(to_string(one.fate)) + ' ' + one.what +
           ' ' + one.killed_by + one.why + one.witness + one.diff + '\n';
  }
  return out;
}

TEST(Mutation, ThreadsDoNotMatter) {
  MutationOptions three;
  three.jobs = 3;
  EXPECT_EQ(words(mutated()), words(mutated(three)));
}

TEST(Mutation, SamplesBySeed) {
  MutationOptions ten;
  ten.sample = 10;
  ten.seed = 7;
  const MutationReport report = mutated(ten);
  EXPECT_EQ(report.mutants.size(), 10U);
  EXPECT_GT(report.generated, 10U);
  EXPECT_EQ(report.seed, 7U);
  EXPECT_EQ(words(report), words(mutated(ten)));
  for (std::size_t i = 1; i < 10; ++i) {
    EXPECT_LT(report.mutants[i - 1].number, report.mutants[i].number);
  }
  ten.seed = 8;
  EXPECT_NE(words(report), words(mutated(ten)));
}

TEST(Mutation, EndsWithTheBudget) {
  MutationOptions options;
  int asked = 0;
  options.budget_ended = [&asked] { return ++asked > 5; };
  std::size_t told = 0;
  options.progress = [&told](std::size_t done, std::size_t) { told = done; };
  const MutationReport report = mutated(options);
  EXPECT_TRUE(report.budget_ended);
  EXPECT_EQ(told, 5U);
  EXPECT_EQ(report.mutants.back().fate, Fate::kNotRun);
  EXPECT_NE(report.mutants.front().fate, Fate::kNotRun);
  EXPECT_LE(report.score.hit, 5U);
  EXPECT_GE(report.score.total, report.mutants.size() - 5);  // what was not run counts
}

TEST(Mutation, Stops) {
  MutationOptions options;
  options.stop = [] { return true; };
  const MutationReport report = mutated(options);
  EXPECT_FALSE(report.budget_ended);
  EXPECT_EQ(report.score.total, 0U);
}

}  // namespace
}  // namespace policysim::gate
