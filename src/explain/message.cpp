#include "explain/message.hpp"

#include <array>

#include "base/ascii.hpp"
#include "services/rules.hpp"

namespace policysim::explain {
namespace {

constexpr std::array<std::string_view, 3> kStyleNames = {"plain", "arn", "outside"};

// What AWS calls the policies of a layer, with its article; empty where no clause is documented.
struct Wording {
  std::string_view article;
  std::string_view name;
  bool has_arn = false;  // AWS names the policy itself
};

Wording wording(Layer layer, bool role_trust) noexcept {
  switch (layer) {
    case Layer::kRcp:
      return {"a", "resource control policy", true};
    case Layer::kScp:
      return {"a", "service control policy", true};
    case Layer::kVpce:
      return {"a", "VPC endpoint policy", false};
    case Layer::kResource:
      return role_trust ? Wording{"the", "role trust policy", false}
                        : Wording{"a", "resource-based policy", false};
    case Layer::kIdentity:
      return {"an", "identity-based policy", true};
    case Layer::kBoundary:
      return {"a", "permissions boundary", true};
    case Layer::kSession:
      return {"a", "session policy", true};
    case Layer::kNone:
    case Layer::kGrant:
    case Layer::kAcl:
    case Layer::kBpa:
    case Layer::kService:
      return {};
  }
  return {};
}

std::string_view context_value(const request::Data& request, std::string_view key) noexcept {
  for (const request::ContextEntry& entry : request.context) {
    if (!base::equals_ignore_case(entry.key, key)) continue;
    return entry.state == request::ValueState::kScalar ? std::string_view(entry.values.front())
                                                       : std::string_view();
  }
  return {};
}

// Callers without an account (services, providers, anonymous) are neither inside nor outside.
bool outside_account_and_organization(const request::Data& request) noexcept {
  const std::string& caller = request.caller.account;
  const std::string& owner = request.resource_facts.account;
  if (caller.empty() || owner.empty() || caller == owner) return false;
  const std::string_view organization = context_value(request, "aws:PrincipalOrgID");
  return organization.empty() || organization != context_value(request, "aws:ResourceOrgID");
}

bool has_service(std::string_view action, std::string_view service) noexcept {
  return action.size() > service.size() && action[service.size()] == ':' &&
         base::starts_with_ignore_case(action, service);
}

// S3 tells strangers nothing, never speaks of endpoint policies, and is silent for directory
// buckets.
bool plain_access_denied(const request::Data& request, Layer layer, bool outside) noexcept {
  if (has_service(request.action, "s3express")) return true;
  return has_service(request.action, "s3") && (outside || layer == Layer::kVpce);
}

// Refusals by a setting of a bucket have words of their own, those of the reason.
std::string_view setting_words(const Explanation& explanation) noexcept {
  if (explanation.reasons.empty()) return {};
  const Reason& first = explanation.reasons.front();
  const bool blocked =
      first.layer == Layer::kService && first.because == services::kBlockedCustomerKeys;
  return blocked ? std::string_view(first.because) : std::string_view();
}

}  // namespace

std::string_view to_string(MessageStyle style) noexcept {
  return kStyleNames[static_cast<std::size_t>(style)];
}

std::optional<MessageStyle> find_message_style(std::string_view name) noexcept {
  for (std::size_t i = 0; i < kStyleNames.size(); ++i) {
    if (kStyleNames[i] == name) return static_cast<MessageStyle>(i);
  }
  return std::nullopt;
}

std::string render_aws_message(const request::Data& request, const Explanation& explanation,
                               MessageStyle style, std::string_view policy_arn) {
  const Outcome outcome = explanation.decision.outcome;
  if (outcome == Outcome::kAllow || outcome == Outcome::kConditional) return {};
  const Layer layer =
      explanation.reasons.empty() ? explanation.decision.layer : explanation.reasons.front().layer;
  const bool outside = outside_account_and_organization(request);
  if (plain_access_denied(request, layer, style == MessageStyle::kOutside)) return "Access Denied";

  const bool s3 = has_service(request.action, "s3");
  const std::string quote = s3 ? "\"" : "";
  std::string out = has_service(request.action, "ec2")
                        ? "You are not authorized to perform this operation. "
                        : "";
  out += "User: " + request.caller.arn + " is not authorized to perform: " + request.action +
         " on resource: " + quote + request.resource + quote;
  if (const std::string_view words = setting_words(explanation); !words.empty()) {
    return out + " because " + std::string(words);
  }
  const Wording words = wording(layer, explanation.role_trust);
  if (words.name.empty()) return out;
  if (outcome == Outcome::kImplicitDeny) {
    return out + " because no " + std::string(words.name) + " allows the " + request.action +
           " action";
  }
  out += " with an explicit deny in " + std::string(words.article) + " " + std::string(words.name);
  if (style == MessageStyle::kArn && words.has_arn && !policy_arn.empty() && !outside) {
    out += (s3 ? ", with policy ARN: " : ": ") + std::string(policy_arn);
  }
  return out;
}

}  // namespace policysim::explain
