// Reading a map by its members: each is asked for by name, what nobody asked for is unknown.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "request/request.hpp"
#include "text/node.hpp"
#include "world/data.hpp"
#include "world/findings.hpp"

namespace policysim::world {

// Nulls, wrong types and unknown members become findings; the reader then goes on as if the member
// were not there. Lives no longer than the node and the findings.
class Members {
 public:
  // `what` names the map in messages: "case", "principal". A node that is no map is a finding.
  Members(const text::Node& node, std::string_view what, Findings& findings);

  bool ok() const noexcept { return map_; }
  const SourceSpan& span() const noexcept { return node_.span; }
  Findings& findings() const noexcept { return findings_; }

  const text::Node* any(std::string_view name);       // null is a finding
  const text::Node* nullable(std::string_view name);  // null is a value
  const text::Node* map(std::string_view name);
  const text::Node* list(std::string_view name);
  std::optional<std::string> text(std::string_view name);
  std::optional<bool> flag(std::string_view name);
  std::optional<std::string> count(std::string_view name);
  std::optional<std::string> date(std::string_view name);
  std::optional<Names> texts(std::string_view name);
  std::optional<Tags> tags(std::string_view name);
  // One of `words`, as its position.
  std::optional<std::size_t> word(std::string_view name, std::span<const std::string_view> words);
  std::vector<request::ContextEntry> context(std::string_view name);

  // A finding when `name` is not there.
  void require(std::string_view name);
  bool has(std::string_view name) const noexcept { return node_.find(name) != nullptr; }
  // The place to show for a member: its value, else the whole map.
  const SourceSpan& span_of(std::string_view name) const noexcept;
  // Findings for all members that nobody asked for. Call it last.
  void finish();

 private:
  const text::Node& node_;
  std::string what_;
  Findings& findings_;
  bool map_ = false;
  std::vector<std::string_view> asked_;
};

// The same checks for single nodes. `what` names the value in messages.
std::optional<std::string> read_text(const text::Node& node, std::string_view what,
                                     Findings& findings);
std::optional<bool> read_flag(const text::Node& node, std::string_view what, Findings& findings);
std::optional<std::string> read_date(const text::Node& node, std::string_view what,
                                     Findings& findings);
std::optional<Names> read_texts(const text::Node& node, std::string_view what, Findings& findings);
std::optional<Tags> read_tags(const text::Node& node, std::string_view what, Findings& findings);
// Scalar, list, null (absent) or {unknown: true}; keys are `prefix:name`.
std::vector<request::ContextEntry> read_context(const text::Node& node, std::string_view what,
                                                Findings& findings);
bool expect_kind(const text::Node& node, text::NodeKind kind, std::string_view what,
                 Findings& findings);

// Is it a name of an entry: a letter, digit or `_`, then also `. / @ + = , -`?
bool is_entry_name(std::string_view text) noexcept;

}  // namespace policysim::world
