// Search for a text that is given in pieces: adjacent literals of a pattern.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <string_view>

namespace policysim::values {

// Where the first occurrence of `piece`, not empty, begins within [from, last]; else npos.
inline std::size_t find_piece(std::string_view text, std::size_t from, std::size_t last,
                              std::string_view piece) noexcept {
  if (last < from) return std::string_view::npos;
  const std::size_t room = last - from + 1;
  const char* const begin = text.data() + from;
  constexpr std::size_t kShort = 256;  // memmem's preparations do not pay here
  if (piece.size() > 1 && (room > kShort || piece.size() > kShort)) {
    const void* const found = memmem(begin, room + piece.size() - 1, piece.data(), piece.size());
    if (found == nullptr) return std::string_view::npos;
    return static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
  }
  const std::size_t found = std::string_view(begin, room + piece.size() - 1).find(piece);
  return found == std::string_view::npos ? found : from + found;
}

// All occurrences, overlapping ones too, in linear time and constant space: Crochemore's "String
// matching on ordered alphabets" (1992), at most six comparisons a byte. It needs no table of the
// needle, computes maximal suffixes of the text read so far instead, and so can start and go on
// anywhere at no cost. Stretches where nothing matches are left to the C library. One per thread.
template <class Pattern>
class LiteralSearch {
 public:
  // The needle is `size` bytes of literals, not none, from the token at `first`.
  LiteralSearch(const Pattern& pattern, std::size_t first, std::size_t size, std::string_view text,
                std::size_t from) noexcept
      : pattern_(&pattern), first_(first), size_(size), text_(text), begin_(from) {
    rewind();
    while (piece_.empty()) next_piece();
    front_ = piece_;
  }

  // Where the next occurrence begins, not beyond `last_begin`; else npos. `last_begin` must not
  // decrease from call to call.
  std::size_t next(std::size_t last_begin) noexcept {
    if (size_ > text_.size()) return std::string_view::npos;
    const std::size_t last = std::min(last_begin, text_.size() - size_);
    if (matched_ == size_) shift();
    while (begin_ <= last) {
      if (matched_ == 0 && !skip_to_front(last)) break;
      extend();
      if (matched_ == size_) return begin_;
      shift();
    }
    return std::string_view::npos;
  }

 private:
  // Goes to the next place where the whole needle stands, if it is one piece, or its first byte.
  // As nothing is matched, nothing is known of a suffix that would have to be forgotten.
  bool skip_to_front(std::size_t last) noexcept {
    const std::string_view wanted = front_.size() == size_ ? front_ : front_.substr(0, 1);
    const std::size_t found = find_piece(text_, begin_, last, wanted);
    begin_ = found == std::string_view::npos ? last + 1 : found;
    return found != std::string_view::npos;
  }

  // Matches as much of the needle as stands in the text.
  void extend() noexcept {
    while (matched_ < size_) {
      const std::string_view expected = piece_.substr(offset_);
      const char* const actual = text_.data() + begin_ + matched_;
      const auto differing = std::mismatch(expected.begin(), expected.end(), actual).first;
      const auto same = static_cast<std::size_t>(differing - expected.begin());
      matched_ += same;
      offset_ += same;
      if (same < expected.size()) return;
      if (matched_ < size_) next_piece();
    }
  }

  // Moves to the next place where the needle can begin. The window is what has been compared, the
  // byte that differed included.
  void shift() noexcept {
    const std::string_view window = text_.substr(begin_, matched_ + 1);
    next_maximal_suffix(window);
    const bool periodic =
        suffix_ == 0 ||
        (suffix_ <= period_ && std::memcmp(window.data(), window.data() + period_, suffix_) == 0);
    if (periodic) {
      begin_ += period_;
      step_back(std::min(period_, matched_));
      if (candidate_ - suffix_ > period_) {
        candidate_ -= period_;
      } else {
        forget_suffix();
      }
    } else {
      begin_ += std::max(suffix_, std::min(matched_ - suffix_, candidate_)) + 1;
      rewind();
      forget_suffix();
    }
  }

  // Extends the knowledge of the window's maximal suffix, which begins at suffix_ with period_.
  void next_maximal_suffix(std::string_view window) noexcept {
    while (candidate_ + equal_ < window.size()) {
      const auto a = static_cast<unsigned char>(window[suffix_ + equal_]);
      const auto b = static_cast<unsigned char>(window[candidate_ + equal_]);
      if (a == b) {
        if (++equal_ == period_) {
          candidate_ += period_;
          equal_ = 0;
        }
      } else if (a > b) {
        candidate_ += equal_ + 1;
        equal_ = 0;
        period_ = candidate_ - suffix_;
      } else {
        suffix_ = candidate_;
        forget_candidate();
      }
    }
  }

  void forget_suffix() noexcept {
    suffix_ = 0;
    forget_candidate();
  }
  void forget_candidate() noexcept {
    candidate_ = suffix_ + 1;
    equal_ = 0;
    period_ = 1;
  }

  void rewind() noexcept {
    matched_ = 0;
    offset_ = 0;
    piece_ = {};
    piece_begin_ = piece_end_ = first_;
    next_piece();
  }
  void next_piece() noexcept {
    const auto read = pattern_->read(piece_end_);
    piece_begin_ = piece_end_;
    piece_end_ = read.position;
    piece_ = read.token.text;
    offset_ = 0;
  }
  void step_back(std::size_t count) noexcept {
    matched_ -= count;
    while (count > offset_) {
      count -= offset_;
      const auto read = pattern_->read_back(piece_begin_);
      piece_end_ = piece_begin_;
      piece_begin_ = read.position;
      piece_ = read.token.text;
      offset_ = piece_.size();
    }
    offset_ -= count;
  }

  const Pattern* pattern_;
  std::size_t first_;
  std::size_t size_;
  std::string_view text_;
  std::string_view front_;  // the first piece that is not empty

  std::size_t begin_;            // where the needle is tried
  std::size_t matched_ = 0;      // so much of it stands there
  std::string_view piece_;       // the piece that holds byte `matched_`, or ends there
  std::size_t offset_ = 0;       // of that byte within the piece
  std::size_t piece_begin_ = 0;  // positions in the pattern
  std::size_t piece_end_ = 0;

  std::size_t suffix_ = 0;  // all four relative to begin_
  std::size_t candidate_ = 1;
  std::size_t equal_ = 0;
  std::size_t period_ = 1;
};

}  // namespace policysim::values
