// What the JSON and the YAML reader share: a tree that grows in place within the limits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/quoted.hpp"
#include "text/reader.hpp"

namespace policysim::text {

Diagnostic finding(std::string_view rule, std::string message, std::string help, SourceSpan span);
// The failure of a read whose one finding is `diagnostic`.
Error failure(Diagnostic diagnostic);
// User text for a message: in back-ticks, long text shortened.
inline std::string quoted(std::string_view text) { return base::quoted(text, 60); }

// Values arrive in document order; after key() comes its value. A child is complete before its
// parent gets another one, so the open containers can be kept by address. One per read.
class TreeBuilder {
 public:
  TreeBuilder(std::uint32_t source, const ReadLimits& limits) : source_(source), limits_(limits) {}

  SourceSpan span(std::size_t begin, std::size_t end) const noexcept;

  // The innermost open container, or null outside of all.
  const Node* top() const noexcept { return open_.empty() ? nullptr : open_.back(); }
  bool is_open(const Node* node) const noexcept;
  std::size_t depth() const noexcept { return open_.size(); }
  bool expects_key() const noexcept { return !open_.empty() && top()->is_map() && !has_key_; }
  bool has_key() const noexcept { return has_key_; }
  const Node& root() const noexcept { return root_; }

  void key(std::string_view text, SourceSpan span);
  // Both are false when a limit is reached; error() then says which.
  bool add(Node node, std::size_t node_count = 1);
  bool open(NodeKind kind, std::size_t begin);
  void close(std::size_t end);

  const std::optional<Diagnostic>& error() const noexcept { return error_; }
  void fail(Diagnostic diagnostic) { error_ = std::move(diagnostic); }
  Node take() && { return std::move(root_); }

 private:
  Node& next_place();
  bool count(std::size_t node_count, SourceSpan span);

  std::uint32_t source_;
  const ReadLimits& limits_;
  Node root_;
  std::vector<Node*> open_;
  bool has_key_ = false;
  std::size_t node_count_ = 0;
  std::optional<Diagnostic> error_;
};

// The two readers, each one file. The text is valid UTF-8 without NUL, at most 2 GiB.
Result<Node> read_json(std::string_view text, std::uint32_t source, const ReadLimits& limits);
Result<Node> read_yaml(std::string_view text, std::uint32_t source, const ReadLimits& limits);

// U+FEFF as some editors write it in front of UTF-8 text.
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace policysim::text
