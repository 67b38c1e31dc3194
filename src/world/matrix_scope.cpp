#include "world/matrix_scope.hpp"

#include <algorithm>

#include "world/interpolation_text.hpp"

namespace policysim::world {
namespace {

using text::Node;

constexpr std::string_view kOpen = kInterpolationOpen, kClose = kInterpolationClose;

// What an entry of the world can be asked for.
bool is_world_attribute(std::string_view name) noexcept {
  return name == "arn" || name == "account" || name == "id" || name == "vpc" ||
         name.substr(0, 5) == "tags.";
}

std::string written(std::string_view name) {
  return std::string(kOpen) + " " + std::string(name) + " " + std::string(kClose);
}

std::size_t nodes_of(const Node& node) noexcept {
  std::size_t nodes = 1 + node.text.size() / 100;
  for (const Node& item : node.items) nodes += nodes_of(item);
  for (const text::Member& member : node.members) nodes += nodes_of(member.value);
  return nodes;
}

}  // namespace

CellScope::Found CellScope::attribute(std::uint32_t dimension, std::string_view attribute,
                                      Node& out, Findings& findings) {
  const DimensionValue& value = value_of(dimension);
  if (const Node* own = descend(value.attributes, attribute)) {
    constexpr std::size_t kMostCopied = 100'000, kDeepest = 50;
    const std::string name = matrix_.dimensions[dimension].name + "." + std::string(attribute);
    const bool cyclic = std::find(active_.begin(), active_.end(), name) != active_.end();
    copied_ += nodes_of(*own);
    if (cyclic || active_.size() >= kDeepest) {
      findings.error("PS2010", own->span, in_ticks(name) + " is defined by itself");
      return Found::kNo;
    }
    if (copied_ > kMostCopied) {
      findings.error("PS2011", own->span, "interpolation makes the fixture too large");
      return Found::kNo;
    }
    out = *own;
    active_.push_back(name);
    expand(out, findings);
    active_.pop_back();
    return Found::kYes;
  }
  if (!is_world_attribute(attribute)) return Found::kNo;
  out = string_node(written(value.name + "." + std::string(attribute)));
  out.span = value.span;
  return Found::kInWorld;
}

bool CellScope::replace_split(const Dimension& dimension, const DimensionValue& value,
                              std::string_view rest, const SourceSpan& span, Node& out,
                              Findings& findings) {
  if (rest.empty()) {
    out = string_node(value.name);
    return true;
  }
  const std::size_t before = findings.list().size();
  const auto index = static_cast<std::uint32_t>(&dimension - matrix_.dimensions.data());
  if (attribute(index, rest, out, findings) != Found::kNo) return true;
  if (findings.list().size() != before) return false;
  std::vector<std::string> known;
  for (const text::Member& member : value.attributes.members) known.push_back(member.key);
  findings.error("PS2009", span,
                 "the value " + in_ticks(value.name) + " of " + in_ticks(dimension.name) +
                     " has no attribute " + in_ticks(rest),
                 did_you_mean(rest, known));
  return false;
}

// The longest name that fits wins; at equal length dimensions come first.
bool CellScope::replace(std::string_view name, const SourceSpan& span, Node& out,
                        Findings& findings) {
  for (std::size_t end = name.size(); end != std::string_view::npos && end > 0;
       end = name.rfind('.', end - 1)) {
    const std::string_view base = name.substr(0, end);
    for (std::size_t i = 0; i < matrix_.dimensions.size(); ++i) {
      if (matrix_.dimensions[i].name != base) continue;
      const std::string_view rest = end < name.size() ? name.substr(end + 1) : std::string_view();
      return replace_split(matrix_.dimensions[i], value_of(i), rest, span, out, findings);
    }
    if (names_.knows(base)) return false;
  }
  return false;
}

std::string CellScope::expand_text(const std::string& text, const SourceSpan& span,
                                   Findings& findings) {
  std::string out;
  std::size_t at = 0;
  for (std::size_t open; (open = text.find(kOpen, at)) != std::string::npos;) {
    const std::size_t close = text.find(kClose, open);
    if (close == std::string::npos) break;  // reported when the rest is resolved
    const std::string part = text.substr(open, close + kClose.size() - open);
    out.append(text, at, open - at);
    Node value;
    if (!replace(sole_name(part).value_or(std::string_view()), span, value, findings)) {
      out += part;
    } else if (value.is_scalar()) {
      out += value.text;
    } else {
      findings.error("PS2011", span,
                     in_ticks(part) + " is a " + std::string(text::kind_name(value.kind)) +
                         " and cannot stand inside other text");
    }
    at = close + kClose.size();
  }
  out.append(text, at);
  return out;
}

void CellScope::expand_string(Node& node, Findings& findings) {
  const auto name = sole_name(node.text);
  if (!name) {
    node.text = expand_text(node.text, node.span, findings);
    return;
  }
  const SourceSpan span = node.span;
  Node value;
  if (!replace(*name, span, value, findings)) return;
  node = std::move(value);
  node.span = span;
}

void CellScope::expand(Node& node, Findings& findings) {
  if (node.kind == text::NodeKind::kString && node.text.find(kOpen) != std::string::npos) {
    expand_string(node, findings);
    return;
  }
  visit_parts(
      node, [&](Node& part) { expand(part, findings); },
      [&](const text::Member& member) {
        return expand_text(member.key, member.key_span, findings);
      });
}

void CellScope::expand_patch(Node& patch, Findings& findings) {
  for (text::Member& section : patch.members) {
    if (section.key.find(kOpen) != std::string::npos) {
      section.key = expand_text(section.key, section.key_span, findings);
    }
  }
  visit_outside_policies(patch, [&](Node& node) { expand(node, findings); });
}

}  // namespace policysim::world
