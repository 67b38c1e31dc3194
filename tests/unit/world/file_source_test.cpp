// Fixtures whose files come from elsewhere than the file system.
#include <gtest/gtest.h>

#include <algorithm>

#include "unit/world/fixture_helpers.hpp"
#include "unit/world/memory_files.hpp"
#include "world/data.hpp"

namespace policysim::world {
namespace {

constexpr const char* kAllow =
    R"({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}})";

MemoryFiles files() {
  return MemoryFiles({
      {"tests/one.yaml", R"(policysim: 1
include: [worlds/base.yaml]
world: {import: [details.json], policies: {own: ../policies/own.json}}
cases:
  - id: patched
    with: {policies: {more: ../policies/more.json}}
    request: {principal: ann, action: "s3:GetObject", resource: "*"}
    expect: allow
)"},
      {"tests/worlds/base.yaml", R"(policysim: 1
world:
  policies: {base: ../../policies/base.json}
  principals: {ann: {arn: "arn:aws:iam::123456789012:user/ann", policies: [base], session: null}}
)"},
      {"tests/details.json", R"({"UserDetailList": [], "GroupDetailList": [], "RoleDetailList": [],
  "Policies": [{"PolicyName": "imported", "Arn": "arn:aws:iam::123456789012:policy/imported",
    "PolicyVersionList": [{"IsDefaultVersion": true, "VersionId": "v1", "Document": {"Statement": []}}]}]})"},
      {"policies/base.json", kAllow},
      {"policies/own.json", kAllow},
      {"policies/more.json", kAllow},
  });
}

TEST(FileSource, GivesEverythingThatAFixtureNames) {
  MemoryFiles from = files();
  FixtureFailure failure;
  const auto fixture = load_fixture("tests/one.yaml", &failure, from);
  ASSERT_TRUE(fixture) << all_findings(failure);
  EXPECT_EQ(fixture->name, "one");
  for (const char* name : {"base", "own", "imported"}) {
    const Policy* policy = fixture->base->data().policy(name);
    ASSERT_NE(policy, nullptr) << name;
    EXPECT_FALSE(policy->failure) << name;
  }
  const auto patched = patched_world(*fixture, fixture->cases.front().patches);
  ASSERT_TRUE(patched);
  EXPECT_FALSE((*patched)->data().policy("more")->failure);
}

// What is missing there must not be taken from the machine, nor the other way round.
TEST(FileSource, IsTheOnlyOne) {
  for (const char* path : {"tests/one.yaml", "tests/worlds/base.yaml", "tests/details.json"}) {
    MemoryFiles from = files();
    from.erase(path);
    const auto fixture = load_fixture("tests/one.yaml", nullptr, from);
    ASSERT_FALSE(fixture) << path;
    EXPECT_EQ(fixture.error().code, "PS0001") << path;
  }
  MemoryFiles from = files();
  from.erase("policies/base.json");
  const auto fixture = load_fixture("tests/one.yaml", nullptr, from);
  ASSERT_TRUE(fixture);
  const auto& failure = fixture->base->data().policy("base")->failure;
  ASSERT_TRUE(failure);
  EXPECT_EQ(failure->code, "PS0001");
}

// The cases of one side in the world of the other: spans, paths in patches, and errors are good.
TEST(FileSource, WorldsTakeCasesOfOthers) {
  MemoryFiles here = files(), there = files();
  there["tests/worlds/base.yaml"] +=
      "  resources: {b: {arn: \"arn:aws:s3:::b\", account: \"1\"}}\n";
  const auto fixture = load_fixture("tests/one.yaml", nullptr, here);
  ASSERT_TRUE(fixture);
  FixtureFailure failure;
  ASSERT_FALSE(load_world_for(*fixture, "tests/one.yaml", there, &failure));
  EXPECT_NE(all_findings(failure).find("tests/worlds/base.yaml:5:"), std::string::npos)
      << all_findings(failure);

  there = files();
  there.erase("policies/more.json");
  const auto world = load_world_for(*fixture, "tests/one.yaml", there, &failure);
  ASSERT_TRUE(world) << all_findings(failure);
  EXPECT_TRUE(world->cases.empty());
  for (std::uint32_t i = 0; i < fixture->sources->size(); ++i) {
    EXPECT_EQ((*world->sources)[i].name(), (*fixture->sources)[i].name());
  }
  const auto patched = patched_world(*world, fixture->cases.front().patches);
  ASSERT_TRUE(patched);
  ASSERT_TRUE((*patched)->data().policy("more")->failure);
  EXPECT_EQ((*patched)->data().policy("more")->failure->code, "PS0001");
}

TEST(FileSource, AMissingFixtureIsFoundBesideOthersToo) {
  MemoryFiles here = files(), there({});
  const auto fixture = load_fixture("tests/one.yaml", nullptr, here);
  ASSERT_TRUE(fixture);
  FixtureFailure failure;
  ASSERT_FALSE(load_world_for(*fixture, "tests/two.yaml", there, &failure));
  EXPECT_EQ(failure.error.code, "PS0001");
  EXPECT_EQ(failure.sources->locate(failure.error.diagnostics.front().span).file, "tests/two.yaml");
}

}  // namespace
}  // namespace policysim::world
