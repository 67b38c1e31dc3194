// The tests of two revisions, both in memory.
#include "gate/base_compare.hpp"

#include <gtest/gtest.h>

#include "unit/world/memory_files.hpp"

namespace policysim::gate {
namespace {

using world::MemoryFiles;

std::string policy(const std::string& statements) {
  return "{\"Version\": \"2012-10-17\", \"Statement\": [" + statements + "]}";
}

const std::string kRead =
    R"({"Sid": "Read", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"})";
const std::string kDeny =
    R"({"Sid": "NoSecrets", "Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::b/secret"})";
const std::string kWorld = R"(policysim: 1
include: [world.yaml]
)";
const std::string kCases = R"(
cases:
  - {id: plain, request: {principal: ann, action: "s3:GetObject", resource: "arn:aws:s3:::b/a"}, expect: allow}
  - {id: secret, request: {principal: ann, action: "s3:GetObject", resource: "arn:aws:s3:::b/secret"}, expect: deny}
)";

MemoryFiles tree() {
  return MemoryFiles({
      {"world.yaml", R"(policysim: 1
world:
  policies: {read: read.json}
  principals: {ann: {arn: "arn:aws:iam::123456789012:user/ann", policies: [read], session: null}}
  resources: {b: {arn: "arn:aws:s3:::b", account: "123456789012"}}
)"},
      {"read.json", policy(kRead + "," + kDeny)},
      {"a.yaml", kWorld + kCases},
  });
}

using Fixtures = std::vector<std::shared_ptr<const world::Fixture>>;

Fixtures load(MemoryFiles& files, const std::vector<std::string>& paths) {
  Fixtures out;
  for (const std::string& path : paths) {
    auto fixture = world::load_fixture(path, nullptr, files);
    if (fixture) {
      out.push_back(std::make_shared<const world::Fixture>(*std::move(fixture)));
    } else {
      ADD_FAILURE() << path << ": " << fixture.error().message;
    }
  }
  return out;
}

struct Setting {
  MemoryFiles here = tree(), there = tree();
  std::vector<std::string> paths_here = {"a.yaml"}, paths_there = {"a.yaml"};
  Selection selection;
  std::vector<BrokenFixture> broken;

  ChangeReport compare(unsigned jobs = 1) {
    std::vector<SuiteFinding> findings;
    const Suite suite = select_tests(load(here, paths_here), selection, false, findings);
    const Settings settings;
    const TestRun run = run_tests(suite, settings, {});
    Base base;
    base.name = "main";
    base.files = &there;
    base.fixtures = load(there, paths_there);
    base.broken = broken;
    CompareOptions options;
    options.selection = selection;
    options.files = &here;
    options.jobs = jobs;
    return compare_with_base(suite, run, base, settings, options);
  }
};

std::string words(const std::optional<DecisionSide>& side) {
  if (!side) return "nothing";
  if (side->is_error()) return "error " + side->error;
  std::string out = side->decision;
  if (!side->sid.empty()) out += " " + side->sid;
  if (side->location) {
    out += " " + side->location->file + ":" + std::to_string(side->location->column);
  }
  return out;
}

// "widened a.secret: explicit_deny NoSecrets read.json:119 -> allow …\n"
std::string words(const ChangeReport& report) {
  std::string out;
  for (const DecisionChange& change : report.changes) {
    out += std::string(to_string(change.direction)) + " " + change.id + ": " +
           words(change.before) + " -> " + words(change.after);
    if (!change.note.empty()) out += " (" + change.note + ")";
    out += "\n";
  }
  return out;
}

const std::string kDenied = "explicit_deny NoSecrets read.json:119";
const std::string kAllowed = "allow Read read.json:41";

TEST(Base, EqualTreesDifferInNothing) {
  Setting setting;
  const ChangeReport report = setting.compare();
  EXPECT_EQ(words(report), "");
  EXPECT_EQ(report.compared, 2U);
  EXPECT_TRUE(report.notes.empty());
}

TEST(Base, ALostStatementWidens) {
  Setting setting;
  setting.here["read.json"] = policy(kRead);
  EXPECT_EQ(words(setting.compare()), "widened secret: " + kDenied + " -> " + kAllowed + "\n");
  std::swap(setting.here, setting.there);
  EXPECT_EQ(words(setting.compare()), "narrowed secret: " + kAllowed + " -> " + kDenied + "\n");
}

