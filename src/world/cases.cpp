#include "world/cases.hpp"

#include <algorithm>
#include <array>

#include "world/members.hpp"
#include "world/request_shape.hpp"

namespace policysim::world {
namespace {

using text::Node;

bool is_case_id(std::string_view text) noexcept {
  constexpr std::string_view kLetters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.:/-";
  return !text.empty() && text.find_first_not_of(kLetters) == std::string_view::npos;
}

void check_patch(const Node& patch, Findings& findings) {
  constexpr std::array<std::string_view, 9> kSections = {
      "defaults",   "policies", "organization", "organizations", "accounts",
      "principals", "groups",   "resources",    "vpc_endpoints"};
  for (const text::Member& member : patch.members) {
    if (std::find(kSections.begin(), kSections.end(), member.key) != kSections.end()) continue;
    findings.error("PS2002", member.key_span,
                   "unknown member " + in_ticks(member.key) + " of a world",
                   did_you_mean(member.key, std::span<const std::string_view>(kSections)));
  }
}

std::shared_ptr<const Node> read_patch(Members& members, Findings& findings) {
  const Node* patch = members.map("with");
  return patch != nullptr ? world::read_patch(*patch, findings) : nullptr;
}

void read_requests(const Node& node, Step& out, Findings& findings) {
  out.span = node.span;
  out.listed = node.is_list();
  if (!out.listed) {
    out.requests.push_back(node);
  } else if (node.items.empty()) {
    findings.error("PS2202", node.span, "the list of requests is empty",
                   "a call without any authorization is `steps: []`");
  } else {
    out.requests = node.items;
  }
  for (const Node& request : out.requests) {
    check_request_shape(request, RequestForm::kFixture, findings);
  }
}

void read_steps(const Node& list, Case& out, Findings& findings) {
  out.stepwise = true;
  for (const Node& item : list.items) {
    Members members(item, "step", findings);
    if (!members.ok()) continue;
    Step step;
    step.patch = read_patch(members, findings);
    members.require("request");
    if (const Node* request = members.any("request")) read_requests(*request, step, findings);
    members.finish();
    out.steps.push_back(std::move(step));
  }
}

std::string reason(Members& members, std::string_view name, Findings& findings) {
  const auto text = members.text(name);
  if (text && text->empty()) {
    findings.error("PS2006", members.span_of(name), "`" + std::string(name) + "` needs a reason");
  }
  return text.value_or("");
}

Case read_case(const Node& node, Findings& findings) {
  Members members(node, "case", findings);
  Case out;
  out.span = node.span;
  if (!members.ok()) return out;
  read_case_head(members, "case", out, findings);
  if (const Node* expect = members.any("expect")) {
    check_expectation(*expect, findings);
    out.expect = *expect;
  }
  members.finish();
  return out;
}

}  // namespace

std::shared_ptr<const Node> read_patch(const Node& patch, Findings& findings) {
  check_patch(patch, findings);
  return std::make_shared<const Node>(patch);
}

void read_case_head(Members& members, std::string_view what, Case& out, Findings& findings) {
  members.require("id");
  out.id = members.text("id").value_or("");
  if (members.has("id") && !is_case_id(out.id)) {
    findings.error("PS2201", members.span_of("id"),
                   in_ticks(out.id) + " is no id of a " + std::string(what),
                   "ids are made of letters, digits and `_ . : / -`");
  }
  out.name = members.text("name").value_or("");
  out.tags = members.texts("tags").value_or(Names{});
  out.skip = reason(members, "skip", findings);
  out.todo = reason(members, "todo", findings);
  out.only = members.flag("only").value_or(false);
  if (auto patch = read_patch(members, findings)) out.patches.push_back(std::move(patch));
  if (members.has("request") == members.has("steps")) {
    findings.error("PS2202", members.span(),
                   "a " + std::string(what) + " needs exactly one of `request` and `steps`");
  }
  if (const Node* request = members.any("request")) {
    out.steps.emplace_back();
    read_requests(*request, out.steps.back(), findings);
  }
  if (const Node* steps = members.list("steps")) read_steps(*steps, out, findings);
}

void claim_id(const Case& item, const SourceSpan& span, CaseIds& ids, Findings& findings) {
  if (item.id.empty() || ids.insert(item.id).second) return;
  findings.error("PS2203", span, "two cases have the id " + in_ticks(item.id));
}

std::vector<Case> read_cases(const Node& section, Interpolator& names, Findings& findings) {
  std::vector<Case> out;
  CaseIds ids;
  if (!expect_kind(section, text::NodeKind::kList, "`cases`", findings)) return out;
  for (const Node& item : section.items) {
    Node expanded = item;
    for (text::Member& member : expanded.members) {
      if (member.key == "name" || member.key == "skip" || member.key == "todo") {
        names.expand(member.value, findings);
      }
    }
    Case read = read_case(expanded, findings);
    const Node* id = item.find("id");
    if (id != nullptr) claim_id(read, id->span, ids, findings);
    out.push_back(std::move(read));
  }
  return out;
}

}  // namespace policysim::world
