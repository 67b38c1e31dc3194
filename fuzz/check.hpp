// What the fuzz targets share: a check that stops, and the laws of every tree.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "text/json_writer.hpp"
#include "text/reader.hpp"

// An equation of the target does not hold.
#define PSIM_FUZZ_CHECK(condition)                                                       \
  do {                                                                                   \
    if (!(condition)) {                                                                  \
      std::fprintf(stderr, "%s:%d: check failed: %s\n", __FILE__, __LINE__, #condition); \
      std::abort();                                                                      \
    }                                                                                    \
  } while (false)

namespace policysim::fuzz {

inline bool same_tree(const text::Node& a, const text::Node& b) {
  if (a.kind != b.kind || a.text != b.text || a.items.size() != b.items.size() ||
      a.members.size() != b.members.size()) {
    return false;
  }
  for (std::size_t i = 0; i < a.items.size(); ++i) {
    if (!same_tree(a.items[i], b.items[i])) return false;
  }
  for (std::size_t i = 0; i < a.members.size(); ++i) {
    if (a.members[i].key != b.members[i].key) return false;
    if (!same_tree(a.members[i].value, b.members[i].value)) return false;
  }
  return true;
}

inline void write_tree(const text::Node& node, text::JsonWriter& writer) {
  switch (node.kind) {
    case text::NodeKind::kNull:
      writer.null();
      break;
    case text::NodeKind::kBool:
    case text::NodeKind::kNumber:
      writer.raw(node.text);
      break;
    case text::NodeKind::kString:
      writer.value(node.text);
      break;
    case text::NodeKind::kList:
      writer.begin_array();
      for (const text::Node& item : node.items) write_tree(item, writer);
      writer.end_array();
      break;
    case text::NodeKind::kMap:
      writer.begin_object();
      for (const text::Member& member : node.members) {
        writer.key(member.key);
        write_tree(member.value, writer);
      }
      writer.end_object();
      break;
  }
}

// Children lie inside their parent, in order and apart.
inline void check_spans(const text::Node& node) {
  PSIM_FUZZ_CHECK(node.span.begin <= node.span.end);
  std::uint32_t before = node.span.begin;
  for (const text::Node& item : node.items) {
    PSIM_FUZZ_CHECK(item.span.begin >= before);
    check_spans(item);
    before = item.span.end;
  }
  for (const text::Member& member : node.members) {
    PSIM_FUZZ_CHECK(member.key_span.begin >= before);
    PSIM_FUZZ_CHECK(member.key_span.end >= member.key_span.begin);
    PSIM_FUZZ_CHECK(member.value.span.begin >= member.key_span.end);
    check_spans(member.value);
    before = member.value.span.end;
  }
  PSIM_FUZZ_CHECK(before <= node.span.end);
}

inline std::size_t count_duplicates(const text::Node& node) {
  std::set<std::string_view> keys;
  std::size_t count = 0;
  for (const text::Member& member : node.members) {
    if (!keys.insert(member.key).second) ++count;
    count += count_duplicates(member.value);
  }
  for (const text::Node& item : node.items) count += count_duplicates(item);
  return count;
}

// Each duplicate key is found once and can be drawn.
inline void check_duplicates(const text::Node& tree, const text::SourceMap& sources) {
  std::vector<Diagnostic> found;
  text::find_duplicate_keys(tree, found);
  PSIM_FUZZ_CHECK(found.size() == count_duplicates(tree));
  for (const Diagnostic& duplicate : found) {
    PSIM_FUZZ_CHECK(!text::render(duplicate, sources, true).empty());
  }
}

// A refusal is one finding that points into its text and can be drawn.
inline void check_refusal(const Error& error, const text::SourceMap& sources) {
  PSIM_FUZZ_CHECK(error.diagnostics.size() == 1);
  const Diagnostic& diagnostic = error.diagnostics.front();
  PSIM_FUZZ_CHECK(diagnostic.rule == error.code && !diagnostic.message.empty());
  PSIM_FUZZ_CHECK(diagnostic.message.size() < 300);
  PSIM_FUZZ_CHECK(diagnostic.span.begin <= diagnostic.span.end);
  PSIM_FUZZ_CHECK(diagnostic.span.end <= sources[diagnostic.span.source].text().size());
  const std::string drawn = text::render(diagnostic, sources);
  PSIM_FUZZ_CHECK(drawn.back() == '\n');
  for (const char c : drawn) PSIM_FUZZ_CHECK(c == '\n' || static_cast<unsigned char>(c) >= 0x20);
}

// Reading the tree's own JSON gives the tree again.
inline void check_round_trip(const text::Node& tree, text::JsonStyle style) {
  std::string json;
  text::JsonWriter writer(json, style);
  write_tree(tree, writer);
  text::SourceMap sources;
  const std::uint32_t source = sources.add("written", std::move(json));
  const Result<text::Node> again = text::read(sources, source, text::Syntax::kJson);
  if (!again) {
    // YAML has no bound for numbers, JSON readers do.
    PSIM_FUZZ_CHECK(again.error().code == "PS0103");
    return;
  }
  PSIM_FUZZ_CHECK(same_tree(tree, *again));
}

}  // namespace policysim::fuzz
