#include "world/interpolation_text.hpp"

#include <array>

namespace policysim::world {
namespace {

using text::Node;

std::string_view trimmed(std::string_view text) noexcept {
  const auto blank = [](char c) { return c == ' ' || c == '\t'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace

std::optional<std::string_view> sole_name(std::string_view text) noexcept {
  constexpr std::string_view kOpen = kInterpolationOpen, kClose = kInterpolationClose;
  if (text.substr(0, kOpen.size()) != kOpen || text.size() < kOpen.size() + kClose.size()) {
    return std::nullopt;
  }
  if (text.find(kClose) != text.size() - kClose.size()) return std::nullopt;
  return trimmed(text.substr(kOpen.size(), text.size() - kOpen.size() - kClose.size()));
}

Node string_node(std::string_view text) {
  Node node;
  node.kind = text::NodeKind::kString;
  node.text = std::string(text);
  return node;
}

const Node* descend(const Node& node, std::string_view path) noexcept {
  const Node* at = &node;
  while (at != nullptr && at->is_map()) {
    if (const Node* whole = at->find(path)) return whole;
    const std::size_t dot = path.find('.');
    if (dot == std::string_view::npos) return nullptr;
    at = at->find(path.substr(0, dot));
    path.remove_prefix(dot + 1);
  }
  return nullptr;
}

bool is_inline_policy(const Node& entry) noexcept {
  if (!entry.is_map()) return false;
  constexpr std::array<std::string_view, 4> kOwn = {"path", "document", "arn", "override"};
  return entry.find("Statement") != nullptr ||
         std::none_of(entry.members.begin(), entry.members.end(), [&](const text::Member& member) {
           return std::find(kOwn.begin(), kOwn.end(), member.key) != kOwn.end();
         });
}

bool has_interpolation(const Node& node) noexcept {
  return node.text.find(kInterpolationOpen) != std::string::npos ||
         std::any_of(node.items.begin(), node.items.end(), has_interpolation) ||
         std::any_of(node.members.begin(), node.members.end(), [](const text::Member& member) {
           return member.key.find(kInterpolationOpen) != std::string::npos ||
                  has_interpolation(member.value);
         });
}

}  // namespace policysim::world
