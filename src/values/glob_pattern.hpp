// The two forms of a pattern, read token by token in both directions without storing anything.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "values/glob.hpp"

namespace policysim::values {

// A token and the position on its far side, in the direction of reading.
struct ReadToken {
  GlobToken token;
  std::size_t position = 0;
};

// Positions count tokens.
class TokenPattern {
 public:
  explicit TokenPattern(std::span<const GlobToken> tokens) noexcept : tokens_(tokens) {}

  std::size_t size() const noexcept { return tokens_.size(); }
  ReadToken read(std::size_t at) const noexcept { return {tokens_[at], at + 1}; }
  ReadToken read_back(std::size_t at) const noexcept { return {tokens_[at - 1], at - 1}; }

 private:
  std::span<const GlobToken> tokens_;
};

// Positions count bytes; a literal reaches from one wildcard to the next. One per thread: it
// remembers the literal read last, as a search reads the same one again and again.
class TextPattern {
 public:
  explicit TextPattern(std::string_view text) noexcept : text_(text) {}

  std::size_t size() const noexcept { return text_.size(); }
  ReadToken read(std::size_t at) const noexcept {
    if (is_wildcard(text_[at])) return {wildcard(text_[at]), at + 1};
    if (at != begin_) {
      begin_ = end_ = at;
      while (end_ < text_.size() && !is_wildcard(text_[end_])) ++end_;
    }
    return {literal(), end_};
  }
  ReadToken read_back(std::size_t at) const noexcept {
    if (is_wildcard(text_[at - 1])) return {wildcard(text_[at - 1]), at - 1};
    if (at != end_) {
      begin_ = end_ = at;
      while (begin_ > 0 && !is_wildcard(text_[begin_ - 1])) --begin_;
    }
    return {literal(), begin_};
  }

 private:
  GlobToken literal() const noexcept {
    return {GlobToken::Kind::kLiteral, text_.substr(begin_, end_ - begin_)};
  }
  static bool is_wildcard(char c) noexcept { return c == '*' || c == '?'; }
  static GlobToken wildcard(char c) noexcept {
    return {c == '*' ? GlobToken::Kind::kAnyRun : GlobToken::Kind::kAnyOne, {}};
  }

  std::string_view text_;
  mutable std::size_t begin_ = std::string_view::npos;  // of the literal read last
  mutable std::size_t end_ = std::string_view::npos;
};

}  // namespace policysim::values
