// Thresholds: how they are read, which counts, and when they are missed.
#include "gate/thresholds.hpp"

#include <gtest/gtest.h>

namespace policysim::gate {
namespace {

Thresholds thresholds(std::optional<std::uint32_t> statements,
                      std::optional<std::uint32_t> conditions = {},
                      std::optional<std::uint32_t> mutation = {}) {
  Thresholds out;
  out.percent = {statements, conditions, mutation};
  return out;
}

TEST(Thresholds, Percentages) {
  for (const std::uint32_t good : {0U, 7U, 10U, 99U, 100U}) {
    EXPECT_EQ(read_percent(std::to_string(good)), good);
  }
  for (const char* bad : {"", "101", "007", "00", "-1", "+1", "9.5", "1e1", "90%", " 1", "1000",
                          "99999999999999999999"}) {
    EXPECT_EQ(read_percent(bad), std::nullopt) << bad;
  }
}

TEST(Thresholds, OfFlags) {
  Thresholds out;
  EXPECT_EQ(read_minimum("statements=90", out), "");
  EXPECT_EQ(read_minimum("mutation=75", out), "");
  EXPECT_EQ(read_minimum("statements=80", out), "");
  EXPECT_EQ(out.percent, thresholds(80, {}, 75).percent);
  const std::pair<const char*, const char*> wrong[] = {
      {"statements", "expected NAME=PERCENT, as `statements=90`, not `statements`"},
      {"statments=1", "nothing is measured as `statments`; did you mean `statements`?"},
      {"=1", "nothing is measured as ``; there are `statements`, `conditions` and `mutation`"},
      {"conditions=", "`conditions` takes a whole percentage from 0 to 100, not ``"},
      {"conditions=101", "`conditions` takes a whole percentage from 0 to 100, not `101`"}};
  for (const auto& [text, words] : wrong) EXPECT_EQ(read_minimum(text, out), words);
  EXPECT_EQ(out.percent, thresholds(80, {}, 75).percent);
}

TEST(Thresholds, OfFixturesTheStrictest) {
  const auto fixture = [](const std::string& name, const std::string& coverage) {
    const std::string text = "policysim: 1\nname: " + name + "\nworld: {}\n" + coverage;
    return std::make_shared<const world::Fixture>(*world::load_fixture_text(name + ".yaml", text));
  };
  const Thresholds found =
      thresholds_of({fixture("a", "coverage: {statements: 90}\n"), fixture("b", ""),
                     fixture("c", "coverage: {statements: 80, conditions: 0}\n")});
  EXPECT_EQ(found.percent, thresholds(90, 0).percent);
}

TEST(Thresholds, TheFirstThatSaysSomething) {
  const Thresholds found = first_of(thresholds(10), thresholds(20, 30), thresholds(40, 50, 60));
  EXPECT_EQ(found.percent, thresholds(10, 30, 60).percent);
}

// 899 of 999 is 89.98 %.
TEST(Thresholds, ComparedAsIntegers) {
  CoverageReport coverage;
  coverage.statements = {899, 999};
  coverage.conditions = {0, 0};
  const auto missed = missed_thresholds(thresholds(90, 100), &coverage, nullptr);
  ASSERT_EQ(missed.size(), 1U);
  EXPECT_EQ(missed[0].words(), "statements: 899 of 999 (89 %), at least 90 % are asked for");
  coverage.statements.hit = 900;
  EXPECT_TRUE(missed_thresholds(thresholds(90, 100), &coverage, nullptr).empty());
}

// Skipping all tests, or a budget that ends at once, does not meet a threshold.
TEST(Thresholds, NothingIsNotEnough) {
  CoverageReport coverage;
  MutationReport mutation;
  EXPECT_EQ(missed_thresholds(thresholds(1, 1, 1), &coverage, &mutation).size(), 3U);
  EXPECT_TRUE(missed_thresholds(thresholds(0, 0, 0), &coverage, &mutation).empty());
  coverage.policies.emplace_back();  // all of whose statements are excluded
  mutation.mutants.resize(2);
  const auto missed = missed_thresholds(thresholds(1, 1, 1), &coverage, &mutation);
  ASSERT_EQ(missed.size(), 1U);
  EXPECT_EQ(missed[0].words(), "mutation: nothing was measured, at least 1 % are asked for");
  mutation.mutants[1].fate = Fate::kEquivalent;
  EXPECT_TRUE(missed_thresholds(thresholds(1, 1, 1), &coverage, &mutation).empty());
}

TEST(Thresholds, WhatWasNotMeasuredIsNotMissed) {
  EXPECT_TRUE(missed_thresholds(thresholds(100, 100, 100), nullptr, nullptr).empty());
  MutationReport mutation;
  mutation.score = {1, 2};
  const auto missed = missed_thresholds(thresholds(100, 100, 51), nullptr, &mutation);
  ASSERT_EQ(missed.size(), 1U);
  EXPECT_EQ(missed[0].measure, Measure::kMutation);
}

}  // namespace
}  // namespace policysim::gate
