// What is selected of fixtures, and what makes a suite unusable.
#include "gate/suite.hpp"

#include <gtest/gtest.h>

#include "suite_fixture.hpp"

namespace policysim::gate {
namespace {

using Ids = std::vector<std::string>;

constexpr const char* kTests = R"(
cases:
  - {id: one, name: Reads a report, tags: [read], request: {principal: ann, action: "s3:GetObject", resource: "arn:aws:s3:::reports/a"}, expect: allow}
  - {id: two, tags: [write, slow], request: {principal: ann, action: "s3:PutObject", resource: "arn:aws:s3:::reports/a"}, expect: deny}
matrices:
  - id: m
    name: "${{ verb }} a report"
    tags: [read]
    dimensions: {verb: {Get: {}, Put: {}}, key: [a, b]}
    request: {principal: ann, action: "s3:${{ verb }}Object", resource: "arn:aws:s3:::reports/${{ key }}"}
    expect: [{when: {verb: Get}, then: allow}, {then: implicit_deny}]
)";

const Ids kAll = {"one",
                  "two",
                  "m[verb=Get,key=a]",
                  "m[verb=Get,key=b]",
                  "m[verb=Put,key=a]",
                  "m[verb=Put,key=b]"};

Suite select(const std::vector<std::shared_ptr<const world::Fixture>>& fixtures,
             const Selection& selection, bool ci, Ids* rules = nullptr) {
  std::vector<SuiteFinding> findings;
  Suite suite = select_tests(fixtures, selection, ci, findings);
  for (const SuiteFinding& one : findings) {
    if (rules != nullptr) {
      rules->push_back(one.finding.rule);
    } else {
      ADD_FAILURE() << text::render(one.finding, *one.sources);
    }
  }
  return suite;
}

Ids ids(const Selection& selection, const char* tests = kTests) {
  Ids out;
  for (const Test& test : select({small_fixture(tests)}, selection, false).tests) {
    out.push_back(test.id);
  }
  return out;
}

Ids findings(const std::vector<std::shared_ptr<const world::Fixture>>& fixtures, bool ci) {
  Ids rules;
  select(fixtures, {}, ci, &rules);
  return rules;
}

TEST(Suite, HoldsCasesThenCellsInTheirOrder) { EXPECT_EQ(ids({}), kAll); }

TEST(Suite, AWordIsFoundInIdsAndNamesOfCellsToo) {
  Selection selection;
  selection.word = "REPORT";
  EXPECT_EQ(ids(selection), (Ids{kAll[0], kAll[2], kAll[3], kAll[4], kAll[5]}));
  selection.word = "put a report";
  EXPECT_EQ(ids(selection), (Ids{kAll[4], kAll[5]}));
  selection.word = "key=b";
  EXPECT_EQ(ids(selection), (Ids{kAll[3], kAll[5]}));
}

TEST(Suite, FilterIsARegularExpressionOverIds) {
  Selection selection;
  selection.filter = "^(one|m.*key=a\\])$";
  EXPECT_EQ(ids(selection), (Ids{kAll[0], kAll[2], kAll[4]}));
}

TEST(Suite, AnyTagSelectsAndAllKindsOfSelectionMustHold) {
  Selection selection;
  selection.tags = {"write", "slow"};
  EXPECT_EQ(ids(selection), (Ids{"two"}));
  selection.tags = {"write", "read"};
  EXPECT_EQ(ids(selection), kAll);
  selection.word = "one";
  EXPECT_EQ(ids(selection), (Ids{"one"}));
  selection.tags = {"nothing"};
  EXPECT_EQ(ids(selection), Ids{});
}

TEST(Suite, ShardsAreDisjointAndCompleteForEveryNumber) {
  for (std::uint32_t shards = 1; shards < 9; ++shards) {
    Ids joined;
    for (std::uint32_t shard = 1; shard <= shards; ++shard) {
      Selection selection;
      selection.shard = shard;
      selection.shards = shards;
      const Ids part = ids(selection);
      EXPECT_LE(part.size(), kAll.size() / shards + 1);
      joined.insert(joined.end(), part.begin(), part.end());
    }
    EXPECT_EQ(joined, kAll) << shards;
  }
}

TEST(Suite, OnlyHidesAllOthersInEveryFixtureAndWarns) {
  const auto plain = small_fixture(kTests, "plain");
  const auto marked = small_fixture(
      "cases: [{id: mine, only: true, steps: [], expect: allow}, {id: not, steps: [], expect: "
      "allow}]",
      "marked");
  std::vector<SuiteFinding> found;
  const Suite suite = select_tests({plain, marked}, {}, false, found);
  ASSERT_EQ(suite.tests.size(), 1U);
  EXPECT_EQ(suite.tests[0].id, "marked.mine");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].finding.rule, "PS4003");
  EXPECT_EQ(found[0].finding.severity, Severity::kWarning);
}

TEST(Suite, OnlyIsAnErrorInCi) {
  const auto marked = small_fixture(
      "cases: [{id: mine, only: true, steps: [], expect: allow}]\nmatrices: [{id: m, only: true, "
      "dimensions: {a: [x, y]}, steps: [], expect: [{then: allow}]}]");
  std::vector<SuiteFinding> found;
  select_tests({marked}, {}, true, found);
  ASSERT_EQ(found.size(), 2U);
  for (const SuiteFinding& one : found) {
    EXPECT_EQ(one.finding.rule, "PS4003");
    EXPECT_EQ(one.finding.severity, Severity::kError);
  }
}

TEST(Suite, EveryTestThatRunsExpectsSomething) {
  const auto fixture = small_fixture(
      "cases: [{id: silent, steps: []}, {id: later, steps: [], skip: not now}, {id: fine, steps: "
      "[], expect: allow}]");
  EXPECT_EQ(findings({fixture}, false), Ids{"PS4001"});
}

TEST(Suite, FixturesOfOneNameHaveTestsOfOneId) {
  const auto fixture = small_fixture("cases: [{id: a, steps: [], expect: allow}]");
  EXPECT_EQ(findings({fixture, fixture}, false), Ids{"PS4002"});
  const auto other = small_fixture("cases: [{id: a, steps: [], expect: allow}]", "other");
  EXPECT_EQ(findings({fixture, other}, false), Ids{});
}

}  // namespace
}  // namespace policysim::gate
