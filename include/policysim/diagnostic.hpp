// What is wrong with a document, where it stands, and what helps.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace policysim {

// A range of bytes, half-open, in one source of a SourceMap. Immutable value.
struct SourceSpan {
  std::uint32_t source = 0;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  friend bool operator==(const SourceSpan&, const SourceSpan&) = default;
};

enum class Severity : std::uint8_t { kError, kSecurityWarning, kWarning, kSuggestion };

// One finding. `rule` is the number for output ("PS1203"); names stand in catalog/rules.
struct Diagnostic {
  std::string rule;
  std::string message;  // lower case, no final stop, user text in back-ticks
  std::string help;     // empty when nothing helps
  Severity severity = Severity::kError;
  SourceSpan span;
  std::vector<SourceSpan> related;
};

// Line and column count from one, columns in code points.
struct Location {
  std::string file;
  std::uint32_t line = 0;
  std::uint32_t column = 0;

  friend bool operator==(const Location&, const Location&) = default;
};

}  // namespace policysim