// A test cannot hide a change: not by being skipped, removed, or expecting it.
TEST(Base, HiddenTestsAreDecided) {
  const std::string widened = "widened secret: " + kDenied + " -> " + kAllowed;
  Setting setting;
  setting.here["read.json"] = policy(kRead);
  std::string cases = kCases;
  cases.replace(cases.find("{id: secret,"), 12, "{id: secret, skip: no,");
  setting.here["a.yaml"] = kWorld + cases;
  EXPECT_EQ(words(setting.compare()), widened + "\n");

  cases = kCases;
  cases.erase(cases.find("  - {id: secret"));
  setting.here["a.yaml"] = kWorld + cases;
  EXPECT_EQ(words(setting.compare()), widened + " (the test is only in main)\n");

  // The whole fixture is gone.
  setting.here["b.yaml"] = kWorld + "\ncases:\n  - {id: none, steps: [], expect: allow}\n";
  setting.here.erase("a.yaml");
  setting.paths_here = {"b.yaml"};
  const ChangeReport report = setting.compare();
  EXPECT_EQ(words(report),
            "widened a.secret: " + kDenied + " -> " + kAllowed + " (the test is only in main)\n");
  ASSERT_EQ(report.notes.size(), 2U);
  EXPECT_EQ(report.notes[0],
            "`b.yaml` is not in main: its tests are decided with the policies there");
  EXPECT_EQ(report.notes[1],
            "`a.yaml` is only in main: its tests are decided with the policies here");
}

// Nor by asking something else under the same id, or by losing the tag that selects it.
TEST(Base, EditedTestsAreDecidedAsTheyWereToo) {
  const std::string as_it_was =
      "widened secret: " + kDenied + " -> " + kAllowed + " (the test as it is in main)\n";
  Setting setting;
  setting.here["read.json"] = policy(kRead);
  std::string cases = kCases;
  cases.replace(cases.find("b/secret"), 8, "b/public");
  setting.here["a.yaml"] = kWorld + cases;
  const ChangeReport report = setting.compare();
  EXPECT_EQ(words(report), as_it_was);
  EXPECT_EQ(report.compared, 2U);
  setting.selection.shards = 2;
  EXPECT_EQ(words(setting.compare()), "");
  setting.selection.shard = 2;
  EXPECT_EQ(words(setting.compare()), as_it_was);

  setting.selection = {};
  setting.here["a.yaml"] = kWorld + kCases;
  cases = kCases;
  for (std::size_t at = 0; (at = cases.find("request:", at)) != std::string::npos; at += 20) {
    cases.insert(at, "tags: [gate], ");
  }
  setting.there["a.yaml"] = kWorld + cases;
  cases.replace(cases.rfind("tags: [gate], "), 14, "");
  setting.here["a.yaml"] = kWorld + cases;
  setting.selection.tags = {"gate"};
  EXPECT_EQ(words(setting.compare()), as_it_was);
}

TEST(Base, NewTestsAreDecidedThereToo) {
  Setting setting;
  setting.there["a.yaml"] = kWorld + "\ncases:\n  - {id: none, steps: [], expect: allow}\n";
  setting.here["read.json"] = policy(kRead);
  EXPECT_EQ(words(setting.compare()), "widened secret: " + kDenied + " -> " + kAllowed + "\n");
  // The fixture is new.
  setting.paths_there = {};
  setting.there.erase("a.yaml");
  EXPECT_EQ(words(setting.compare()), "widened secret: " + kDenied + " -> " + kAllowed + "\n");
}

TEST(Base, ARenamedFixtureIsNoChange) {
  Setting setting;
  setting.here["b.yaml"] = setting.here["a.yaml"];
  setting.here.erase("a.yaml");
  setting.paths_here = {"b.yaml"};
  EXPECT_EQ(words(setting.compare()), "");
  // By its name it is found again.
  setting.here["b.yaml"] = "name: a\n" + setting.here["b.yaml"];
  const ChangeReport report = setting.compare();
  EXPECT_EQ(words(report), "");
  EXPECT_TRUE(report.notes.empty());
}

// A file of the base that only holds a world has no tests to tell of, though others were removed.
TEST(Base, AWorldAloneIsNotTold) {
  Setting setting;
  setting.there["alone.yaml"] = "policysim: 1\nworld: {}\n";
  setting.paths_there = {"a.yaml", "alone.yaml"};
  std::string& mine = setting.here["a.yaml"];
  const std::size_t at = mine.find("id: secret");
  ASSERT_NE(at, std::string::npos);
  mine.replace(at, 10, "id: hidden");
  const ChangeReport report = setting.compare();
  EXPECT_EQ(words(report), "");
  EXPECT_EQ(report.compared, 3U);
  EXPECT_TRUE(report.notes.empty()) << report.notes.front();
}

// Each side has its world; requests and patches are those of this tree.
TEST(Base, WorldsDiffer) {
  Setting setting;
  std::string world = setting.here.read("world.yaml").value();
  world.replace(world.find("policies: [read]"), 16, "policies: [], tags: {}");
  setting.there["world.yaml"] = world;
  EXPECT_EQ(words(setting.compare()), "widened plain: implicit_deny -> " + kAllowed +
                                          "\nother secret: implicit_deny -> " + kDenied + "\n");
}

