// Tests of every status, the same on one thread and on several.
#include "gate/runner.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <set>

#include "suite_fixture.hpp"

namespace policysim::gate {
namespace {

constexpr const char* kGet = R"(request: {principal: ann, action: "s3:GetObject", resource: )";

std::string get(const std::string& id, const std::string& key, const std::string& expect,
                const std::string& more = "") {
  return "  - {id: " + id + ", " + kGet + "\"arn:aws:s3:::reports/" + key +
         "\"}, expect: " + expect + more + "}\n";
}

Suite suite_of(const std::string& tests) {
  std::vector<SuiteFinding> findings;
  Suite suite = select_tests({small_fixture(tests)}, {}, false, findings);
  EXPECT_TRUE(findings.empty());
  return suite;
}

TestRun run(const std::string& tests, RunOptions options = {}) {
  return run_tests(suite_of(tests), Settings{}, options);
}

std::string statuses(const TestRun& run) {
  std::string out;
  for (const TestResult& one : run.results) {
    out += one.id + " " + std::string(to_string(one.status)) + "\n";
  }
  return out;
}

const std::string kMixed =
    "cases:\n" + get("fine", "a", "allow") +
    get("by", "secret/a", "{decision: explicit_deny, by: {layer: identity, sid: NoSecrets}}") +
    get("wrong", "a", "explicit_deny") +
    get("wrong-by", "a", "{decision: allow, by: {sid: Other}}") +
    get("later", "a", "deny", ", skip: not built") + get("soon", "a", "deny", ", todo: opens") +
    get("done", "a", "allow", ", todo: closed") +
    "  - {id: error, request: {principal: ann, action: \"s3:GetObject\", resource: "
    "\"arn:aws:s3:::unknown/a\"}, expect: deny}\n"
    "  - {id: expected-error, request: {principal: ann, action: \"s3:GetObject\", resource: "
    "\"arn:aws:s3:::unknown/a\"}, expect: {error: request-owner-not-stated}}\n";

TEST(Runner, EveryStatus) {
  const TestRun result = run(kMixed);
  EXPECT_EQ(statuses(result),
            "fine passed\nby passed\nwrong failed\nwrong-by failed\nlater skipped\nsoon "
            "todo\ndone todo\nerror errored\nexpected-error passed\n");
  EXPECT_EQ(result.count(Status::kPassed), 3U);
  EXPECT_EQ(result.count(Status::kFailed), 2U);
  EXPECT_EQ(result.count(Status::kTodo), 2U);
  EXPECT_FALSE(result.interrupted);
}

TEST(Runner, TellsWhatWasDecidedAndWhatDiffers) {
  const TestRun result = run(kMixed);
  const TestResult& by = result.results[1];
  ASSERT_TRUE(by.decided);
  EXPECT_EQ(by.decided->outcome, Outcome::kExplicitDeny);
  EXPECT_EQ(by.decided->layer, Layer::kIdentity);
  EXPECT_EQ(by.decided->policy, "read");
  EXPECT_EQ(by.decided->sid, "NoSecrets");
  EXPECT_EQ(by.record, nullptr);

  const TestResult& wrong = result.results[2];
  ASSERT_EQ(wrong.mismatches.size(), 1U);
  EXPECT_EQ(wrong.mismatches[0].what, "decision");
  EXPECT_EQ(wrong.mismatches[0].actual, "allow");
  ASSERT_NE(wrong.record, nullptr);
  EXPECT_EQ(wrong.record->action, "s3:GetObject");

  EXPECT_EQ(result.results[3].mismatches.at(0).what, "by");
  EXPECT_EQ(result.results[4].why, "not built");
  EXPECT_FALSE(result.results[5].met());
  EXPECT_TRUE(result.results[6].met());
  const TestResult& error = result.results[7];
  ASSERT_NE(error.record, nullptr);
  EXPECT_TRUE(error.record->error);
  EXPECT_FALSE(error.decided);
}

// An error is no deny: nothing but the error itself meets it.
TEST(Runner, ABrokenPolicyMeetsNoExpectationOfADeny) {
  const TestRun result =
      run("cases:\n  - {id: broken, with: {policies: {read: {Version: \"2012-10-17\", Statement: "
          "[{Effect: Allow}]}}}, " +
          std::string(kGet) + "\"arn:aws:s3:::reports/a\"}, expect: deny}\n");
  EXPECT_EQ(statuses(result), "broken errored\n");
}

std::string many(std::size_t wrong) {
  std::string out = "cases:\n";
  for (std::size_t i = 0; i < 700; ++i) {
    out += get("t" + std::to_string(i), "a", i == wrong ? "deny" : "allow");
  }
  return out;
}

TEST(Runner, ThreadsChangeNothing) {
  RunOptions options;
  const std::string alone = statuses(run(many(333), options));
  options.jobs = 4;
  EXPECT_EQ(statuses(run(many(333), options)), alone);
}

TEST(Runner, FailFastRunsNothingBehindTheFirstFailure) {
  for (const unsigned jobs : {1U, 3U}) {
    RunOptions options;
    options.jobs = jobs;
    options.fail_fast = true;
    const TestRun result = run(many(400), options);
    EXPECT_EQ(result.count(Status::kPassed), 400U);
    EXPECT_EQ(result.count(Status::kFailed), 1U);
    EXPECT_EQ(result.count(Status::kNotRun), 299U);
  }
}

TEST(Runner, StopsWhenAsked) {
  RunOptions options;
  std::atomic<std::size_t> asked{0};
  options.stop = [&asked] { return ++asked > 100; };
  const TestRun result = run(many(699), options);
  EXPECT_TRUE(result.interrupted);
  EXPECT_EQ(result.count(Status::kPassed), 100U);
  EXPECT_EQ(result.count(Status::kNotRun), 600U);
}

class Counter final : public RunObserver {
 public:
  void decided(const PolicySet&, const request::Data& request) override {
    actions.insert(request.action);
    ++count;
  }
  std::multiset<std::string> actions;
  std::size_t count = 0;
};

// Steps behind a refused one are not asked; every authorization of a call is.
TEST(Runner, ObserversSeeWhatIsAsked) {
  Counter counter;
  RunOptions options;
  options.observer = [&counter]() -> RunObserver& { return counter; };
  run("cases:\n"
      "  - {id: pair, request: {principal: ann, action: [\"s3:GetObject\", \"s3:PutObject\"], "
      "resource: \"arn:aws:s3:::reports/a\"}, expect: deny}\n"
      "  - id: steps\n    expect: deny\n    steps:\n"
      "      - request: {principal: ann, action: \"s3:DeleteObject\", resource: "
      "\"arn:aws:s3:::reports/a\"}\n"
      "      - request: {principal: ann, action: \"s3:ListBucket\", resource: "
      "\"arn:aws:s3:::reports\"}\n",
      options);
  EXPECT_EQ(counter.actions,
            (std::multiset<std::string>{"s3:DeleteObject", "s3:GetObject", "s3:PutObject"}));
}

TEST(Runner, TellsOfThePoliciesOnceAFixture) {
  RunOptions options;
  options.jobs = 4;
  std::atomic<int> told{0};
  options.on_base = [&told](const PolicySet&) { ++told; };
  run(many(699), options);
  EXPECT_EQ(told.load(), 1);
}

TEST(Runner, MatricesOfTheRunAreDescribed) {
  const TestRun result =
      run("matrices: [{id: m, dimensions: {a: [x, \"y,z\"], b: [u]}, steps: [], expect: [{then: "
          "allow}]}]");
  ASSERT_EQ(result.matrices.size(), 1U);
  EXPECT_EQ(result.matrices[0].dimensions, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(result.results[1].values, (std::vector<std::string>{"y,z", "u"}));
  EXPECT_EQ(result.results[1].group, "m");
}

}  // namespace
}  // namespace policysim::gate
