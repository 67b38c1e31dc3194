// Every scenario through the reference, the compiled evaluator and the batch path.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "conformance/scenario_run.hpp"
#include "explain/message.hpp"
#include "policysim/evaluator.hpp"

namespace policysim::conformance {
namespace {

// What one of the three paths makes of an authorization.
struct Outcomes {
  Outcome outcome = Outcome::kImplicitDeny;
  Layer layer = Layer::kNone;
  std::vector<std::string> sids;  // of statements among the reasons
  std::vector<std::string> bypassed;
  std::set<std::string> keys;
  std::set<std::string> assumptions;
  std::string message;
};

// Of several authorizations the strictest counts.
const Outcomes& strictest(const std::vector<Outcomes>& all) {
  const auto rank = [](const Outcomes& one) {
    switch (one.outcome) {
      case Outcome::kExplicitDeny:
        return 0;
      case Outcome::kImplicitDeny:
        return 1;
      case Outcome::kConditional:
        return 2;
      case Outcome::kAllow:
        break;
    }
    return 3;
  };
  return *std::min_element(all.begin(), all.end(),
                           [&](const Outcomes& a, const Outcomes& b) { return rank(a) < rank(b); });
}

// ---- the reference

// AWS's words for the layer that is blamed.
std::string clause_of(const reference::Decision& decision, const request::Data& data) {
  const bool trust = data.action.starts_with("sts:") && decision.layer == Layer::kResource;
  static const std::map<Layer, std::string> kPolicies{
      {Layer::kScp, "service control policy"},    {Layer::kRcp, "resource control policy"},
      {Layer::kVpce, "VPC endpoint policy"},      {Layer::kBoundary, "permissions boundary"},
      {Layer::kSession, "session policy"},        {Layer::kResource, "resource-based policy"},
      {Layer::kIdentity, "identity-based policy"}};
  const auto found = kPolicies.find(decision.layer);
  if (found == kPolicies.end()) return "";
  const std::string policy = trust ? "role trust policy" : found->second;
  if (decision.outcome == Outcome::kImplicitDeny) {
    return "because no " + policy + " allows the " + data.action + " action";
  }
  const std::string article = trust ? "the " : decision.layer == Layer::kIdentity ? "an " : "a ";
  return "with an explicit deny in " + article + policy;
}

Outcomes by_reference(const Scenario& scenario, const Loaded& loaded, std::size_t index) {
  const request::Data& data = loaded.requests.at(index);
  const Documents documents = documents_of(scenario.policies.at(index));
  const auto decide = [&](const reference::Options& options, reference::UnknownKeys* unknown) {
    const auto request = reference_request(scenario, loaded, data, options);
    return reference::decide(documents.policies, request, options, unknown);
  };
  Outcomes out;
  const reference::Decision decision = decide({}, &out.keys);
  out.outcome = decision.outcome;
  out.layer = decision.layer;
  if (decision.outcome != Outcome::kConditional) out.keys.clear();
  for (const reference::Reason& reason : decision.reasons) {
    if (!reason.statement) continue;
    const reference::Policy& policy = documents.policies[reason.statement->policy];
    const auto& sid = policy.document->statements[reason.statement->statement].sid;
    if (sid) out.sids.push_back(sid->value);
  }
  for (const Layer layer : decision.bypassed) out.bypassed.push_back(name_of(layer));
  const auto assumed = reference::assumptions(
      {}, [&](const reference::Options& options) { return decide(options, nullptr).outcome; });
  out.assumptions = {assumed.begin(), assumed.end()};
  out.message = clause_of(decision, data);
  if (scenario.certain && !assumed.empty()) {
    out.outcome = Outcome::kConditional;
    out.layer = Layer::kNone;
  }
  return out;
}

// ---- the product

Outcomes by_product(const PolicySet& set, const request::Data& data) {
  EvaluateOptions options;
  options.certain = data.certain;
  Evaluator evaluator(set, options);
  const Request request(std::make_shared<const request::Data>(data));
  const Explanation explanation = evaluator.explain(request);
  if (!data.certain) {
    EXPECT_EQ(evaluator.evaluate(request), explanation.decision);
  }
  Outcomes out;
  out.outcome = explanation.decision.outcome;
  out.layer = explanation.decision.layer;
  for (const Reason& reason : explanation.reasons) {
    if (reason.sid) out.sids.push_back(*reason.sid);
  }
  for (const Bypassed& bypassed : explanation.bypassed) {
    out.bypassed.push_back(name_of(bypassed.layer));
  }
  out.keys = {explanation.missing.begin(), explanation.missing.end()};
  out.assumptions = {explanation.assumptions.begin(), explanation.assumptions.end()};
  out.message = explain::render_aws_message(data, explanation);
  return out;
}

// ---- what must come out

void check(const Expected& expected, const Outcomes& got) {
  EXPECT_EQ(got.outcome, expected.outcome) << "decided by " << name_of(got.layer);
  if (expected.layer) {
    EXPECT_EQ(name_of(got.layer), name_of(*expected.layer));
  }
  if (!expected.sid.empty()) {
    EXPECT_NE(std::find(got.sids.begin(), got.sids.end(), expected.sid), got.sids.end())
        << expected.sid;
  }
  if (expected.bypassed) {
    EXPECT_EQ(got.bypassed, *expected.bypassed);
  }
  if (expected.keys) {
    EXPECT_EQ(got.keys, *expected.keys);
  }
  if (expected.assumptions) {
    EXPECT_EQ(got.assumptions, *expected.assumptions);
  }
  EXPECT_NE(got.message.find(expected.clause), std::string::npos)
      << got.message << "\nlacks " << expected.clause;
}

// Is the row's error what it expects? Then there is nothing to decide.
bool stops(const Scenario& scenario, const Loaded& loaded) {
  const std::string rule = loaded.error.substr(0, loaded.error.find(':'));
  EXPECT_EQ(rule, scenario.expected.error) << loaded.error;
  return !loaded.error.empty();
}

TEST(Scenarios, AreAllThere) { EXPECT_EQ(scenarios().size(), 187U); }

TEST(Scenarios, ThroughTheReference) {
  for (const Scenario& scenario : scenarios()) {
    SCOPED_TRACE(scenario.id + ": " + scenario.about);
    const Loaded loaded = load(scenario);
    EXPECT_TRUE(loaded.names.empty()) << loaded.names.front();
    if (stops(scenario, loaded)) continue;
    ASSERT_EQ(loaded.requests.size(), scenario.policies.size());
    std::vector<Outcomes> all;
    for (std::size_t i = 0; i < loaded.requests.size(); ++i) {
      all.push_back(by_reference(scenario, loaded, i));
    }
    check(scenario.expected, strictest(all));
  }
}

TEST(Scenarios, ThroughTheCompiledEvaluator) {
  for (const Scenario& scenario : scenarios()) {
    SCOPED_TRACE(scenario.id + ": " + scenario.about);
    const Loaded loaded = load(scenario);
    if (stops(scenario, loaded)) continue;
    const PolicySet set = compile(loaded);
    std::vector<Outcomes> all;
    for (const request::Data& data : loaded.requests) all.push_back(by_product(set, data));
    check(scenario.expected, strictest(all));
  }
}

// A row's request, bound to the policies of its world.
struct Bound {
  const Scenario* scenario;
  PolicySet set;
  BoundRequest request;
};

// All are bound before the first is decided. A batch is of one PolicySet; the same request twice
// must come out the same.
TEST(Scenarios, InBatches) {
  std::vector<Bound> bound;
  for (const Scenario& scenario : scenarios()) {
    SCOPED_TRACE(scenario.id + ": " + scenario.about);
    const Loaded loaded = load(scenario);
    if (stops(scenario, loaded) || loaded.requests.size() != 1 || scenario.certain) continue;
    PolicySet set = compile(loaded);
    const Request request(std::make_shared<const request::Data>(loaded.requests[0]));
    BoundRequest once = set.bind(request);
    bound.push_back({&scenario, std::move(set), std::move(once)});
  }
  for (const Bound& one : bound) {
    SCOPED_TRACE(one.scenario->id + ": " + one.scenario->about);
    const std::vector<BoundRequest> requests{one.request, one.request};
    std::vector<Decision> decisions(requests.size());
    Evaluator(one.set).evaluate_batch(requests, decisions);
    for (const Decision& decision : decisions) {
      EXPECT_EQ(decision.outcome, one.scenario->expected.outcome);
      if (one.scenario->expected.layer) {
        EXPECT_EQ(name_of(decision.layer), name_of(*one.scenario->expected.layer));
      }
    }
  }
  EXPECT_GE(bound.size(), 175U);
}

}  // namespace
}  // namespace policysim::conformance
