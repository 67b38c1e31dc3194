// Sources: the bytes that were read, and where an offset stands in them.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "policysim/diagnostic.hpp"

namespace policysim::text {

// One text with its name. Line starts are computed on construction; locating takes constant time
// also in a text of a single long line. Immutable, share freely.
class Source {
 public:
  Source(std::string name, std::string text);

  const std::string& name() const noexcept { return name_; }
  std::string_view text() const noexcept { return text_; }
  // Line and column from one; columns count code points. Offsets past the end stand at the end.
  Location locate(std::uint32_t offset) const;
  // The line (from one) without its line end; empty beyond the last.
  std::string_view line(std::uint32_t number) const;
  std::uint32_t line_count() const noexcept;

 private:
  std::uint32_t code_points_before(std::size_t offset) const;

  std::string name_;
  std::string text_;
  std::vector<std::uint32_t> line_starts_;
  std::vector<std::uint32_t> block_starts_;  // code points before each block of kBlock bytes
};

// All sources of one load; SourceSpan::source is an index into it. Addresses are stable. Filled by
// one thread, then read only.
class SourceMap {
 public:
  std::uint32_t add(std::string name, std::string text);
  const Source& operator[](std::uint32_t source) const { return sources_[source]; }
  std::size_t size() const noexcept { return sources_.size(); }
  Location locate(const SourceSpan& span) const;  // of its begin

 private:
  std::deque<Source> sources_;
};

// "file:line:column: error[PS1001]: message", the source line with a caret run under the span (at
// most 120 columns of it, tabs as one blank, control characters escaped), and "help: …". Ends with
// a newline. Spans of an empty SourceMap give the first line only.
std::string render(const Diagnostic& diagnostic, const SourceMap& sources, bool color = false);

// Text from strangers made safe for a terminal: control characters, C1, bidi and invalid UTF-8 as
// \xNN or \u{NNNN}.
std::string escape_terminal(std::string_view text);

}  // namespace policysim::text
