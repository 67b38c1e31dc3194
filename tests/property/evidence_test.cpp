// What explain() says of a decision is the decision that evaluate() makes, and it is enough.
#include <algorithm>
#include <set>

#include "property/support.hpp"

namespace policysim::property {
namespace {

using differential::Policy;
using differential::Statement;

struct Place {
  std::size_t policy = 0;
  std::size_t statement = 0;
  std::string level;  // of an SCP: the same statement may be named at several
  friend auto operator<=>(const Place&, const Place&) = default;
};

// What the reasons name: statements of policies, and what no statement says.
struct Named {
  std::set<Place> places;
  std::set<std::string> full_levels;  // where FullAWSAccess allows
  bool grants = false;
  bool acl = false;
};

Named named_by(const Explanation& explanation) {
  Named out;
  for (const Reason& reason : explanation.reasons) {
    out.grants = out.grants || reason.layer == Layer::kGrant;
    out.acl = out.acl || reason.layer == Layer::kAcl;
    if (reason.statement.valid() && reason.index) {
      out.places.insert({std::stoul(reason.policy.substr(1)), *reason.index, reason.level});
    } else if (reason.layer == Layer::kScp) {
      out.full_levels.insert(reason.level);
    }
  }
  return out;
}

bool is_leveled(PolicyType type) { return type == PolicyType::kScp || type == PolicyType::kRcp; }

// That a policy is attached at all decides with these: an open file system, delegation.
bool is_of_resource(PolicyType type) {
  return type == PolicyType::kResource || type == PolicyType::kKey || type == PolicyType::kTrust;
}

// Allows what nobody asks for, and nobody in public: Block Public Access must not notice it.
Statement silent(PolicyType type) {
  Statement out = differential::inert(type);
  if (!out.principal.empty()) out.principal = R"({"AWS":"arn:aws:iam::111122223333:user/nobody"})";
  return out;
}

// The statements of one policy that are named at the level ("" for other policies).
Policy reduce(const Policy& whole, std::size_t index, const std::string& level, const Named& named,
              const Place* dropped) {
  Policy out = whole;
  out.statements.clear();
  if (is_leveled(whole.type)) out.levels = {level};
  for (std::size_t s = 0; s < whole.statements.size(); ++s) {
    const Place here{index, s, level};
    if (!named.places.contains(here)) continue;
    const bool gone = dropped != nullptr && *dropped == here;
    out.statements.push_back(gone ? silent(whole.type) : whole.statements[s]);
  }
  if (out.statements.empty() && is_of_resource(whole.type)) out.statements = {silent(whole.type)};
  return out;
}

Policy reduce_built_in(const Policy& whole, const Named& named) {
  Policy out = whole;
  out.levels.assign(named.full_levels.begin(), named.full_levels.end());
  return out;
}

request::Data without_acl(request::Data data) {
  if (!data.resource_facts.s3) return data;
  request::S3Facts s3 = *data.resource_facts.s3;
  s3.acl.clear();
  data.resource_facts.s3 = std::make_shared<const request::S3Facts>(std::move(s3));
  return data;
}

// Only what is named, but for `dropped`, in whose stead stands a statement that allows nothing: the
// policy stays attached. Policies of the caller's side without a reason are not attached.
Case only(const Case& generated, const request::Data& data, const Named& named,
          const Place* dropped) {
  Case out;
  out.options = generated.options;
  out.organizations = generated.organizations;
  out.accounts = generated.accounts;
  if (named.grants) out.grants = generated.grants;
  out.requests = {named.acl ? data : without_acl(data)};
  for (std::size_t p = 0; p < generated.policies.size(); ++p) {
    const Policy& whole = generated.policies[p];
    if (whole.built_in) {
      Policy policy = reduce_built_in(whole, named);
      if (!policy.levels.empty()) out.policies.push_back(std::move(policy));
      continue;
    }
    const std::vector<std::string> nowhere{""};
    for (const std::string& level : is_leveled(whole.type) ? whole.levels : nowhere) {
      Policy policy = reduce(whole, p, level, named, dropped);
      if (!policy.statements.empty()) out.policies.push_back(std::move(policy));
    }
  }
  return out;
}

// Of the only request. Fails closed where a policy cannot be used.
Decision decide(const Case& reduced) {
  const std::optional<Compiled> compiled = compile(reduced);
  return compiled ? compiled->decisions[0] : Decision{};
}

// One statement of a key or trust policy may name both the account and the caller. Then it would
// do alone, but where identity and a direct grant would each suffice, identity is the layer.
bool grants_directly_too(const Decision& decision, const Decision& reduced) {
  return decision.layer == Layer::kIdentity && reduced.layer == Layer::kResource;
}

bool has_option(const Case& generated, const char* name, const char* reading) {
  return std::count(generated.options.begin(), generated.options.end(),
                    std::pair<std::string, std::string>(name, reading)) != 0;
}

// Two readings lift the limits of boundary and session policy where these do not allow. Where they
// do, they are named as under the default reading.
bool is_lifted_limit(const Case& generated, const Place& place) {
  const PolicyType type = generated.policies[place.policy].type;
  return (type == PolicyType::kBoundary || type == PolicyType::kSession) &&
         (has_option(generated, "rbp.wildcard_bypass", "bypass") ||
          has_option(generated, "kms.grant_boundary", "by_grantee"));
}

Verdict agrees(Choices&, Case& generated, std::string& why) {
  std::optional<Compiled> compiled = compile(generated);
  if (!compiled) return Verdict::kDoesNotApply;
  for (std::size_t i = 0; i < generated.requests.size(); ++i) {
    const Request request = to_request(generated.requests[i]);
    const Explanation explanation = compiled->evaluator.explain(request);
    const bool left_open = explanation.decision.outcome == Outcome::kConditional;
    if (explanation.decision != compiled->decisions[i]) {
      why = "explain says " + words(explanation.decision) + ", evaluate " +
            words(compiled->decisions[i]);
    }
    const auto named = [&](const Reason& r) {
      return r.statement == explanation.decision.statement && r.layer == explanation.decision.layer;
    };
    if (explanation.decision.statement.valid() &&
        std::none_of(explanation.reasons.begin(), explanation.reasons.end(), named)) {
      why = "the deciding statement is not among the reasons";
    }
    if (!left_open && explanation.decision.layer != Layer::kService &&
        explanation.reasons.empty()) {
      why = "no reason is given for " + words(explanation.decision);
    }
    for (const Reason& reason : explanation.reasons) {
      if (!reason.statement.valid()) continue;
      const Match match = compiled->evaluator.match(reason.statement, request);
      // An unknown statement is a reason where every completion of it leads to the same.
      const bool good = match == Match::kYes ||
                        (match == Match::kUnknown && has_unknown_keys(generated.requests[i]));
      if (!good) why = "a reason's statement does not match: " + reason.policy;
    }
    if (why.empty()) continue;
    why += words(generated, generated.requests[i]);
    return Verdict::kFails;
  }
  return Verdict::kHolds;
}

// An allow's witnesses without anything else attached.
Verdict witnesses(const Case& generated, bool minimal, std::string& why) {
  std::optional<Compiled> compiled = compile(generated);
  if (!compiled) return Verdict::kDoesNotApply;
  Verdict verdict = Verdict::kDoesNotApply;
  for (std::size_t i = 0; i < generated.requests.size(); ++i) {
    const request::Data& data = generated.requests[i];
    if (compiled->decisions[i].outcome != Outcome::kAllow || has_unknown_keys(data)) continue;
    const Named named = named_by(compiled->evaluator.explain(to_request(data)));
    if (!minimal) {
      const Case reduced = only(generated, data, named, nullptr);
      const Decision now = decide(reduced);
      verdict = Verdict::kHolds;
      if (now.outcome == Outcome::kAllow) continue;
      why = "the witnesses alone give " + words(now) + words(generated, data) +
            words(reduced, reduced.requests[0]);
      return Verdict::kFails;
    }
    for (const Place& place : named.places) {
      const Case reduced = only(generated, data, named, &place);
      const Decision now = decide(reduced);
      verdict = Verdict::kHolds;
      if (now.outcome != Outcome::kAllow) continue;
      if (grants_directly_too(compiled->decisions[i], now)) continue;
      if (is_lifted_limit(generated, place)) continue;
      why = "p" + std::to_string(place.policy) + "/S" + std::to_string(place.statement) +
            " is a witness that is not needed" + words(generated, data) +
            words(reduced, reduced.requests[0]);
      return Verdict::kFails;
    }
  }
  return verdict;
}

TEST(Evidence, IsThatOfTheDecision) { check(agrees); }

TEST(Evidence, WitnessesOfAnAllowSuffice) {
  check(
      [](Choices&, Case& generated, std::string& why) { return witnesses(generated, false, why); });
}

TEST(Evidence, NoWitnessOfAnAllowIsSuperfluous) {
  check(
      [](Choices&, Case& generated, std::string& why) { return witnesses(generated, true, why); });
}

}  // namespace
}  // namespace policysim::property
