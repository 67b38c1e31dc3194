#include "world/expectation.hpp"

#include <array>

#include "catalog/rules.hpp"
#include "world/cases.hpp"
#include "world/members.hpp"
#include "world/regex.hpp"

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

ReasonMatch read_reason(const Node& node, Findings& findings) {
  ReasonMatch out;
  Members members(node, "reason", findings);
  if (!members.ok()) return out;
  if (node.members.empty()) {
    findings.error("PS2204", node.span, "the reason says nothing",
                   "give `layer`, `policy`, `sid` or `level`");
  }
  if (const auto layer = members.word("layer", kLayers)) out.layer = std::string(kLayers[*layer]);
  out.policy = members.text("policy");
  out.sid = members.text("sid");
  out.level = members.text("level");
  members.finish();
  return out;
}

void read_by(const Node& node, Expectation& out, Findings& findings) {
  for (const char* name : {"any_of", "all_of"}) {
    if (!node.is_map() || node.find(name) == nullptr) continue;
    Members members(node, "list of reasons", findings);
    const Node* list = members.list(name);
    if (list != nullptr && list->items.empty()) {
      findings.error("PS2204", list->span, "the list of reasons is empty");
    }
    if (list != nullptr) {
      for (const Node& item : list->items) out.by.push_back(read_reason(item, findings));
    }
    out.by_all = std::string_view(name) == "all_of";
    members.finish();
    return;
  }
  out.by.push_back(read_reason(node, findings));
}

MessageMatch read_message(const Node& node, Findings& findings) {
  MessageMatch out;
  Members members(node, "expected message", findings);
  if (node.is_map() && node.members.empty()) {
    findings.error("PS2204", node.span, "the expected message says nothing",
                   "give `equals`, `contains` or `matches`");
  }
  out.equals = members.text("equals");
  out.contains = members.text("contains");
  out.matches = members.text("matches");
  members.finish();
  if (out.matches) {
    const std::string error = regex_error(*out.matches);
    if (!error.empty()) {
      findings.error("PS2204", members.span_of("matches"), "the pattern cannot be used: " + error);
    }
  }
  return out;
}

void read_layers(Members& members, Expectation& out, Findings& findings) {
  out.bypassed = members.texts("bypassed");
  for (const std::string& layer : out.bypassed.value_or(Names{})) {
    if (is_one_of(layer, kLayers)) continue;
    findings.error("PS2204", members.span_of("bypassed"), in_ticks(layer) + " is no layer",
                   did_you_mean(layer, std::span<const std::string_view>(kLayers)));
  }
}

}  // namespace

bool is_decision_word(std::string_view text) noexcept { return is_one_of(text, kDecisions); }

std::vector<std::string> decision_words() { return {kDecisions.begin(), kDecisions.end()}; }

Expectation read_expectation(const Node& node, Findings& findings) {
  Expectation out;
  if (node.is_scalar()) {
    out.decision = node.text;
    if (is_decision_word(node.text)) return out;
    findings.error("PS2204", node.span, in_ticks(node.text) + " is no decision",
                   did_you_mean(node.text, std::span<const std::string_view>(kDecisions)));
    return out;
  }
  Members members(node, "expectation", findings);
  if (!members.ok()) return out;
  out.because = members.text("because").value_or("");
  if (members.has("error")) {
    out.error = members.text("error").value_or("");
    if (catalog::find_rule(out.error) == nullptr) {
      findings.error("PS2204", members.span_of("error"), "there is no rule " + in_ticks(out.error));
    }
    members.finish();
    return out;
  }
  members.require("decision");
  if (const auto word = members.word("decision", kDecisions)) out.decision = kDecisions[*word];
  if (const Node* by = members.any("by")) read_by(*by, out, findings);
  if (const Node* message = members.any("message")) out.message = read_message(*message, findings);
  out.missing = members.texts("missing");
  out.assumptions = members.texts("assumptions");
  read_layers(members, out, findings);
  members.finish();
  return out;
}

void check_expectation(const Node& node, Findings& findings) {
  if (!is_interpolation(node)) read_expectation(node, findings);
}

}  // namespace policysim::world
