#include "world/interpolate.hpp"

#include <algorithm>
#include <optional>

#include "values/arn.hpp"

namespace policysim::world {
namespace {

using text::Node;
using text::NodeKind;

constexpr std::size_t kMostCopied = 250'000;
constexpr std::string_view kOpen = kInterpolationOpen, kClose = kInterpolationClose;

// What a copy costs: nodes, and long texts by their length.
std::size_t size_of(const Node& node) noexcept {
  std::size_t size = 1 + node.text.size() / 100;
  for (const Node& item : node.items) size += size_of(item);
  for (const text::Member& member : node.members) size += size_of(member.value);
  return size;
}

void index_entries(const Node& world, std::string_view section,
                   std::unordered_map<std::string_view, const Node*>& index) {
  const Node* entries = world.find(section);
  if (entries == nullptr) return;
  for (const text::Member& member : entries->members) index.emplace(member.key, &member.value);
}

}  // namespace

Interpolator::Interpolator(const Node& vars, const Node& world) : vars_(vars) {
  index_entries(world, "principals", principals_);
  index_entries(world, "resources", resources_);
  index_entries(world, "vpc_endpoints", endpoints_);
  const Node* accounts = world.find("accounts");
  if (accounts == nullptr) return;
  for (const text::Member& member : accounts->members) {
    const Node* name = member.value.find("name");
    if (name != nullptr && name->is_scalar()) accounts_.emplace(name->text, &member);
  }
}

bool Interpolator::copy(const Node& value, Node& out, Findings& findings) {
  if (copied_ > kMostCopied) return false;  // reported already
  copied_ += size_of(value);
  if (copied_ > kMostCopied) {
    findings.error("PS2011", value.span, "interpolation makes the fixture too large");
    return false;
  }
  out = value;
  expand(out, findings);
  return true;
}

bool Interpolator::entry_attribute(const Node& entry, std::string_view rest, Node& out,
                                   Findings& findings) {
  constexpr std::string_view kTags = "tags.";
  if (rest.substr(0, kTags.size()) == kTags) {
    const std::string_view key = rest.substr(kTags.size());
    const Node* session = entry.find("session");
    for (const Node* holder : {session, &entry}) {  // session tags hide the role's
      const Node* written = holder != nullptr ? holder->find("tags") : nullptr;
      Node tags;  // may be an interpolation itself
      if (written == nullptr || !copy(*written, tags, findings)) continue;
      const Node* tag = tags.find(key);
      if (tag == nullptr) continue;
      out = *tag;
      return true;
    }
    return false;
  }
  const Node* value = nullptr;
  if (rest == "arn") {
    for (const char* member : {"arn", "service", "federated"}) {
      if (value == nullptr) value = entry.find(member);
    }
  } else if (rest == "account" || rest == "id" || rest == "vpc") {
    value = entry.find(rest);
  }
  if (value != nullptr) return copy(*value, out, findings);
  Node arn;
  if (rest != "account" || !entry_attribute(entry, "arn", arn, findings)) return false;
  const auto parts = values::split_arn(arn.text);
  if (!parts || parts->account().empty()) return false;
  out = string_node(parts->account());
  return true;
}

bool Interpolator::find_split(std::string_view base, std::string_view rest, Node& out,
                              Findings& findings) {
  if (const Node* variable = vars_.find(base)) {
    const Node* value = rest.empty() ? variable : descend(*variable, rest);
    if (value != nullptr) return copy(*value, out, findings);
  }
  for (const Index* index : {&principals_, &resources_, &endpoints_}) {
    const auto found = index->find(base);
    if (found == index->end()) continue;
    if (!rest.empty()) return entry_attribute(*found->second, rest, out, findings);
    out = string_node(base);  // requests refer to entries by name
    return true;
  }
  const auto account = accounts_.find(base);
  if (account == accounts_.end() || !rest.empty()) return false;
  const text::Member& member = *account->second;
  out = string_node(expand_text(member.key, member.key_span, findings));
  return true;
}

// The longest name that fits wins: the whole text first, then up to each dot from the right.
bool Interpolator::find(std::string_view name, Node& out, Findings& findings) {
  if (find_split(name, {}, out, findings)) return true;
  for (std::size_t dot = name.rfind('.'); dot != std::string_view::npos && dot > 0;
       dot = name.rfind('.', dot - 1)) {
    if (find_split(name.substr(0, dot), name.substr(dot + 1), out, findings)) return true;
  }
  return false;
}

std::string Interpolator::suggest(std::string_view name) const {
  std::vector<std::string_view> names;
  for (const text::Member& member : vars_.members) names.push_back(member.key);
  for (const Index* index : {&principals_, &resources_, &endpoints_}) {
    for (const auto& entry : *index) names.push_back(entry.first);
  }
  for (const auto& account : accounts_) names.push_back(account.first);
  std::sort(names.begin(), names.end());
  return did_you_mean(name, std::span<const std::string_view>(names));
}

std::string Interpolator::expand_text(const std::string& text, const SourceSpan& span,
                                      Findings& findings) {
  std::string out;
  std::size_t at = 0;
  for (std::size_t open; (open = text.find(kOpen, at)) != std::string::npos;) {
    const std::size_t close = text.find(kClose, open);
    if (close == std::string::npos) {
      findings.error("PS2011", span, "`${{` without `}}`", "write `${{ name }}`");
      break;
    }
    Node value = string_node(text.substr(open, close + kClose.size() - open));
    value.span = span;
    const std::string written = value.text;
    expand_string(value, findings);
    if (!value.is_scalar()) {
      findings.error("PS2011", span,
                     in_ticks(written) + " is a " + std::string(text::kind_name(value.kind)) +
                         " and cannot stand inside other text");
    }
    out.append(text, at, open - at);
    out += value.text;
    at = close + kClose.size();
  }
  out.append(text, at);
  return out;
}

void Interpolator::expand_string(Node& node, Findings& findings) {
  const SourceSpan span = node.span;
  const auto name = sole_name(node.text);
  if (!name) {
    node.text = expand_text(node.text, span, findings);
    return;
  }
  const std::string wanted(*name);
  constexpr std::size_t kDeepest = 50;
  if (std::find(active_.begin(), active_.end(), wanted) != active_.end() ||
      active_.size() >= kDeepest) {
    findings.error("PS2010", span, in_ticks(wanted) + " is defined by itself");
    return;
  }
  active_.push_back(wanted);
  Node value;
  const std::size_t before = findings.list().size();
  const bool found = !wanted.empty() && find(wanted, value, findings);
  active_.pop_back();
  if (found) {
    node = std::move(value);
    node.span = span;
  } else if (findings.list().size() == before && copied_ <= kMostCopied) {
    findings.error("PS2009", span, "nothing is called " + in_ticks(wanted), suggest(wanted));
  }
}

void Interpolator::expand(Node& node, Findings& findings) {
  if (node.kind == NodeKind::kString && node.text.find(kOpen) != std::string::npos) {
    expand_string(node, findings);
    return;
  }
  visit_parts(
      node, [&](Node& part) { expand(part, findings); },
      [&](const text::Member& member) {
        return expand_text(member.key, member.key_span, findings);
      });
}

void Interpolator::expand_world(Node& world, Findings& findings) {
  visit_outside_policies(world, [&](Node& node) { expand(node, findings); });
}

bool Interpolator::knows(std::string_view name) const {
  const auto holds = [&](const Index* index) { return index->count(name) != 0; };
  return vars_.find(name) != nullptr || holds(&principals_) || holds(&resources_) ||
         holds(&endpoints_) || accounts_.count(name) != 0;
}

bool Interpolator::lookup(std::string_view name, Node& out, Findings& findings) {
  return find(name, out, findings);
}

}  // namespace policysim::world
