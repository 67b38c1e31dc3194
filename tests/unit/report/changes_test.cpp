// Changes in every format, with text that strangers wrote.
#include "report/changes.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace policysim::report {
namespace {

using gate::ChangeReport;
using gate::DecisionSide;
using gate::Direction;

const std::string kHostile = "<script>|`x`\n::error::\x1b[31m\xff@all[a](b)\xe2\x80\xae";

DecisionSide denied() {
  DecisionSide out;
  out.decision = "explicit_deny";
  out.layer = "scp";
  out.policy = "guard";
  out.sid = "KeepReports";
  out.location = Location{"policies/guard.json", 5, 7};
  return out;
}

DecisionSide allowed() {
  DecisionSide out;
  out.decision = "allow";
  out.layer = "identity";
  out.policy = "read";
  return out;
}

ChangeReport report() {
  ChangeReport out;
  out.before = "origin/main";
  out.compared = 12;
  for (int i = 0; i < 7; ++i) {
    out.changes.push_back(
        {"narrow-" + std::to_string(i), Direction::kNarrowed, allowed(), denied(), {}});
  }
  out.changes.push_back({"wide", Direction::kWidened, denied(), allowed(), "the request changed"});
  DecisionSide error;
  error.decision = "error";
  error.error = "PS2102: there is no principal `x`";
  out.changes.push_back({"new", Direction::kAdded, error, allowed(), {}});
  return out;
}

TEST(ChangesText, GroupsEqualChangesAndBeginsWithWidenedOnes) {
  EXPECT_EQ(render_changes_text(report(), {}),
            R"(9 changes against `origin/main` in 12 tests: 1 widened, 7 narrowed, 1 added

  widened    wide
  before     explicit deny by scp `guard` `KeepReports` (policies/guard.json:5:7 in origin/main)
  after      allow by identity `read`
  note       the request changed

  narrowed   narrow-0
             narrow-1
             narrow-2
             narrow-3
             narrow-4
             and 2 more tests
  before     allow by identity `read`
  after      explicit deny by scp `guard` `KeepReports` (policies/guard.json:5:7)

  added      new
  before     error PS2102: there is no principal `x`
  after      allow by identity `read`
)");
}

TEST(ChangesText, ShowsAllWhenAsked) {
  RenderOptions options;
  options.verbosity = 1;
  const std::string text = render_changes_text(report(), options);
  EXPECT_NE(text.find("narrow-6"), std::string::npos);
  EXPECT_EQ(text.find("more tests"), std::string::npos);
}

TEST(ChangesText, SaysThatNothingChanged) {
  ChangeReport none;
  none.before = "main";
  none.compared = 1;
  EXPECT_EQ(render_changes_text(none, {}), "no decision changed against `main` in 1 test\n");
}

TEST(ChangesJson, HoldsEverything) {
  std::string text;
  text::JsonWriter json(text);
  write_changes(json, report());
  const auto root = nlohmann::json::parse(text);
  EXPECT_EQ(root["before"], "origin/main");
  EXPECT_EQ(root["compared"], 12);
  EXPECT_EQ(root["counts"]["narrowed"], 7);
  EXPECT_EQ(root["counts"]["removed"], 0);
  ASSERT_EQ(root["changes"].size(), 9U);
  const auto& wide = root["changes"][7];
  EXPECT_EQ(wide["direction"], "widened");
  EXPECT_EQ(wide["note"], "the request changed");
  EXPECT_EQ(wide["before"]["sid"], "KeepReports");
  EXPECT_EQ(wide["before"]["location"]["line"], 5);
  EXPECT_TRUE(wide["after"]["sid"].is_null());
  const auto& added = root["changes"][8];
  EXPECT_TRUE(added["before"]["decision"].is_null());
  EXPECT_EQ(added["before"]["error"], "PS2102: there is no principal `x`");
}

TEST(ChangesMarkdown, IsATable) {
  const std::string text = render_changes_markdown(report());
  EXPECT_NE(
      text.find(" | after |\n| --- | --- | --- |\n| widened <code>wide</code><br>"
                "the request changed | **explicit deny** by scp <code>guard</code> "
                "<code>KeepReports</code><br>policies/guard&#46;json&#58;5&#58;7 | **allow** by "
                "identity <code>read</code> |\n| narrowed <code>narrow-0"),
      std::string::npos)
      << text;
}

TEST(ChangesMarkdown, LeavesOutWholeRows) {
  ChangeReport many = report();
  for (int i = 0; i < 30'000; ++i) many.changes.push_back(many.changes.front());
  const std::string text = render_changes_markdown(many, 10'000);
  EXPECT_LE(text.size(), 10'000U);
  EXPECT_NE(text.find("<code>wide</code>"), std::string::npos);
  EXPECT_NE(text.find(" |\n\n299"), std::string::npos) << text.substr(text.size() - 200);
  EXPECT_NE(text.find("changes are left out"), std::string::npos);
}

TEST(Changes, EscapeWhatStrangersWrote) {
  ChangeReport hostile;
  hostile.before = kHostile;
  hostile.compared = 1;
  hostile.notes = {kHostile};
  DecisionSide side = denied();
  side.policy = side.sid = side.layer = kHostile;
  side.location->file = kHostile;
  DecisionSide error;
  error.decision = "error";
  error.error = kHostile;
  hostile.changes.push_back({kHostile, Direction::kWidened, side, error, kHostile});

  const std::string text = render_changes_text(hostile, {});
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_EQ(text.find("\n::error"), std::string::npos);
  EXPECT_EQ(text.find("\xe2\x80\xae"), std::string::npos);

  const std::string markdown = render_changes_markdown(hostile);
  EXPECT_EQ(markdown.find("<script"), std::string::npos);
  EXPECT_EQ(markdown.find('\x1b'), std::string::npos);
  EXPECT_EQ(markdown.find("@all"), std::string::npos);
  EXPECT_EQ(markdown.find("](b)"), std::string::npos);
  EXPECT_EQ(markdown.find("\n::error"), std::string::npos);
  // One row: no cell or line was opened by the text.
  const std::string row = markdown.substr(markdown.find("| widened"));
  EXPECT_EQ(std::count(row.begin(), row.end(), '|'), 4);
  EXPECT_EQ(std::count(row.begin(), row.end(), '\n'), 1);

  std::string json;
  text::JsonWriter writer(json);
  write_changes(writer, hostile);
  EXPECT_TRUE(nlohmann::json::accept(json));
}

}  // namespace
}  // namespace policysim::report
