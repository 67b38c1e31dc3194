#include "operations/fields.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "base/ascii.hpp"
#include "values/ip_prefix.hpp"
#include "world/members.hpp"

namespace policysim::operations {
namespace {

using request::ValueState;
using text::Node;
using world::Findings;
using world::in_ticks;
using world::Members;

// One text, or a list of them where lists are allowed.
std::vector<std::string> read_one_or_many(Members& members, std::string_view name, bool many,
                                          Findings& findings) {
  const Node* value = members.any(name);
  if (value == nullptr) return {};
  if (!value->is_list()) {
    const auto text = world::read_text(*value, in_ticks(name), findings);
    return text ? std::vector<std::string>{*text} : std::vector<std::string>{};
  }
  if (!many || value->items.empty()) {
    findings.error(
        "PS3009", value->span,
        in_ticks(name) + (many ? " must not be an empty list" : " must be a single text here"));
    return {};
  }
  return world::read_texts(*value, in_ticks(name), findings).value_or(world::Names{});
}

void check_actions(const Fields& fields, Findings& findings) {
  for (const std::string& action : fields.actions) {
    const std::size_t colon = action.find(':');
    if (colon != 0 && colon != std::string::npos && colon + 1 < action.size()) continue;
    findings.error("PS3009", fields.span_of("action"), in_ticks(action) + " is no action",
                   "an action is a service prefix and a name, as `s3:GetObject`");
  }
}

bool is_keyed(std::string_view key) noexcept {
  return key.find('/') != std::string_view::npos ||
         base::starts_with_ignore_case(key, "kms:EncryptionContext:");
}

// Two tags may differ in case; other keys are one key in any case.
void check_context(const Fields& fields, Findings& findings) {
  std::set<std::string> seen;
  for (const request::ContextEntry& entry : fields.context) {
    if (seen.insert(base::lower(entry.key)).second || is_keyed(entry.key)) continue;
    findings.error("PS3011", fields.span_of("context"),
                   "the context states " + in_ticks(entry.key) + " twice");
  }
}

// "s3", "s3.amazonaws.com" -> "s3".
void read_via(Members& members, Fields& out, Findings& findings) {
  constexpr std::string_view kSuffix = ".amazonaws.com";
  const Node* value = members.any("via");
  if (value == nullptr || (value->is_list() && value->items.empty())) return;
  out.via = read_one_or_many(members, "via", true, findings);
  for (std::string& service : out.via) {
    if (service.size() > kSuffix.size() &&
        service.compare(service.size() - kSuffix.size(), kSuffix.size(), kSuffix) == 0) {
      service.resize(service.size() - kSuffix.size());
    }
    if (!service.empty() &&
        service.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-.") == std::string::npos) {
      continue;
    }
    findings.error("PS3009", value->span, in_ticks(service) + " is no service",
                   "name services as their principals do: `s3`, `cloudformation`");
  }
}

void read_settings(Members& members, Fields& out) {
  constexpr std::array<std::string_view, 2> kMissing = {"absent", "unknown"};
  if (const auto missing = members.word("missing", kMissing)) out.missing_unknown = *missing == 1;
  out.certain = members.flag("certain");
  out.force = members.flag("force").value_or(false);
  out.time = members.date("time");
}

void read_operation(Members& members, Fields& out, Findings& findings) {
  out.operation_node = members.any("operation");
  if (out.operation_node == nullptr) return;
  out.operation = members.text("operation").value_or("");
  out.key = members.text("key").value_or("");
  out.parameters = members.map("parameters");
  if (!out.actions.empty()) {
    findings.error("PS3009", out.span_of("action"), "a request has an `action` or an `operation`");
  }
  if (out.resources.size() > 1) {
    findings.error("PS3009", out.span_of("resource"), "an API call is about one resource");
  }
}

}  // namespace

bool Fields::in_context(std::string_view name) const noexcept {
  return std::any_of(context.begin(), context.end(), [name](const request::ContextEntry& entry) {
    return base::equals_ignore_case(entry.key, name);
  });
}

std::string Fields::stated(std::string_view name) const {
  for (const request::ContextEntry& entry : context) {
    if (entry.state == ValueState::kScalar && base::equals_ignore_case(entry.key, name)) {
      return entry.values.front();
    }
  }
  return {};
}

Fields read_fields(const Node& node, world::RequestForm form, const BuildOptions& options,
                   Findings& findings) {
  Fields out(node);
  if (!world::check_request_shape(node, form, findings)) return out;
  const bool many = !options.single;
  Members members(node, "request", findings);
  out.id = members.text("id").value_or("");
  out.principal = members.text("principal").value_or("");
  out.actions = read_one_or_many(members, "action", many, findings);
  out.resources = read_one_or_many(members, "resource", many, findings);
  read_operation(members, out, findings);
  out.context = members.context("context");
  out.encryption_context = members.tags("encryption_context");
  out.tags = members.tags("tags");
  out.headers = members.tags("headers");
  out.tag_keys = members.texts("tag_keys");
  out.vpc_endpoint = members.text("vpc_endpoint");
  out.source_ip = members.text("source_ip");
  if (out.source_ip && !values::parse_ip(*out.source_ip)) {
    findings.error("PS3009", out.span_of("source_ip"),
                   in_ticks(*out.source_ip) + " is no IP address");
  }
  read_via(members, out, findings);
  read_settings(members, out);
  check_actions(out, findings);
  check_context(out, findings);
  return out;
}

}  // namespace policysim::operations
