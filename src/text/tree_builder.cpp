#include "text/tree_builder.hpp"

#include <algorithm>
#include <utility>

namespace policysim::text {

Diagnostic finding(std::string_view rule, std::string message, std::string help, SourceSpan span) {
  Diagnostic diagnostic;
  diagnostic.rule = rule;
  diagnostic.message = std::move(message);
  diagnostic.help = std::move(help);
  diagnostic.span = span;
  return diagnostic;
}

Error failure(Diagnostic diagnostic) {
  Error error{diagnostic.rule, diagnostic.message, {}};
  error.diagnostics.push_back(std::move(diagnostic));
  return error;
}

SourceSpan TreeBuilder::span(std::size_t begin, std::size_t end) const noexcept {
  return {source_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

bool TreeBuilder::is_open(const Node* node) const noexcept {
  return std::find(open_.begin(), open_.end(), node) != open_.end();
}

void TreeBuilder::key(std::string_view text, SourceSpan key_span) {
  std::vector<Member>& members = open_.back()->members;
  if (members.empty()) members.reserve(3);  // few objects have one member
  Member& member = members.emplace_back();
  member.key = text;
  member.key_span = key_span;
  has_key_ = true;
}

Node& TreeBuilder::next_place() {
  if (open_.empty()) return root_;
  Node& parent = *open_.back();
  if (parent.is_list()) return parent.items.emplace_back();
  has_key_ = false;
  return parent.members.back().value;
}

bool TreeBuilder::count(std::size_t node_count, SourceSpan node_span) {
  if (node_count <= limits_.nodes - node_count_) {
    node_count_ += node_count;
    return true;
  }
  error_ = finding("PS0014", "more than " + std::to_string(limits_.nodes) + " values in one text",
                   "split the document", node_span);
  return false;
}

bool TreeBuilder::add(Node node, std::size_t node_count) {
  if (!count(node_count, node.span)) return false;
  next_place() = std::move(node);
  return true;
}

bool TreeBuilder::open(NodeKind kind, std::size_t begin) {
  const SourceSpan start = span(begin, begin + 1);
  if (open_.size() >= limits_.depth) {
    error_ = finding("PS0013", "nested deeper than " + std::to_string(limits_.depth) + " levels",
                     {}, start);
    return false;
  }
  if (!count(1, start)) return false;
  Node& node = next_place();
  node.kind = kind;
  node.span = start;
  open_.push_back(&node);
  return true;
}

void TreeBuilder::close(std::size_t end) {
  open_.back()->span.end = static_cast<std::uint32_t>(end);
  open_.pop_back();
}

}  // namespace policysim::text
