#include <algorithm>
#include <string>

#include "policy/elements.hpp"

namespace policysim::policy {
namespace {

std::size_t count_code_points(std::string_view text) noexcept {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

// Length of a string in JSON, with quotes and escapes, in characters or bytes.
std::size_t quoted_size(std::string_view text, bool bytes) noexcept {
  const auto escapes = std::count_if(text.begin(), text.end(), [](char c) {
    return c == '"' || c == '\\' || c == '\n' || c == '\r' || c == '\t';
  });
  return (bytes ? text.size() : count_code_points(text)) + static_cast<std::size_t>(escapes) + 2;
}

// Length as JSON without white space. As deep as the tree, which the reader limits.
std::size_t dense_size(const text::Node& node, bool bytes) noexcept {
  if (node.kind == text::NodeKind::kString) return quoted_size(node.text, bytes);
  const std::size_t entries = node.items.size() + node.members.size();
  const std::size_t commas = entries == 0 ? 0 : entries - 1;
  if (node.is_list()) {
    std::size_t size = 2 + commas;
    for (const text::Node& item : node.items) size += dense_size(item, bytes);
    return size;
  }
  if (node.is_map()) {
    std::size_t size = 2 + commas;
    for (const text::Member& member : node.members) {
      size += quoted_size(member.key, bytes) + 1 + dense_size(member.value, bytes);
    }
    return size;
  }
  return node.is_null() ? 4 : node.text.size();
}

// Does the tree's span show the document as AWS stores it? Not YAML, nor JSON inside a string.
bool is_plain_json(const text::Node& root) noexcept {
  const text::Member& first = root.members.front();
  return first.key_span.end - first.key_span.begin == first.key.size() + 2;
}

struct Limit {
  std::size_t size = 0;
  SizeCount count = SizeCount::kBytes;
};

Limit limit_of(const Document& document, const TypeRules& rules) {
  if (rules.type != PolicyType::kResource) return {rules.limit, rules.count};
  constexpr std::size_t kBucketPolicy = 20480;
  for (const Statement& statement : document.statements) {
    for (const Text& action : statement.action.texts.values) {
      if (action.value.starts_with("s3:")) return {kBucketPolicy, SizeCount::kBytes};
    }
  }
  return {};
}

std::size_t measure(const text::Node& root, SizeCount count) noexcept {
  const bool bytes = count == SizeCount::kBytes;
  const std::size_t dense = dense_size(root, bytes);
  if (count == SizeCount::kCharactersWithoutBlanks || !is_plain_json(root)) return dense;
  const std::size_t stored = root.span.end - root.span.begin;
  if (bytes) return stored;
  const std::size_t continuation = dense_size(root, true) - dense;
  return stored > continuation ? stored - continuation : stored;
}

}  // namespace

void check_size(const text::Node& root, const Document& document, Context& context) {
  const Limit limit = limit_of(document, context.rules);
  if (limit.size == 0 || root.members.empty()) return;
  // JSON is never longer without its blanks; YAML may be a quarter of what it says.
  const std::size_t written = root.span.end - root.span.begin;
  if (written * (context.plain_scalars ? 4 : 1) <= limit.size) return;
  const std::size_t size = measure(root, limit.count);
  if (size <= limit.size) return;
  const bool raisable = context.rules.type == PolicyType::kTrust;
  context.findings.add("PS1010", root.span,
                       "policy has " + std::to_string(size) +
                           (limit.count == SizeCount::kBytes ? " bytes" : " characters") +
                           ", the limit for " + std::string(context.rules.plural) + " is " +
                           std::to_string(limit.size),
                       raisable ? "the quota can be raised to 4096" : std::string());
}

}  // namespace policysim::policy
