// The words in which AWS refuses a call (docs: troubleshoot_access-denied; S3:
// troubleshoot-403-errors).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "policysim/explanation.hpp"
#include "request/request.hpp"

namespace policysim::explain {

// Without policy ARNs, with them, as seen by a caller of another organization.
enum class MessageStyle : std::uint8_t { kPlain, kArn, kOutside };

std::string_view to_string(MessageStyle style) noexcept;  // "plain", "arn", "outside"
std::optional<MessageStyle> find_message_style(std::string_view name) noexcept;

// AWS's message for a deny; empty for allow and conditional. AWS names one policy type only: that
// of the first reason. `policy_arn` is the ARN of that reason's policy, empty for inline ones; it
// is printed in style kArn, for an explicit deny, and only to callers of the resource's own account
// or organization. Text of the request stands in it unescaped. Stateless.
std::string render_aws_message(const request::Data& request, const Explanation& explanation,
                               MessageStyle style = MessageStyle::kPlain,
                               std::string_view policy_arn = {});

}  // namespace policysim::explain
