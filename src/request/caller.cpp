#include <algorithm>
#include <array>

#include "request/request.hpp"
#include "values/arn.hpp"

namespace policysim::request {
namespace {

constexpr std::string_view kDefaultSession = "policysim";

bool starts_with(std::string_view text, std::string_view prefix) noexcept {
  return text.substr(0, prefix.size()) == prefix;
}

bool ends_with(std::string_view text, std::string_view suffix) noexcept {
  return text.size() >= suffix.size() && text.substr(text.size() - suffix.size()) == suffix;
}

std::string_view last_segment(std::string_view path) noexcept {
  return path.substr(path.rfind('/') + 1);
}

Caller base_of(const values::Arn& arn, CallerKind kind, std::string_view text) {
  Caller caller;
  caller.kind = kind;
  caller.arn = std::string(text);
  caller.principal_arn = std::string(text);
  caller.account = std::string(arn.account());
  caller.partition = std::string(arn.partition());
  caller.entry = std::string(text);
  return caller;
}

std::optional<Caller> from_iam_arn(const values::Arn& arn, std::string_view text) {
  const std::string_view resource = arn.resource();
  if (resource == "root") return base_of(arn, CallerKind::kRoot, text);
  if (starts_with(resource, "user/") && !last_segment(resource).empty()) {
    return base_of(arn, CallerKind::kUser, text);
  }
  if (starts_with(resource, "role/") && !last_segment(resource).empty()) {
    const bool service_linked = starts_with(resource, "role/aws-service-role/");
    Caller caller = base_of(
        arn, service_linked ? CallerKind::kServiceLinkedRole : CallerKind::kRoleSession, text);
    caller.arn = "arn:" + caller.partition + ":sts::" + caller.account + ":assumed-role/" +
                 std::string(last_segment(resource)) + "/" + std::string(kDefaultSession);
    return caller;
  }
  if (starts_with(resource, "saml-provider/") || starts_with(resource, "oidc-provider/")) {
    Caller caller = base_of(arn, CallerKind::kFederatedIdp, text);
    caller.account.clear();
    caller.principal_arn.clear();
    return caller;
  }
  return std::nullopt;
}

std::optional<Caller> from_sts_arn(const values::Arn& arn, std::string_view text) {
  const std::string_view resource = arn.resource();
  if (starts_with(resource, "federated-user/") && resource.size() > 15) {
    return base_of(arn, CallerKind::kFederatedUser, text);
  }
  constexpr std::string_view kAssumed = "assumed-role/";
  if (!starts_with(resource, kAssumed)) return std::nullopt;
  const std::string_view rest = resource.substr(kAssumed.size());
  const std::size_t slash = rest.find('/');
  if (slash == 0 || slash == std::string_view::npos || slash + 1 == rest.size())
    return std::nullopt;
  Caller caller = base_of(arn, CallerKind::kRoleSession, text);
  caller.principal_arn.clear();  // the path of the role is lost
  caller.entry = "arn:" + caller.partition + ":iam::" + caller.account + ":role/" +
                 std::string(rest.substr(0, slash));
  return caller;
}

// Host names of web identity providers have a dot and nothing that a URL's host and path lack.
bool is_host_name(std::string_view text) noexcept {
  return text.find('.') != std::string_view::npos &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '.' || c == '-' || c == '_' || c == '/' || c == ':';
         });
}

}  // namespace

std::string_view to_string(CallerKind kind) noexcept {
  constexpr std::array<std::string_view, 9> kNames = {
      "user",    "role-session",        "federated-user", "root",     "root-session",
      "service", "service-linked-role", "federated-idp",  "anonymous"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::string_view to_string(Origin origin) noexcept {
  constexpr std::array<std::string_view, 4> kNames = {"context", "request", "world", "default"};
  return kNames[static_cast<std::size_t>(origin)];
}

std::optional<Caller> caller_from_arn(std::string_view principal) {
  Caller caller;
  if (principal == "*" || principal == "anonymous") {
    caller.arn = caller.entry = "anonymous";
    return caller;
  }
  if (ends_with(principal, ".amazonaws.com") || ends_with(principal, ".amazonaws.com.cn")) {
    caller.kind = CallerKind::kService;
    caller.arn = caller.entry = std::string(principal);
    caller.service_names = {caller.arn};
    return caller;
  }
  if (const auto arn = values::split_arn(principal)) {
    if (arn->partition().empty() || arn->account().empty()) return std::nullopt;
    if (arn->service() == "iam") return from_iam_arn(*arn, principal);
    if (arn->service() == "sts") return from_sts_arn(*arn, principal);
    return std::nullopt;
  }
  if (!is_host_name(principal)) return std::nullopt;
  caller.kind = CallerKind::kFederatedIdp;
  caller.arn = caller.entry = std::string(principal);
  return caller;
}

}  // namespace policysim::request
