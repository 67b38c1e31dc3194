#include <algorithm>
#include <array>
#include <string>

#include "policy/elements.hpp"
#include "values/arn.hpp"

namespace policysim::policy {
namespace {

constexpr std::array<std::string_view, 4> kWebProviders = {"accounts.google.com",
                                                           "cognito-identity.amazonaws.com",
                                                           "graph.facebook.com", "www.amazon.com"};

bool is_upper_or_digit(char c) noexcept { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); }

bool is_host_character(char c) noexcept {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
         c == '.';
}

bool is_hex_digit(char c) noexcept {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// AIDA…, AROA…: what AWS shows for a user or role that was deleted.
bool is_unique_id(std::string_view text) noexcept {
  return text.size() > 1 && text[0] == 'A' &&
         std::all_of(text.begin(), text.end(), is_upper_or_digit);
}

bool has_name(std::string_view resource, std::string_view type) noexcept {
  return resource.starts_with(type) && resource.size() > type.size() && resource.back() != '/';
}

bool is_aws_arn(std::string_view text) noexcept {
  const auto arn = values::split_arn(text);
  if (!arn || arn->partition().empty() || !arn->region().empty()) return false;
  if (!values::is_account_id(arn->account())) return false;
  const std::string_view resource = arn->resource();
  if (arn->service() == "iam") {
    return resource == "root" || has_name(resource, "user/") || has_name(resource, "role/");
  }
  if (arn->service() != "sts") return false;
  constexpr std::string_view kAssumedRole = "assumed-role/";
  if (has_name(resource, kAssumedRole)) {
    const std::string_view rest = resource.substr(kAssumedRole.size());
    return std::count(rest.begin(), rest.end(), '/') == 1 && rest[0] != '/';
  }
  return has_name(resource, "federated-user/");
}

bool is_provider(std::string_view text) noexcept {
  if (std::find(kWebProviders.begin(), kWebProviders.end(), text) != kWebProviders.end()) {
    return true;
  }
  const auto arn = values::split_arn(text);
  return arn && arn->service() == "iam" && values::is_account_id(arn->account()) &&
         (has_name(arn->resource(), "saml-provider/") ||
          has_name(arn->resource(), "oidc-provider/"));
}

bool is_known_form(PrincipalKind kind, std::string_view text) noexcept {
  switch (kind) {
    case PrincipalKind::kAws:
      return values::is_account_id(text) || is_unique_id(text) || is_aws_arn(text);
    case PrincipalKind::kService:
      return text.find('.') != text.npos &&
             std::all_of(text.begin(), text.end(), is_host_character);
    case PrincipalKind::kFederated:
      return is_provider(text);
    case PrincipalKind::kCanonicalUser:
      return text.size() == 64 && std::all_of(text.begin(), text.end(), is_hex_digit);
  }
  return false;
}

std::string_view help_for(PrincipalKind kind) noexcept {
  switch (kind) {
    case PrincipalKind::kAws:
      return "an account id, or the ARN of an account root, user, role or session";
    case PrincipalKind::kService:
      return "a service principal looks like `s3.amazonaws.com`";
    case PrincipalKind::kFederated:
      return "the ARN of a SAML or OIDC provider, or a web identity provider's host name";
    case PrincipalKind::kCanonicalUser:
      return "a canonical user id has 64 hexadecimal digits";
  }
  return {};
}

void check_value(PrincipalKind kind, const Text& value, Context& context) {
  if (kind == PrincipalKind::kAws && value.value == "*") return;
  if (report_variables(value, "principals", context)) return;
  if (value.value.find_first_of("*?") != std::string::npos) {
    context.findings.add("PS1208", value.span,
                         "wildcard in principal " + quoted(value.value) + ": it matches nobody",
                         "use `\"*\"` with a condition on `aws:PrincipalArn`");
  } else if (!is_known_form(kind, value.value)) {
    context.findings.add("PS1207", value.span,
                         "principal " + quoted(value.value) + " has no known form",
                         std::string(help_for(kind)));
  }
}

bool admits_everybody(const Principal& principal) {
  if (principal.star) return !principal.negated;
  for (const PrincipalEntry& entry : principal.entries) {
    if (entry.kind != PrincipalKind::kAws) continue;
    for (const Text& value : entry.texts.values) {
      if (value.value == "*") return !principal.negated;
    }
  }
  return false;
}

}  // namespace

void check_principal(const Statement& statement, Context& context) {
  if (!statement.principal) return;
  const Principal& principal = *statement.principal;
  const bool trust = context.rules.type == PolicyType::kTrust;
  for (const PrincipalEntry& entry : principal.entries) {
    if (entry.kind == PrincipalKind::kFederated && !trust) {
      context.findings.add("PS1209", entry.texts.span,
                           "federated principals are for role trust policies only");
    }
    for (const Text& value : entry.texts.values) check_value(entry.kind, value, context);
  }
  if (trust && statement.effect == Effect::kAllow && admits_everybody(principal)) {
    context.findings.add("PS1125", principal.span,
                         "everybody may assume the role as far as this statement goes",
                         "name accounts, roles or services");
  }
}

}  // namespace policysim::policy
