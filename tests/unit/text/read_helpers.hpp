// Reading a text in a test, finding nodes by path, and comparing what they cover.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "text/reader.hpp"

namespace policysim::text {

struct Reading {
  explicit Reading(std::string text, Syntax syntax = Syntax::kAuto, const ReadLimits& limits = {})
      : source(sources.add("t", std::move(text))), tree(read(sources, source, syntax, limits)) {}

  std::string_view covered(const SourceSpan& span) const {
    return sources[source].text().substr(span.begin, span.end - span.begin);
  }

  // "a/0/b": members by name and items by index; null where the path ends early.
  const Node* at(std::string_view path) const {
    const Node* node = tree ? &*tree : nullptr;
    while (node != nullptr && !path.empty()) {
      const std::string_view step = path.substr(0, path.find('/'));
      path.remove_prefix(std::min(path.size(), step.size() + 1));
      if (!node->is_list()) {
        node = node->find(step);
        continue;
      }
      const std::size_t index = std::stoul(std::string(step));
      node = index < node->items.size() ? &node->items[index] : nullptr;
    }
    return node;
  }

  // "PS0101 1:5 message", or "read" if there is no error.
  std::string error() const {
    if (tree) return "read";
    if (tree.error().diagnostics.size() != 1) return "not one diagnostic";
    const Diagnostic& diagnostic = tree.error().diagnostics.front();
    EXPECT_EQ(diagnostic.rule, tree.error().code);
    EXPECT_EQ(diagnostic.message, tree.error().message);
    const Location location = sources.locate(diagnostic.span);
    return diagnostic.rule + " " + std::to_string(location.line) + ":" +
           std::to_string(location.column) + " " + diagnostic.message;
  }

  std::string help() const { return tree ? "" : tree.error().diagnostics.front().help; }

  SourceMap sources;
  std::uint32_t source;
  Result<Node> tree;
};

// One expectation about a node: `key` is what the key's span covers, if the path ends in one.
struct SpanCase {
  std::string_view text;
  std::string_view path;
  NodeKind kind;
  std::string_view value;    // Node::text
  std::string_view covered;  // by Node::span
};

inline void check_span(const SpanCase& row, Syntax syntax) {
  SCOPED_TRACE(std::string(row.text) + " at " + std::string(row.path));
  const Reading reading{std::string(row.text), syntax};
  ASSERT_EQ(reading.error(), "read");
  const Node* node = reading.at(row.path);
  ASSERT_NE(node, nullptr);
  EXPECT_EQ(kind_name(node->kind), kind_name(row.kind));
  EXPECT_EQ(node->text, row.value);
  EXPECT_EQ(reading.covered(node->span), row.covered);
}

struct ErrorCase {
  std::string_view text;
  std::string_view error;  // as Reading::error()
  std::string_view help;
};

inline void check_error(const ErrorCase& row, Syntax syntax) {
  SCOPED_TRACE(std::string(row.text));
  const Reading reading{std::string(row.text), syntax};
  EXPECT_EQ(reading.error(), row.error);
  EXPECT_EQ(reading.help(), row.help);
}

}  // namespace policysim::text
