#include "compile/attach_world.hpp"

#include <gtest/gtest.h>

#include <string>

#include "policy/ast.hpp"
#include "world/fixture.hpp"

namespace policysim::compile {
namespace {

constexpr const char* kWorld = R"(policysim: 1
world:
  policies:
    own: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: "s3:*", Resource: "*"}]}
    shared: {Version: "2012-10-17", Statement: [{Effect: Deny, Action: "*", Resource: "*"}]}
    open: {Version: "2012-10-17", Statement: [{Effect: Allow, Principal: "*", Action: "*", Resource: "*"}]}
    rcp: {Version: "2012-10-17", Statement: [{Effect: Deny, Principal: "*", Action: "s3:*", Resource: "*"}]}
    broken: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: "*", Resource: "*", Condition: {StringLikes: {"a:b": c}}}]}
    missing: no-such-file.json
  groups: {devs: {policies: [shared]}}
  organization:
    id: o-1
    management_account: "111111111111"
    policy_types: [scp]
    root: {id: r-1, rcps: [RCPFullAWSAccess, FullAWSAccess, rcp], ous: [{id: ou-1, scps: [shared, FullAWSAccess], accounts: ["222222222222"]}]}
  accounts: {"222222222222": {scps: []}}
  principals:
    ann: {arn: "arn:aws:iam::222222222222:user/ann", policies: [own], groups: [devs], boundary: own}
    app: {arn: "arn:aws:iam::222222222222:role/team/app", trust: broken, session: {policies: [own]}}
    fed: {arn: "arn:aws:sts::222222222222:federated-user/bob", issuer: ann}
  resources:
    key: {arn: "arn:aws:kms:eu-west-1:222222222222:key/1", policy: open}
    bucket: {arn: "arn:aws:s3:::data", account: "222222222222", policy: missing}
  vpc_endpoints: {private: {id: vpce-1, policy: open}}
)";

Sources attached() {
  Sources out;
  const auto fixture = world::load_fixture_text("test.yaml", kWorld);
  if (!fixture) {
    ADD_FAILURE() << fixture.error().message;
    return out;
  }
  EXPECT_TRUE(attach_world(*fixture->base, out).has_value());
  return out;
}

std::string names(const Sources& sources, PolicyType type, const std::string& target) {
  std::string out;
  for (const Attached& one : sources.attached) {
    if (one.where.as == type && one.where.target == target) out += one.where.name + " ";
  }
  return out;
}

TEST(AttachWorld, PutsEachPolicyInItsPlace) {
  const Sources sources = attached();
  EXPECT_EQ(names(sources, PolicyType::kIdentity, "ann"), "own shared ");  // own, then groups'
  EXPECT_EQ(names(sources, PolicyType::kBoundary, "ann"), "own ");
  EXPECT_EQ(names(sources, PolicyType::kIdentity, "fed"), "own shared ");  // the issuer's
  EXPECT_EQ(names(sources, PolicyType::kBoundary, "fed"), "own ");
  EXPECT_EQ(names(sources, PolicyType::kSession, "app"), "own ");
  EXPECT_EQ(names(sources, PolicyType::kTrust, "arn:aws:iam::222222222222:role/team/app"),
            "broken ");
  EXPECT_EQ(names(sources, PolicyType::kKey, "arn:aws:kms:eu-west-1:222222222222:key/1"), "open ");
  EXPECT_EQ(names(sources, PolicyType::kResource, "arn:aws:s3:::data"), "missing ");
  EXPECT_EQ(names(sources, PolicyType::kEndpoint, "private"), "open ");
}

TEST(AttachWorld, KeepsUnusablePoliciesWithTheirReason) {
  for (const Attached& one : attached().attached) {
    const bool bad = one.where.name == "broken" || one.where.name == "missing";
    EXPECT_EQ(one.document.has_value(), !bad) << one.where.name;
    EXPECT_EQ(one.failure_code.empty(), !bad) << one.where.name;
    if (!bad) continue;
    EXPECT_NE(one.failure_message.find("policy `" + one.where.name + "` cannot be used"),
              std::string::npos)
        << one.failure_message;
  }
}

std::string list(const Sources& sources, const std::vector<std::uint32_t>& indexes) {
  std::string out;
  for (const std::uint32_t index : indexes) out += sources.attached.at(index).where.name + " ";
  return out;
}

TEST(AttachWorld, BuildsLevelsAndAccounts) {
  const Sources sources = attached();
  ASSERT_EQ(sources.accounts.size(), 2U);
  const Account& management = sources.accounts[0];
  EXPECT_TRUE(management.management);
  EXPECT_EQ(management.levels.size(), 2U);
  const Account& member = sources.accounts[1];
  EXPECT_EQ(member.id, "222222222222");
  EXPECT_TRUE(member.scp_enabled);
  EXPECT_FALSE(member.rcp_enabled);
  ASSERT_EQ(member.levels.size(), 3U);
  const Level& root = sources.levels[member.levels[0]];
  EXPECT_EQ(root.id, "r-1");
  EXPECT_EQ(list(sources, root.scps), "FullAWSAccess ");
  EXPECT_EQ(list(sources, root.rcps), "rcp ");
  EXPECT_TRUE(sources.attached[root.scps[0]].built_in);
  const Level& unit = sources.levels[member.levels[1]];
  EXPECT_EQ(list(sources, unit.scps), "shared FullAWSAccess ");
  const Level& own = sources.levels[member.levels[2]];
  EXPECT_EQ(own.id, "222222222222");
  EXPECT_TRUE(own.scps.empty());  // allows nothing
}

TEST(AttachWorld, FullAccessJoinsEveryWrittenList) {
  Sources sources;
  const auto fixture = world::load_fixture_text("test.yaml", R"(policysim: 1
world:
  organization: {id: o-1, management_account: "111111111111", full_aws_access: true, root: {id: r-1, scps: []}}
)");
  ASSERT_TRUE(fixture.has_value());
  ASSERT_TRUE(attach_world(*fixture->base, sources).has_value());
  EXPECT_EQ(list(sources, sources.levels.at(0).scps), "FullAWSAccess ");
}

}  // namespace
}  // namespace policysim::compile
