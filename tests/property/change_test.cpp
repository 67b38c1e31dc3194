// What one more statement can do. Ranking: allow > conditional > implicit deny = explicit deny. A
// deny that may be explicit or implicit is conditional too, although nobody gets access by it.
#include "property/support.hpp"

namespace policysim::property {
namespace {

using differential::Policy;
using differential::Statement;

struct Added {
  std::size_t policy = 0;
  std::size_t statement = 0;
};

// Adds a statement to one of the policies: no layer appears that was not there.
std::optional<Added> add_statement(Choices& choices, Case& generated, bool deny) {
  if (generated.policies.empty()) return std::nullopt;
  Added out;
  out.policy = choices.below(generated.policies.size());
  Policy& policy = generated.policies[out.policy];
  if (policy.built_in || (policy.type == PolicyType::kRcp && !deny)) return std::nullopt;
  const request::Data& request = generated.requests.front();
  Statement statement = choices.chance(50)
                            ? differential::covering_statement(choices, request, policy.type, deny)
                            : differential::random_statement(choices, request, policy.type, deny);
  if (choices.chance(50)) statement.conditions = {differential::random_condition(choices)};
  out.statement = choices.below(policy.statements.size() + 1);
  policy.statements.insert(policy.statements.begin() + static_cast<std::ptrdiff_t>(out.statement),
                           std::move(statement));
  return out;
}

StatementId find(const PolicySet& set, const Added& added) {
  const std::string policy = "p" + std::to_string(added.policy);
  for (std::uint32_t i = 0; i < set.statement_count(); ++i) {
    const StatementInfo info = set.statement({i});
    if (info.policy == policy && info.index == added.statement) return {i};
  }
  return {};
}

// An implicit deny to which a Deny came that may match: either deny.
bool open_between_denies(Compiled& after, std::size_t request, const Decision& was,
                         const Added& added, const request::Data& data) {
  return was.outcome == Outcome::kImplicitDeny &&
         after.decisions[request].outcome == Outcome::kConditional &&
         after.evaluator.match(find(after.set, added), to_request(data)) == Match::kUnknown;
}

// Block Public Access is the exception of the specification: a public Allow can cut others off.
bool restricts_public_buckets(const request::Data& data) {
  return data.resource_facts.s3 && data.resource_facts.s3->restrict_public_buckets;
}

Verdict compare(Choices& choices, Case& generated, bool deny, std::string& why) {
  const std::optional<Compiled> before = compile(generated);
  if (!before) return Verdict::kDoesNotApply;
  const std::optional<Added> added = add_statement(choices, generated, deny);
  if (!added) return Verdict::kDoesNotApply;
  std::optional<Compiled> after = compile(generated);
  if (!after) return Verdict::kDoesNotApply;
  for (std::size_t i = 0; i < generated.requests.size(); ++i) {
    const request::Data& data = generated.requests[i];
    if (!deny && restricts_public_buckets(data)) continue;
    const int was = access(before->decisions[i].outcome);
    const int is = access(after->decisions[i].outcome);
    if (deny ? is <= was : is >= was) continue;
    if (deny && open_between_denies(*after, i, before->decisions[i], *added, data)) continue;
    why = words(before->decisions[i]) + " became " + words(after->decisions[i]) +
          words(generated, data);
    return Verdict::kFails;
  }
  return Verdict::kHolds;
}

TEST(OneMoreStatement, DenyNeverWidens) {
  check([](Choices& choices, Case& generated, std::string& why) {
    return compare(choices, generated, true, why);
  });
}

TEST(OneMoreStatement, AllowNeverNarrows) {
  check([](Choices& choices, Case& generated, std::string& why) {
    return compare(choices, generated, false, why);
  });
}

}  // namespace
}  // namespace policysim::property
