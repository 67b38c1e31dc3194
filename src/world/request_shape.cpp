#include "world/request_shape.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace policysim::world {

bool check_request_shape(const text::Node& node, RequestForm form, Findings& findings) {
  if (!node.is_map()) {
    findings.error("PS3003", node.span,
                   "a request must be an object, not " + std::string(text::kind_name(node.kind)));
    return false;
  }
  std::vector<std::string_view> known = {
      "principal", "action",   "resource", "context",   "encryption_context",
      "tags",      "tag_keys", "headers",  "source_ip", "vpc_endpoint",
      "via",       "time",     "missing",  "certain",   "force"};
  if (form != RequestForm::kFixture) known.push_back("id");
  if (form != RequestForm::kStream) {
    known.insert(known.end(), {"operation", "key", "parameters"});
  }
  bool good = true;
  for (const text::Member& member : node.members) {
    if (std::find(known.begin(), known.end(), member.key) != known.end()) continue;
    findings.error("PS3002", member.key_span,
                   "unknown member " + in_ticks(member.key) + " of a request",
                   did_you_mean(member.key, std::span<const std::string_view>(known)));
    good = false;
  }
  const bool operation = form != RequestForm::kStream && node.find("operation") != nullptr;
  const auto require = [&](std::string_view name) {
    if (node.find(name) != nullptr) return;
    findings.error("PS3004", node.span, "the request names no " + in_ticks(name));
    good = false;
  };
  require("principal");
  if (!operation) {
    require("action");
    require("resource");
  }
  for (const char* name : {"key", "parameters"}) {
    if (operation || form == RequestForm::kStream || node.find(name) == nullptr) continue;
    findings.error("PS3002", node.find_member(name)->key_span,
                   in_ticks(name) + " belongs to an `operation`");
    good = false;
  }
  return good;
}

}  // namespace policysim::world
