#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "unit/world/fixture_helpers.hpp"
#include "world/case_list.hpp"

namespace policysim::world {
namespace {

using request::CallerKind;

// Files below a folder of their own, removed in the end.
class Files {
 public:
  Files() {
    std::string pattern = (std::filesystem::temp_directory_path() / "policysim-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
  }
  ~Files() { std::filesystem::remove_all(folder_); }
  Files(const Files&) = delete;
  Files& operator=(const Files&) = delete;

  std::string write(const std::string& name, const std::string& text) {
    const std::filesystem::path path = folder_ / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path) << text;
    return path.string();
  }

 private:
  std::filesystem::path folder_;
};

const Data& data_of(const Fixture& fixture) { return fixture.base->data(); }

TEST(Fixture, KindsOfCallerFollowFromTheEntry) {
  const Fixture fixture = load_good(R"(
world:
  principals:
    ann: {arn: "arn:aws:iam::123456789012:user/ann", kind: user}
    role: {arn: "arn:aws:iam::123456789012:role/team/app"}
    named: {arn: "arn:aws:iam::123456789012:role/team/app", session: {name: alice}}
    session: {arn: "arn:aws:sts::123456789012:assumed-role/bare/s1"}
    slr: {arn: "arn:aws:iam::123456789012:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS"}
    stated: {arn: "arn:aws:iam::123456789012:role/AWSServiceRoleForX", kind: service-linked-role}
    lookalike: {arn: "arn:aws:iam::123456789012:role/AWSServiceRoleForX"}
    fed: {arn: "arn:aws:sts::123456789012:federated-user/bob", issuer: ann}
    root: {arn: "arn:aws:iam::123456789012:root", assumed_root: false}
    unlock: {arn: "arn:aws:iam::123456789012:root", assumed_root: true}
    logs: {service: logs.us-east-1.amazonaws.com, service_names: [logs.us-east-1.amazonaws.com, logs.amazonaws.com]}
    idp: {federated: accounts.google.com, claims: {"accounts.google.com:aud": x, "accounts.google.com:sub": null}}
    nobody: {anonymous: true}
)");
  struct {
    const char* name;
    CallerKind kind;
    const char* arn;
    const char* principal_arn;
  } const rows[] = {
      {"ann", CallerKind::kUser, "arn:aws:iam::123456789012:user/ann",
       "arn:aws:iam::123456789012:user/ann"},
      {"role", CallerKind::kRoleSession, "arn:aws:sts::123456789012:assumed-role/app/policysim",
       "arn:aws:iam::123456789012:role/team/app"},
      {"named", CallerKind::kRoleSession, "arn:aws:sts::123456789012:assumed-role/app/alice",
       "arn:aws:iam::123456789012:role/team/app"},
      {"session", CallerKind::kRoleSession, "arn:aws:sts::123456789012:assumed-role/bare/s1",
       "arn:aws:iam::123456789012:role/bare"},
      {"slr", CallerKind::kServiceLinkedRole,
       "arn:aws:sts::123456789012:assumed-role/AWSServiceRoleForECS/policysim",
       "arn:aws:iam::123456789012:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS"},
      {"stated", CallerKind::kServiceLinkedRole,
       "arn:aws:sts::123456789012:assumed-role/AWSServiceRoleForX/policysim",
       "arn:aws:iam::123456789012:role/AWSServiceRoleForX"},
      {"lookalike", CallerKind::kRoleSession,
       "arn:aws:sts::123456789012:assumed-role/AWSServiceRoleForX/policysim",
       "arn:aws:iam::123456789012:role/AWSServiceRoleForX"},
      {"fed", CallerKind::kFederatedUser, "arn:aws:sts::123456789012:federated-user/bob",
       "arn:aws:sts::123456789012:federated-user/bob"},
      {"root", CallerKind::kRoot, "arn:aws:iam::123456789012:root",
       "arn:aws:iam::123456789012:root"},
      {"unlock", CallerKind::kRootSession, "arn:aws:iam::123456789012:root",
       "arn:aws:iam::123456789012:root"},
      {"logs", CallerKind::kService, "logs.us-east-1.amazonaws.com", ""},
      {"idp", CallerKind::kFederatedIdp, "accounts.google.com", ""},
      {"nobody", CallerKind::kAnonymous, "anonymous", ""},
  };
  const Data& data = data_of(fixture);
  for (const auto& row : rows) {
    SCOPED_TRACE(row.name);
    const Principal* entry = data.principal(row.name);
    ASSERT_NE(entry, nullptr);
    EXPECT_EQ(entry->caller.kind, row.kind);
    EXPECT_EQ(entry->caller.arn, row.arn);
    EXPECT_EQ(entry->caller.principal_arn, row.principal_arn);
    EXPECT_EQ(entry->caller.entry, row.name);
  }
  EXPECT_EQ(data.principal("fed")->caller.issuer_arn, "arn:aws:iam::123456789012:user/ann");
  EXPECT_TRUE(data.principal("unlock")->caller.has_session_policies);
  EXPECT_EQ(data.principal("logs")->caller.service_names.size(), 2U);
  EXPECT_EQ(data.principal("idp")->claims.size(), 2U);
  ASSERT_EQ(data.warnings.size(), 1U);
  EXPECT_EQ(data.warnings[0].rule, "PS2115");
}

TEST(Fixture, FindsByNameAndArn) {
  const Fixture fixture = load_good(R"(
world:
  principals:
    app: {arn: "arn:aws:iam::123456789012:role/team/app"}
  resources:
    data: {arn: "arn:aws:s3:::data", account: "123456789012", region: eu-west-1}
    object: {arn: "arn:aws:s3:::data/a.txt"}
)");
  const Data& data = data_of(fixture);
  const Principal* app = data.principal("app");
  EXPECT_EQ(data.principal("arn:aws:iam::123456789012:role/team/app"), app);
  EXPECT_EQ(data.principal("arn:aws:sts::123456789012:assumed-role/app/policysim"), app);
  EXPECT_EQ(data.principal("arn:aws:iam::123456789012:role/app"),
            app);  // the path of a session is lost
  EXPECT_EQ(data.principal_resource("arn:aws:iam::123456789012:role/team/app"), app);
  EXPECT_EQ(data.principal("nobody"), nullptr);
  EXPECT_EQ(data.resource("data"), data.resource("arn:aws:s3:::data"));
  EXPECT_EQ(data.resource("object")->account, "123456789012");
  EXPECT_EQ(data.resource("object")->region, "eu-west-1");
}

TEST(Fixture, OrganizationsHavePathsAndLevels) {
  const Fixture fixture = load_good(R"(
world:
  policies: {p: {Version: "2012-10-17", Statement: [{Effect: Deny, Action: "*", Resource: "*"}]}}
  organization:
    id: o-1
    management_account: "111111111111"
    policy_types: [scp]
    root: {id: r-1, scps: [p], ous: [{id: ou-1, accounts: ["222222222222"], ous: [{id: ou-2, accounts: [333333333333]}]}]}
  accounts: {"222222222222": {scps: []}}
)");
  const Data& data = data_of(fixture);
  EXPECT_EQ(data.organization_path("111111111111"), "o-1/r-1/");
  EXPECT_EQ(data.organization_path("222222222222"), "o-1/r-1/ou-1/");
  EXPECT_EQ(data.organization_path("333333333333"), "o-1/r-1/ou-1/ou-2/");
  EXPECT_EQ(data.organization_path("444444444444"), "");
  EXPECT_EQ(data.organization_of("444444444444"), nullptr);
  EXPECT_TRUE(data.organizations[0].scp_enabled);
  EXPECT_FALSE(data.organizations[0].rcp_enabled);
  ASSERT_EQ(data.warnings.size(), 2U);  // the root's list, and the account's
  EXPECT_EQ(data.warnings[0].rule, "PS2113");
}

TEST(Fixture, WarnsOfSilentTraps) {
  const Fixture fixture = load_good(R"(
world:
  accounts: {"222222222222": {scps: [FullAWSAccess]}}
  resources:
    k: {arn: "arn:aws:kms:eu-west-1:123456789012:key/1", tags: {Team: a, team: b}}
)");
  std::string rules;
  for (const Diagnostic& finding : fixture.warnings) rules += finding.rule + " ";
  EXPECT_EQ(rules, "PS2119 PS2122 PS2114 ");
}

TEST(Fixture, InterpolatesNamesAndFacts) {
  const Fixture fixture = load_good(R"(
vars: {acct: "123456789012", tags: {Team: blue}, a.b: dotted, nested: {inner: {deep: x}}}
world:
  accounts: {"${{ acct }}": {name: prod}}
  principals:
    app: {arn: "arn:aws:iam::${{ acct }}:role/app", tags: "${{ tags }}"}
  resources:
    q: {arn: "arn:aws:sqs:eu-west-1:${{ prod }}:q-${{ app.tags.Team }}", tags: {Of: "${{ app.arn }}", In: "${{app.account}}", D: "${{ a.b }}", N: "${{ nested.inner.deep }}"}}
)");
  const Data& data = data_of(fixture);
  EXPECT_NE(data.account("123456789012"), nullptr);
  const Resource* queue = data.resource("q");
  EXPECT_EQ(queue->arn, "arn:aws:sqs:eu-west-1:123456789012:q-blue");
  const Tags expected = {{"Of", "arn:aws:iam::123456789012:role/app"},
                         {"In", "123456789012"},
                         {"D", "dotted"},
                         {"N", "x"}};
  EXPECT_EQ(*queue->tags, expected);
}

TEST(Fixture, NeverTouchesPolicies) {
  const Fixture fixture = load_good(R"(
world: {policies: {p: {Statement: [{Effect: Allow, Action: "*", Resource: "${{ not-ours }}"}]}}}
)");
  const Policy* policy = data_of(fixture).policy("p");
  EXPECT_EQ(policy->document->find("Statement")->items[0].find("Resource")->text,
            "${{ not-ours }}");
}

TEST(Fixture, IncludesMerge) {
  Files files;
  files.write("env/base.yaml", R"(
policysim: 1
vars: {account: "111111111111", region: eu-west-1}
world:
  policies: {reader: policies/reader.json, writer: {Statement: []}}
  resources: {q: {arn: "arn:aws:sqs:${{ region }}:${{ account }}:q"}}
)");
  files.write("env/policies/reader.json", R"({"Statement": [{"Effect": "Allow"}]})");
  files.write("env/other.yaml", "policysim: 1\ninclude: [base.yaml]\n");
  const std::string main = files.write("main.yaml", R"(
policysim: 1
include: [env/base.yaml, env/other.yaml]
vars: {account: "222222222222"}
world: {policies: {writer: {path: w.json, override: true}}}
)");
  FixtureFailure failure;
  const auto fixture = load_fixture(main, &failure);
  ASSERT_TRUE(fixture.has_value()) << all_findings(failure);
  EXPECT_EQ(fixture->name, "main");
  const Data& data = data_of(*fixture);
  EXPECT_EQ(data.resource("q")->arn, "arn:aws:sqs:eu-west-1:222222222222:q");
  EXPECT_NE(data.policy("reader")->document, nullptr);
  ASSERT_TRUE(data.policy("writer")->failure.has_value());  // w.json is missing: its own failure
  EXPECT_EQ(data.policy("writer")->failure->code, "PS0001");
}

TEST(Fixture, IncludesMustNotClashOrTurnRound) {
  Files files;
  files.write("a.yaml", "policysim: 1\ninclude: [b.yaml]\n");
  const std::string b = files.write("b.yaml", "policysim: 1\ninclude: [a.yaml]\n");
  EXPECT_EQ(load_fixture(b).error().code, "PS2007");
  files.write("c.yaml", "policysim: 1\nworld: {groups: {g: {}}}\n");
  const std::string d =
      files.write("d.yaml", "policysim: 1\ninclude: [c.yaml]\nworld: {groups: {g: {}}}\n");
  EXPECT_EQ(load_fixture(d).error().code, "PS2103");
  files.write("e.yaml", "policysim: 1\ncases: []\n");
  const std::string f = files.write("f.yaml", "policysim: 1\ninclude: [e.yaml]\n");
  EXPECT_EQ(load_fixture(f).error().code, "PS2008");
}

TEST(Fixture, PatchesAreMergedAndCheckedAsAWhole) {
  const Fixture fixture = load_good(R"(
world:
  principals: {app: {arn: "arn:aws:iam::123456789012:role/app", tags: {Team: red, Stage: prod}}}
cases:
  - {id: good, with: {principals: {app: {tags: {Team: null, New: x}}}}, steps: []}
  - {id: bad, with: {principals: {app: {boundary: none}}}, steps: []}
)");
  ASSERT_EQ(fixture.cases.size(), 2U);
  const auto good = patched_world(fixture, fixture.cases[0].patches);
  ASSERT_TRUE(good.has_value());
  const Tags expected = {{"Stage", "prod"}, {"New", "x"}};
  EXPECT_EQ(*(*good)->data().principal("app")->tags, expected);
  const auto bad = patched_world(fixture, fixture.cases[1].patches);
  ASSERT_FALSE(bad.has_value());
  EXPECT_EQ(bad.error().code, "PS2102");
  EXPECT_EQ(patched_world(fixture, {nullptr})->get(), fixture.base.get());
}

TEST(Fixture, RequestsAreInterpolatedInThePatchedWorld) {
  const Fixture fixture = load_good(R"(
world: {principals: {app: {arn: "arn:aws:iam::123456789012:role/app", tags: {Team: red}}}}
cases:
  - id: a
    with: {principals: {app: {tags: {Team: blue}}}}
    request: {principal: app, action: "s3:TagResource", resource: "*", tags: {Team: "${{ app.tags.Team }}"}}
)");
  const Case& one = fixture.cases.at(0);
  const auto request = interpolated_request(fixture, one.patches, one.steps.at(0).requests.at(0));
  ASSERT_TRUE(request.has_value());
  EXPECT_EQ(request->find("tags")->find("Team")->text, "blue");
}

TEST(Fixture, CasesKeepWhatTheySay) {
  const Fixture fixture = load_good(R"(
name: named
cases:
  - {id: a/1, name: first, tags: [x], todo: later, only: true, request: [{principal: anonymous, action: "a:b", resource: "*"}], expect: deny}
  - {id: b, skip: broken, steps: [{request: {principal: anonymous, action: "a:b", resource: "*"}}, {with: {}, request: {principal: anonymous, action: "a:c", resource: "*"}}]}
)");
  EXPECT_EQ(fixture.name, "named");
  ASSERT_EQ(fixture.cases.size(), 2U);
  const Case& first = fixture.cases[0];
  EXPECT_EQ(first.id, "a/1");
  EXPECT_EQ(first.todo, "later");
  EXPECT_TRUE(first.only);
  ASSERT_EQ(first.steps.size(), 1U);
  EXPECT_TRUE(first.steps[0].listed);
  EXPECT_FALSE(first.stepwise);
  EXPECT_EQ(first.expect->text, "deny");
  EXPECT_TRUE(fixture.cases[1].stepwise);
  EXPECT_EQ(fixture.cases[1].steps.size(), 2U);
  EXPECT_NE(fixture.cases[1].steps[1].patch, nullptr);
}

TEST(Fixture, WorldsLoadWithoutCases) {
  Files files;
  const std::string path =
      files.write("w.json", R"({"policysim": 1, "world": {"groups": {"g": {}}}, "cases": [{}]})");
  const auto world = World::load(path);
  ASSERT_TRUE(world.has_value());  // cases are none of a world's business
  EXPECT_NE((*world)->data().group("g"), nullptr);
}

TEST(Fixture, ShippedOnesLoad) {
  std::size_t cases = 0;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(PSIM_SOURCE_DIR "/fixtures")) {
    if (entry.path().extension() != ".yaml") continue;
    FixtureFailure failure;
    const auto fixture = load_fixture(entry.path().string(), &failure);
    ASSERT_TRUE(fixture.has_value()) << entry.path() << "\n" << all_findings(failure);
    EXPECT_TRUE(fixture->warnings.empty()) << entry.path();
    for (const Policy& policy : data_of(*fixture).policies) {
      EXPECT_FALSE(policy.failure.has_value()) << policy.name;
    }
    CaseList list(*fixture);
    for (std::size_t i = 0; i < list.size(); ++i, ++cases) {
      const auto one = list.get(i);
      ASSERT_TRUE(one.has_value()) << list.id(i);
      EXPECT_TRUE(one->expect.has_value()) << one->id;
      EXPECT_TRUE(patched_world(*fixture, one->patches).has_value()) << one->id;
    }
  }
  EXPECT_GT(cases, 250U);
}

}  // namespace
}  // namespace policysim::world
