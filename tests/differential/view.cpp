#include "differential/view.hpp"

#include <algorithm>

#include "differential/generator.hpp"
#include "differential/organizations.hpp"

namespace policysim::differential {
namespace {

using reference::Strength;
using reference::Tri;
using request::CallerKind;

bool is_resource_policy(PolicyType type) {
  return type == PolicyType::kResource || type == PolicyType::kKey || type == PolicyType::kTrust;
}

bool has_star(const policy::Statement& statement) {
  if (!statement.principal) return false;
  if (statement.principal->star) return true;
  for (const policy::PrincipalEntry& entry : statement.principal->entries) {
    for (const policy::Text& text : entry.texts.values) {
      if (text.value == "*") return true;
    }
  }
  return false;
}

PrincipalForm form_of(Strength strength, bool star) {
  switch (strength) {
    case Strength::kUser:
    case Strength::kSession:
      return PrincipalForm::kArn;
    case Strength::kRole:
      return PrincipalForm::kParent;
    case Strength::kParentUser:
      return star ? PrincipalForm::kStar : PrincipalForm::kParent;
    case Strength::kWildcard:
      return PrincipalForm::kStarWithArn;
    case Strength::kRoot:
      return star ? PrincipalForm::kStar : PrincipalForm::kAccount;
    case Strength::kService:
    case Strength::kFederated:
      return star ? PrincipalForm::kStar : PrincipalForm::kArn;
    case Strength::kWildcardPlain:
      return PrincipalForm::kStar;
    case Strength::kAccount:
      break;
  }
  return PrincipalForm::kAccount;
}

void add_statement(const policy::Statement& statement, const reference::StatementMatch& match,
                   View& out) {
  const bool deny = statement.effect == policy::Effect::kDeny;
  if (match.match == Tri::kUnknown && !deny) out.doubtful_resource = true;
  if (match.match != Tri::kTrue) return;
  if (deny) {
    out.resource_denies = true;
    return;
  }
  const bool anonymous = out.kind() == CallerKind::kAnonymous;
  for (const Strength strength : match.strengths) {
    out.forms.insert(anonymous ? PrincipalForm::kStar : form_of(strength, has_star(statement)));
  }
}

}  // namespace

View::View(const Case& c, const Comparison& compared, std::size_t request)
    : generated(c), comparison(compared), data(c.requests[request]), seen(compared.seen[request]) {
  service = data.action.substr(0, data.action.find(':'));
  const std::string& owner = data.resource_facts.account;
  caller_account = find_account(generated, data.caller.account);
  resource_account = find_account(generated, owner);
  has_account = !data.caller.account.empty();
  const bool by_identity = data.action == "sts:AssumeRoot";  // whoever the member is
  cross = has_account && !by_identity && !owner.empty() && owner != data.caller.account;
  const Target& target = target_of(data);
  mandatory = target.has_policy && target.policy != PolicyType::kResource;
  default_readings = comparison.options.empty();
  if (data.action == "kms:RetireGrant") return;  // no matter of the key's policy
  for (std::size_t p = 0; p < comparison.policies.size(); ++p) {
    const reference::Policy& policy = comparison.policies[p];
    if (!is_resource_policy(policy.type) || !target.has_policy || policy.type != target.policy) {
      continue;
    }
    has_resource_policy = true;
    for (std::size_t s = 0; s < policy.document->statements.size(); ++s) {
      add_statement(policy.document->statements[s], seen.matches[p][s], *this);
    }
  }
}

bool View::is_reason(Layer layer) const {
  return std::any_of(seen.decision.reasons.begin(), seen.decision.reasons.end(),
                     [&](const reference::Reason& reason) { return reason.layer == layer; });
}

bool View::only_reason(Layer layer) const {
  return !seen.decision.reasons.empty() &&
         std::all_of(seen.decision.reasons.begin(), seen.decision.reasons.end(),
                     [&](const reference::Reason& reason) { return reason.layer == layer; });
}

bool View::by_grant_stage() const {
  if (!default_readings || doubtful_resource) return false;
  const bool open = service == "elasticfilesystem" && !has_resource_policy;  // to everybody
  if (open) return false;
  if (outcome() != Outcome::kAllow && outcome() != Outcome::kImplicitDeny) return false;
  for (const Layer layer : {Layer::kScp, Layer::kVpce}) {
    if (!allows(layer) && !absent(layer)) return false;
  }
  for (const Layer layer : {Layer::kIdentity, Layer::kBoundary, Layer::kSession}) {
    if (!allows(layer) && !absent(layer) && !silent(layer)) return false;
  }
  return absent(Layer::kService) && absent(Layer::kBpa);
}

std::string owner_of_object(const View& view) {
  for (const request::ContextEntry& entry : view.data.context) {
    if (entry.key == "s3.owner" && entry.state == request::ValueState::kScalar) {
      return entry.values[0];
    }
  }
  return "";
}

bool is_foreign_object(const View& view) {
  const auto& s3 = view.data.resource_facts.s3;
  if (s3 == nullptr || !s3->acls_enabled || view.data.action != "s3:GetObject") return false;
  const std::string owner = owner_of_object(view);
  return !owner.empty() && owner != s3->bucket_account;
}

}  // namespace policysim::differential
