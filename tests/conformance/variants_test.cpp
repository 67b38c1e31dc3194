// The worlds of the scenarios under every reading of every option, and with requests that differ
// from theirs: both witnesses must say the same of each.
#include <gtest/gtest.h>

#include "conformance/scenario_run.hpp"
#include "policysim/evaluator.hpp"

namespace policysim::conformance {
namespace {

std::string text(Outcome outcome, Layer layer) {
  constexpr const char* kOutcomes[] = {"allow", "explicit_deny", "implicit_deny", "conditional"};
  return std::string(kOutcomes[static_cast<std::size_t>(outcome)]) + " " + name_of(layer);
}

std::string layers_text(const std::array<LayerVerdict, 12>& layers) {
  constexpr const char* kVerdicts[] = {"-", "allow", "implicit", "explicit", "conditional"};
  std::string out;
  for (std::size_t i = 1; i < layers.size(); ++i) {
    out +=
        name_of(static_cast<Layer>(i)) + ":" + kVerdicts[static_cast<std::size_t>(layers[i])] + " ";
  }
  return out;
}

reference::Decision by_reference(const Scenario& scenario, const Loaded& loaded, std::size_t index,
                                 const request::Data& data, const reference::Options& options) {
  const Documents documents = documents_of(scenario.policies.at(index));
  return reference::decide(documents.policies, reference_request(scenario, loaded, data, options),
                           options);
}

TEST(Variants, AgreeUnderEveryReading) {
  for (const Scenario& scenario : scenarios()) {
    const Loaded loaded = load(scenario);
    for (const auto& option : reference::option_table()) {
      for (std::size_t r = 1; r < option.second.size() && loaded.error.empty(); ++r) {
        const std::string& reading = option.second[r];
        SCOPED_TRACE(scenario.id + " under " + option.first + "=" + reading);
        Evaluator evaluator(compile(loaded, {{option.first, reading}}));
        for (std::size_t i = 0; i < loaded.requests.size(); ++i) {
          const request::Data& data = loaded.requests[i];
          const Decision got =
              evaluator.evaluate(Request(std::make_shared<const request::Data>(data)));
          const auto expected = by_reference(scenario, loaded, i, data, {{option.first, reading}});
          EXPECT_EQ(text(got.outcome, got.layer), text(expected.outcome, expected.layer));
        }
      }
    }
  }
}

using Change = std::pair<std::string, std::function<bool(request::Data&)>>;

// Gives the S3 facts of a request other values; requests without any do not change.
Change with_s3(const std::string& name, const std::function<void(request::S3Facts&)>& change) {
  return {name, [change](request::Data& data) {
            if (!data.resource_facts.s3) return false;
            auto facts = std::make_shared<request::S3Facts>(*data.resource_facts.s3);
            change(*facts);
            data.resource_facts.s3 = std::move(facts);
            return true;
          }};
}

Change with_action(const std::string& action) {
  return {action, [action](request::Data& data) {
            const std::string service = data.action.substr(0, data.action.find(':') + 1);
            if (!action.starts_with(service) || action == data.action) return false;
            data.action = action;
            return true;
          }};
}

Change with_owner(const std::string& name, const request::ContextEntry& owner) {
  return {name, [owner](request::Data& data) {
            if (!data.resource_facts.s3) return false;
            auto facts = std::make_shared<request::S3Facts>(*data.resource_facts.s3);
            facts->acls_enabled = true;
            data.resource_facts.s3 = std::move(facts);
            std::erase_if(data.context, [](const auto& entry) { return entry.key == "s3.owner"; });
            data.context.push_back(owner);
            return true;
          }};
}

void add_flags(std::vector<Change>& out) {
  out.emplace_back("an AWS managed key", [](request::Data& data) {
    const bool key = data.resource.find(":key/") != std::string::npos;
    data.resource_facts.aws_managed_key = key;
    return key;
  });
  out.emplace_back("under an AWS managed key", [](request::Data& data) {
    data.resource_facts.encrypted_by_aws_managed_key = true;
    return data.action.starts_with("dynamodb:");
  });
  out.emplace_back("a session token", [](request::Data& data) {
    data.caller.session_token = true;
    return data.caller.kind == request::CallerKind::kUser;
  });
  out.emplace_back("unstated keys unknown",
                   [](request::Data& data) { return !std::exchange(data.missing_unknown, true); });
}

void add_s3(std::vector<Change>& out) {
  using request::AclGrant;
  using request::S3Facts;
  using Grantee = AclGrant::Grantee;
  using Permission = AclGrant::Permission;
  out.push_back(with_s3("restricts public buckets",
                        [](S3Facts& facts) { facts.restrict_public_buckets = true; }));
  out.push_back(
      with_s3("blocks SSE-C", [](S3Facts& facts) { facts.blocked_encryption_types = {"SSE-C"}; }));
  out.push_back(with_s3("all may read", [](S3Facts& facts) {
    facts.acls_enabled = true;
    facts.acl = {{Grantee::kAllUsers, "", Permission::kRead}};
  }));
  out.push_back(with_s3("all may read, ignored", [](S3Facts& facts) {
    facts.acls_enabled = facts.ignore_public_acls = true;
    facts.acl = {{Grantee::kAllUsers, "", Permission::kRead}};
  }));
  out.push_back(with_s3("one account controls", [](S3Facts& facts) {
    facts.acls_enabled = true;
    facts.acl = {{Grantee::kAccount, "777788889999", Permission::kFullControl}};
  }));
  const auto scalar = request::ValueState::kScalar;
  out.push_back(with_owner("own object", {"s3.owner", scalar, {"111122223333"}, {}}));
  out.push_back(with_owner("foreign object", {"s3.owner", scalar, {"777788889999"}, {}}));
  out.push_back(with_owner("third party's object", {"s3.owner", scalar, {"123456789012"}, {}}));
  out.push_back(with_owner("owner unknown", {"s3.owner", request::ValueState::kUnknown, {}, {}}));
}

std::vector<Change> changes() {
  std::vector<Change> out;
  for (const char* action : {"kms:Decrypt",         "kms:Encrypt",
                             "kms:CreateGrant",     "kms:RetireGrant",
                             "kms:DescribeKey",     "kms:DisableKey",

                             "s3:GetObject",        "s3:PutObject",
                             "s3:GetObjectAcl",     "s3:PutObjectTagging",
                             "s3:DeleteObject",     "s3:ListBucket",
                             "s3:PutBucketPolicy",  "sts:AssumeRole",
                             "sts:TagSession",      "sts:GetFederationToken",
                             "sts:GetSessionToken", "sts:GetCallerIdentity",
                             "iam:PassRole",        "iam:GetRole",
                             "iam:DeleteRole"}) {
    out.push_back(with_action(action));
  }
  add_flags(out);
  add_s3(out);
  return out;
}

// What the reference leaves open by bounds, the product may decide by splitting into cases.
void compare(const Explanation& got, const reference::Decision& expected) {
  const bool narrower =
      expected.outcome == Outcome::kConditional && got.decision.outcome != Outcome::kConditional;
  if (narrower) return;
  EXPECT_EQ(text(got.decision.outcome, got.decision.layer), text(expected.outcome, expected.layer));
  EXPECT_EQ(layers_text(got.layers), layers_text(expected.layers));
  std::vector<Layer> bypassed;
  for (const Bypassed& one : got.bypassed) bypassed.push_back(one.layer);
  EXPECT_EQ(bypassed, expected.bypassed);
}

TEST(Variants, AgreeOnOtherRequests) {
  std::size_t compared = 0;
  for (const Scenario& scenario : scenarios()) {
    const Loaded loaded = load(scenario);
    if (!loaded.error.empty()) continue;
    Evaluator evaluator(compile(loaded));
    for (const Change& change : changes()) {
      for (std::size_t i = 0; i < loaded.requests.size(); ++i) {
        request::Data data = loaded.requests[i];
        if (!change.second(data)) continue;
        data.certain = false;
        SCOPED_TRACE(scenario.id + " but " + change.first);
        compare(evaluator.explain(Request(std::make_shared<const request::Data>(data))),
                by_reference(scenario, loaded, i, data, {}));
        ++compared;
      }
    }
  }
  EXPECT_GE(compared, 2000U);
}

}  // namespace
}  // namespace policysim::conformance