TEST(Base, PatchesReadTheFilesOfEachSide) {
  Setting setting;
  const std::string cases = R"(
cases:
  - id: patched
    with: {policies: {more: more.json}, principals: {ann: {policies: [more]}}}
    request: {principal: ann, action: "s3:GetObject", resource: "arn:aws:s3:::b/a"}
    expect: allow
)";
  setting.here["a.yaml"] = kWorld + cases;
  setting.here["more.json"] = policy(kRead);
  setting.there["more.json"] = policy(kDeny);
  EXPECT_EQ(words(setting.compare()),
            "widened patched: implicit_deny -> allow Read more.json:41\n");
  setting.there.erase("more.json");
  EXPECT_EQ(words(setting.compare()),
            "added patched: error PS0001: `more.json` does not exist -> allow Read more.json:41\n");
}

TEST(Base, WhatOneSideCannotDecideIsAddedOrRemoved) {
  Setting setting;
  std::string world = setting.here.read("world.yaml").value();
  world.replace(world.find("ann:"), 4, "bob:");
  setting.there["world.yaml"] = world;
  setting.there["a.yaml"] = kWorld + R"(
cases:
  - {id: only-there, request: {principal: bob, action: "s3:GetObject", resource: "arn:aws:s3:::b/a"}, expect: allow}
)";
  const ChangeReport report = setting.compare();
  ASSERT_EQ(report.changes.size(), 3U);
  EXPECT_EQ(report.count(Direction::kAdded), 2U);
  EXPECT_EQ(report.count(Direction::kRemoved), 1U);
  EXPECT_NE(words(report).find("`ann`"), std::string::npos) << words(report);
  EXPECT_EQ(report.changes[2].id, "only-there");
}

TEST(Base, AWorldThatDoesNotLoadThereSaysWhy) {
  Setting setting;
  setting.paths_there = {};
  setting.broken = {{"a.yaml", "PS2002: unknown member"}};
  setting.there["world.yaml"] = "policysim: 1\nworlds: {}\n";
  const ChangeReport report = setting.compare();
  EXPECT_EQ(report.count(Direction::kAdded), 2U) << words(report);
  EXPECT_NE(words(report).find("added plain: error PS2002"), std::string::npos) << words(report);
  ASSERT_EQ(report.notes.size(), 1U);
  EXPECT_NE(report.notes[0].find("does not load (PS2002: unknown member) in main"),
            std::string::npos);
}

TEST(Base, ALostFixtureThatDidNotLoadIsTold) {
  Setting setting;
  setting.broken = {{"old.yaml", "PS2002: unknown member"}};
  const ChangeReport report = setting.compare();
  ASSERT_EQ(report.notes.size(), 1U);
  EXPECT_EQ(
      report.notes[0],
      "`old.yaml` does not load (PS2002: unknown member) in main: its tests are not compared");
}

TEST(Base, MatricesAreComparedCellByCell) {
  Setting setting;
  const std::string matrix = R"(
matrices:
  - id: m
    dimensions: {object: [a, secret], with-tag: {plain: {}, tagged: {with: {principals: {ann: {tags: {T: x}}}}}}}
    request: {principal: ann, action: "s3:GetObject", resource: "${{ b.arn }}/${{ object }}"}
    expect: [{when: {object: secret}, then: deny}, {then: allow}]
)";
  setting.here["a.yaml"] = setting.there["a.yaml"] = kWorld + matrix;
  setting.here["read.json"] = policy(kRead);
  for (const unsigned jobs : {1U, 3U}) {
    EXPECT_EQ(words(setting.compare(jobs)),
              "widened m[object=secret,with-tag=plain]: " + kDenied + " -> " + kAllowed +
                  "\nwidened m[object=secret,with-tag=tagged]: " + kDenied + " -> " + kAllowed +
                  "\n");
  }
}

TEST(Base, OnlySelectedTestsAreCompared) {
  Setting setting;
  setting.here["read.json"] = policy(kRead);
  setting.there["a.yaml"] += R"(
  - {id: gone, request: {principal: ann, action: "s3:GetObject", resource: "arn:aws:s3:::b/secret"}, expect: deny}
)";
  EXPECT_EQ(setting.compare().changes.size(), 2U);
  setting.selection.filter = "plain";
  EXPECT_EQ(words(setting.compare()), "");
  setting.selection.filter = "gone|plain";
  EXPECT_EQ(setting.compare().changes.size(), 1U);
  // Every test falls into one shard.
  setting.selection.filter = "";
  setting.selection.shards = 2;
  std::size_t changes = 0;
  for (setting.selection.shard = 1; setting.selection.shard <= 2; ++setting.selection.shard) {
    changes += setting.compare().changes.size();
  }
  EXPECT_EQ(changes, 2U);
}

}  // namespace
}  // namespace policysim::gate
