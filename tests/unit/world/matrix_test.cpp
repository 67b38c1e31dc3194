// Every row of matrices.txt: the cells of a fixture and the cases that they stand for.
#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "unit/world/fixture_helpers.hpp"
#include "world/case_list.hpp"
#include "world/scene.hpp"

namespace policysim::world {
namespace {

using text::Node;

struct Row {
  std::string name, text;
  std::vector<std::string> cells;
};

std::vector<Row> read_rows() {
  std::ifstream file(PSIM_SOURCE_DIR "/tests/unit/world/matrices.txt");
  std::vector<Row> rows;
  for (std::string line; std::getline(file, line);) {
    if (line.rfind("=== ", 0) == 0) {
      rows.push_back({line.substr(4), {}, {}});
    } else if (line.rfind("--> ", 0) == 0) {
      rows.back().cells.push_back(line.substr(4));
    } else if (!rows.empty()) {
      rows.back().text += line + "\n";
    }
  }
  return rows;
}

std::string json(const Node& node) {
  if (node.is_null()) return "null";
  if (node.is_scalar()) return "\"" + node.text + "\"";
  std::string out = node.is_map() ? "{" : "[";
  for (const Node& item : node.items) out += (out.size() > 1 ? "," : "") + json(item);
  for (const text::Member& member : node.members) {
    out += (out.size() > 1 ? ",\"" : "\"") + member.key + "\":" + json(member.value);
  }
  return out + (node.is_map() ? "}" : "]");
}

std::string show(const Case& one) {
  std::string out = one.id + " | " + (one.expect ? json(*one.expect) : "none") + " |";
  for (const auto& patch : one.patches) out += " " + json(*patch);
  out += " |";
  for (const Step& step : one.steps) {
    if (step.patch != nullptr) out += " with " + json(*step.patch);
    std::string requests;
    for (const Node& request : step.requests)
      requests += (requests.empty() ? "" : ",") + json(request);
    out += step.listed ? " [" + requests + "]" : " " + requests;
  }
  return out;
}

TEST(Matrix, CellsAreCases) {
  const std::vector<Row> rows = read_rows();
  ASSERT_GE(rows.size(), 15U);
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    const Fixture fixture = load_good(row.text);
    if (fixture.world == nullptr) continue;
    CaseList list(fixture);
    ASSERT_EQ(list.size(), row.cells.size());
    for (std::size_t i = 0; i < list.size(); ++i) {
      const Result<Case> one = list.get(i);
      ASSERT_TRUE(one) << one.error().message;
      EXPECT_EQ(show(*one), row.cells[i]);
      EXPECT_EQ(one->id, list.id(i));
    }
  }
}

TEST(Matrix, HasWhatACaseHas) {
  const Fixture fixture = load_good(R"(
vars: {who: the team}
cases: [{id: first, only: true, steps: []}]
matrices:
  - {id: m, name: "${{ a }} meets ${{ who }}", tags: [t1, t2], todo: "later, ${{ a }}", dimensions: {a: [x]}, steps: []}
  - {id: n, skip: not now, only: true, dimensions: {a: [x, y]}, steps: []}
)");
  CaseList list(fixture);
  ASSERT_EQ(list.size(), 4U);
  const Result<Case> cell = list.get(1);
  ASSERT_TRUE(cell);
  EXPECT_EQ(cell->name, "x meets the team");
  EXPECT_EQ(cell->todo, "later, x");
  EXPECT_EQ(cell->tags, (std::vector<std::string>{"t1", "t2"}));
  EXPECT_TRUE(cell->stepwise);
  EXPECT_TRUE(list.only(0) && !list.only(1) && list.only(2));
  EXPECT_TRUE(!list.skipped(1) && list.skipped(3));
}

TEST(Matrix, ErrorsOfOneCellAreItsOwn) {
  const Fixture fixture = load_good(R"(
matrices:
  - id: m
    dimensions: {a: {x: {v: "1", w: {}}, y: {w: "2"}}}
    request: {principal: "p${{ a.w }}", action: "s:A", resource: "${{ a.vv }}"}
)");
  CaseList list(fixture);
  const Result<Case> x = list.get(0);
  ASSERT_FALSE(x);
  EXPECT_EQ(x.error().code, "PS2011");
  ASSERT_EQ(x.error().diagnostics.size(), 2U);
  EXPECT_EQ(x.error().diagnostics[1].help, "did you mean `v`?");
  const Result<Case> y = list.get(1);
  ASSERT_FALSE(y);
  EXPECT_EQ(y.error().code, "PS2009");
  EXPECT_EQ(y.error().message, "the value `y` of `a` has no attribute `vv`");
}

TEST(Matrix, AMillionCellsAreListed) {
  std::string values = "[";
  for (int i = 0; i < 1000; ++i) values += "v" + std::to_string(i) + ",";
  values += "]";
  const Fixture fixture = load_good("matrices: [{id: m, dimensions: {a: &v " + values +
                                    ", b: *v}, steps: [], expect: [{when: {a: v7, b: \"v*\"}, "
                                    "then: deny}, {then: allow}]}]");
  CaseList list(fixture);
  ASSERT_EQ(list.size(), kMostCells);
  EXPECT_EQ(list.id(7003), "m[a=v7,b=v3]");
  EXPECT_EQ(list.get(7003)->expect->text, "deny");
  EXPECT_EQ(list.get(999'999)->expect->text, "allow");
}

TEST(Scene, IsSharedByEqualPatches) {
  const Fixture fixture = load_good(R"(
world: {principals: {ann: {arn: "arn:aws:iam::123456789012:user/ann", tags: {}}}}
cases:
  - {id: a, with: {principals: {ann: {tags: {Team: red}}}}, steps: []}
  - {id: b, with: {principals: {ann: {tags: {Team: "red"}}}}, steps: []}
  - {id: c, with: {principals: {ann: {tags: {Team: blue}}}}, steps: []}
)");
  const auto key = [&](std::size_t i) { return patch_key(fixture.cases.at(i).patches); };
  EXPECT_EQ(key(0), key(1));
  EXPECT_NE(key(0), key(2));
  EXPECT_EQ(patch_key({}), "");
  Scene scene(fixture, fixture.cases[0].patches);
  const auto world = scene.world();
  ASSERT_TRUE(world);
  EXPECT_EQ(*world, *scene.world());
  EXPECT_EQ((*world)->data().principal("ann")->tags->front().second, "red");
  EXPECT_EQ(*Scene(fixture, {nullptr}).world(), fixture.base);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(scene.interpolated(string_node("${{ ann.tags.Team }}"))->text, "red");
  }
}

}  // namespace
}  // namespace policysim::world
