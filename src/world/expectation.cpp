#include <array>

#include "world/cases.hpp"
#include "world/members.hpp"

namespace policysim::world {
namespace {

using text::Node;

constexpr std::array<std::string_view, 5> kDecisions = {"allow", "deny", "explicit_deny",
                                                        "implicit_deny", "conditional"};
constexpr std::array<std::string_view, 11> kLayers = {"rcp",      "scp",      "vpce",    "resource",
                                                      "identity", "boundary", "session", "grant",
                                                      "acl",      "bpa",      "service"};

bool is_interpolation(const Node& node) noexcept {
  return node.kind == text::NodeKind::kString && node.text.rfind("${{", 0) == 0;
}

bool is_one_of(std::string_view text, std::span<const std::string_view> words) noexcept {
  for (const std::string_view word : words) {
    if (text == word) return true;
  }
  return false;
}

void check_reason(const Node& node, Findings& findings) {
  Members members(node, "reason", findings);
  if (!members.ok()) return;
  if (node.members.empty()) {
    findings.error("PS2204", node.span, "the reason says nothing",
                   "give `layer`, `policy`, `sid` or `level`");
  }
  members.word("layer", kLayers);
  for (const char* name : {"policy", "sid", "level"}) members.text(name);
  members.finish();
}

void check_by(const Node& node, Findings& findings) {
  for (const char* name : {"any_of", "all_of"}) {
    if (!node.is_map() || node.find(name) == nullptr) continue;
    Members members(node, "list of reasons", findings);
    const Node* list = members.list(name);
    if (list != nullptr && list->items.empty()) {
      findings.error("PS2204", list->span, "the list of reasons is empty");
    }
    if (list != nullptr) {
      for (const Node& item : list->items) check_reason(item, findings);
    }
    members.finish();
    return;
  }
  check_reason(node, findings);
}

void check_message(const Node& node, Findings& findings) {
  Members members(node, "expected message", findings);
  if (node.is_map() && node.members.empty()) {
    findings.error("PS2204", node.span, "the expected message says nothing",
                   "give `equals`, `contains` or `matches`");
  }
  for (const char* name : {"equals", "contains", "matches"}) members.text(name);
  members.finish();
}

}  // namespace

void check_expectation(const Node& node, Findings& findings) {
  if (is_interpolation(node)) return;
  if (node.is_scalar()) {
    if (is_one_of(node.text, kDecisions)) return;
    findings.error("PS2204", node.span, in_ticks(node.text) + " is no decision",
                   did_you_mean(node.text, std::span<const std::string_view>(kDecisions)));
    return;
  }
  Members members(node, "expectation", findings);
  if (!members.ok()) return;
  members.text("because");
  if (members.has("error")) {
    members.text("error");
    members.finish();
    return;
  }
  members.require("decision");
  members.word("decision", kDecisions);
  if (const Node* by = members.any("by")) check_by(*by, findings);
  if (const Node* message = members.any("message")) check_message(*message, findings);
  for (const char* name : {"missing", "assumptions"}) members.texts(name);
  for (const std::string& layer : members.texts("bypassed").value_or(Names{})) {
    if (is_one_of(layer, kLayers)) continue;
    findings.error("PS2204", members.span_of("bypassed"), in_ticks(layer) + " is no layer",
                   did_you_mean(layer, std::span<const std::string_view>(kLayers)));
  }
  members.finish();
}

}  // namespace policysim::world
