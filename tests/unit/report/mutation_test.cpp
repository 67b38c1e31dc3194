// Mutation as people and programs read it, with text from strangers in it.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "report/mutation_json.hpp"
#include "report/mutation_text.hpp"

namespace policysim::report {
namespace {

gate::MutationReport hostile() {
  gate::MutationReport out;
  out.seed = 3;
  out.generated = 9;
  out.score = {999, 1000};
  gate::Mutant mutant;
  mutant.number = 4;
  mutant.op = "drop-value";
  mutant.policy = "p\x1b[31m";
  mutant.sid = "S\n::error::x";
  mutant.statement = 2;
  mutant.file = "a\tb.json";
  mutant.range = {3, 5, 3, 9};
  mutant.what = "`\x1b]0;x\x07` is dropped";
  mutant.diff = "--- a\n+++ a\n@@ -1,1 +1,1 @@\n-old\x1b[2J\n+new";
  mutant.fate = gate::Fate::kSurvived;
  mutant.witness = "  - id: mutant-4\n    request: {}\n";
  out.mutants = {mutant, mutant, mutant};
  out.mutants[1].fate = gate::Fate::kEquivalent;
  out.mutants[1].why = "both are alike";
  out.mutants[2].fate = gate::Fate::kKilled;
  out.mutants[2].killed_by = "case";
  return out;
}

TEST(MutationText, ShowsSurvivors) {
  TestRenderOptions options;
  options.unicode = false;
  EXPECT_EQ(render_mutation_text(hostile(), options),
            "x survived  drop-value  a\\x09b.json:3:5\n"
            "  policy     `p\\x1B[31m`, statement 2 `S\\x0A::error::x`\n"
            "  change     `\\x1B]0;x\\x07` is dropped\n"
            "    --- a\n    +++ a\n    @@ -1,1 +1,1 @@\n    -old\\x1B[2J\n    +new\n"
            "  kill with  this case\n"
            "      - id: mutant-4\n        request: {}\n"
            "\n"
            "mutation: 999 of 1000 mutants killed (99.9 %), 1 survived, 1 proved equivalent; "
            "3 chosen of 9 by seed 3\n");
}

TEST(MutationText, SaysThatNoCaseWasFound) {
  gate::MutationReport report = hostile();
  report.mutants.front().witness.clear();
  EXPECT_NE(render_mutation_text(report, {}).find("  kill with  no case was found\n"),
            std::string::npos);
}

TEST(MutationText, ShowsProofsWhenAsked) {
  TestRenderOptions options;
  options.verbosity = 1;
  const std::string text = render_mutation_text(hostile(), options);
  EXPECT_NE(text.find("≡ equivalent  drop-value"), std::string::npos);
  EXPECT_NE(text.find("because    both are alike"), std::string::npos);
}

TEST(MutationJson, HoldsEverything) {
  std::string out;
  text::JsonWriter json(out);
  write_mutation(json, hostile());
  const auto read = nlohmann::json::parse(out);
  EXPECT_EQ(read["score"], nlohmann::json({{"hit", 999}, {"total", 1000}}));
  ASSERT_EQ(read["mutants"].size(), 3U);
  EXPECT_EQ(read["mutants"][0]["sid"], "S\n::error::x");
  EXPECT_EQ(read["mutants"][0]["fate"], "survived");
  EXPECT_EQ(read["mutants"][0]["killed_by"], nullptr);
  EXPECT_EQ(read["mutants"][2]["killed_by"], "case");
  EXPECT_EQ(read["mutants"][1]["why"], "both are alike");
}

}  // namespace
}  // namespace policysim::report
