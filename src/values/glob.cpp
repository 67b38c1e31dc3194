#include "values/glob.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>

#include "values/glob_pattern.hpp"
#include "values/literal_search.hpp"
#include "values/utf8.hpp"

// A pattern is chunks with a run between each two of them; a chunk is literals and single
// characters. The first chunk stands at the begin of the text, the last at its end. Each other
// chunk is put at the first place that the run before it allows:
//
// - After kAnyRun that is the first place at all. Every other placement ends later, and what a
// later
//   end allows to the rest of the pattern an earlier one allows too. If there is none, there is no
//   match.
// - After kSegmentRun the chunk must begin at or before the next colon. If it cannot, only the last
//   kAnyRun can help, by putting its chunk further right. Let the runs since then be segment runs
//   and let their chunks stand, first places all, at p0 < p1 < …, ending at e0, e1, …; let q be the
//   first colon at or after the last end. In another placement p0' > p0 the chunks stand no further
//   left (p' >= p by induction: what lies within reach of e is the first place, what lies beyond
//   the next colon is further right). The chunk that failed cannot stand between its e and q, so it
//   stands beyond q, and its run, which covers no colon, begins beyond q: e' > q. So the chunk
//   before it has moved over a colon: either all of it, or its colons are now later ones; its
//   begin lies beyond the first colon of its old place, and the same follows for the run and the
//   chunk before, back to the first: p0' lies beyond the first colon at or after p0. The search
//   goes on from there, so that each restart passes a colon.
//
// A single character that may be a colon has no place in a chunk before a segment run: the last
// step counts on it. Resource patterns keep to that, as segment tokens stand before the fifth colon
// only and the others behind it only.

namespace policysim::values {
namespace {

using Kind = GlobToken::Kind;
constexpr std::size_t kNowhere = std::string_view::npos;
constexpr std::size_t kLongestUnit = 4;

bool is_run(Kind kind) noexcept { return kind == Kind::kAnyRun || kind == Kind::kSegmentRun; }

// The text as the characters that `?` counts. In UTF-16 a four-byte sequence is two units: the
// position between them is that of its third byte.
class Units {
 public:
  Units(std::string_view text, CharUnit unit) noexcept
      : text_(text), utf16_(unit == CharUnit::kUtf16) {}

  std::size_t next(std::size_t at) const noexcept {
    if (utf16_ && is_between_surrogates(at)) return at + 2;
    const std::size_t size = decode(text_, at).size;
    return at + (utf16_ && size == kLongestUnit ? 2 : size);
  }

  std::size_t previous(std::size_t at) const noexcept {
    if (utf16_ && is_between_surrogates(at)) return at - 2;
    for (std::size_t size = 2; size <= std::min(at, kLongestUnit); ++size) {
      if (!is_continuation(text_, at + 1 - size)) break;
      if (decode(text_, at - size).size == size) {
        return at - (utf16_ && size == kLongestUnit ? 2 : size);
      }
    }
    return at - 1;
  }

 private:
  bool is_between_surrogates(std::size_t at) const noexcept {
    return at >= 2 && is_continuation(text_, at) && decode(text_, at - 2).size == kLongestUnit;
  }

  std::string_view text_;
  bool utf16_;
};

// Tokens without runs, at positions [first, last) of the pattern. The needle is the longest of its
// literals, adjacent ones taken together.
struct Chunk {
  std::size_t first = 0;
  std::size_t last = 0;
  std::size_t needle_first = 0;
  std::size_t needle_last = 0;
  std::size_t needle_size = 0;
  std::size_t least_before_needle = 0;  // bytes
  std::size_t most_before_needle = 0;
  bool covers_colons = false;  // has a kAnyOne
};

struct Place {
  std::size_t begin = 0;
  std::size_t end = 0;
};

template <class Pattern>
class Matcher {
 public:
  Matcher(const Pattern& pattern, std::string_view text, CharUnit unit) noexcept
      : pattern_(pattern), units_(text, unit), text_(text), limit_(text.size()) {}

  bool run() noexcept;

 private:
  // Finds the places of one chunk from left to right.
  class Search {
   public:
    Search(const Matcher& matcher, const Chunk& chunk, std::size_t from) noexcept
        : matcher_(&matcher), chunk_(chunk) {
      if (chunk.needle_size == 0) return;
      needle_.emplace(matcher.pattern_, chunk.needle_first, chunk.needle_size,
                      matcher.text_.substr(0, matcher.limit_), from + chunk.least_before_needle);
    }

    // The first place that begins within [from, last]; both must not decrease from call to call.
    std::optional<Place> next(std::size_t from, std::size_t last) noexcept {
      return needle_ ? next_by_needle(from, last) : next_by_units(from, last);
    }

   private:
    std::optional<Place> next_by_needle(std::size_t from, std::size_t last) noexcept {
      const std::size_t room = matcher_->limit_ - std::min(last, matcher_->limit_);
      const std::size_t last_needle = last + std::min(room, chunk_.most_before_needle);
      for (;;) {
        const std::size_t at = needle_->next(last_needle);
        if (at == kNowhere) return std::nullopt;
        const std::size_t begin = matcher_->match_back(chunk_.first, chunk_.needle_first, at);
        if (begin == kNowhere || begin < from) continue;
        if (begin > last) return std::nullopt;
        std::size_t behind = chunk_.needle_last;
        const std::size_t end = matcher_->match(behind, at + chunk_.needle_size);
        if (end != kNowhere) return Place{begin, end};
      }
    }

    // Single characters only. When none of them may be a colon, the next try is behind the colon
    // that stood in the way.
    std::optional<Place> next_by_units(std::size_t from, std::size_t last) noexcept {
      while (from <= last && from < matcher_->limit_) {
        std::size_t behind = chunk_.first;
        const std::size_t end = matcher_->match(behind, from);
        if (end != kNowhere) return Place{from, end};
        from = chunk_.covers_colons ? matcher_->units_.next(from) : matcher_->colon(from) + 1;
      }
      return std::nullopt;
    }

    const Matcher* matcher_;
    Chunk chunk_;
    std::optional<LiteralSearch<Pattern>> needle_;
  };

  // Where the tokens from `at` to the next run end when they begin at `text_at`, within limit_;
  // moves `at` behind them.
  std::size_t match(std::size_t& at, std::size_t text_at) const noexcept;
  // Where the tokens [first, last) begin when they end at `text_at`.
  std::size_t match_back(std::size_t first, std::size_t last, std::size_t text_at) const noexcept;
  // The first colon at or after `at`, or limit_.
  std::size_t colon(std::size_t at) const noexcept { return std::min(text_.find(':', at), limit_); }
  std::size_t cached_colon(std::size_t at) noexcept {
    if (at < colon_from_ || at > colon_) {
      colon_from_ = at;
      colon_ = colon(at);
    }
    return colon_;
  }

  Chunk read_chunk(std::size_t first) const noexcept;
  // Skips runs, and empty literals between them; is one of them a kAnyRun?
  bool read_runs(std::size_t& at) const noexcept;
  bool place_chunks(std::size_t at, std::size_t text_at) noexcept;
  // The first place of the chunk at `at` that begins within [from, last]; moves `at` behind it.
  std::optional<Place> place(std::size_t& at, std::size_t from, std::size_t last) const noexcept;

  const Pattern& pattern_;
  Units units_;
  std::string_view text_;
  std::size_t tail_ = 0;        // where the last chunk begins in the pattern
  std::size_t limit_ = 0;       // where it begins in the text: the others end there or before
  std::size_t colon_from_ = 1;  // no colon in [colon_from_, colon_)
  std::size_t colon_ = 0;
};

template <class Pattern>
std::size_t Matcher<Pattern>::match(std::size_t& at, std::size_t text_at) const noexcept {
  while (at < pattern_.size()) {
    const ReadToken read = pattern_.read(at);
    if (is_run(read.token.kind)) break;
    at = read.position;
    if (read.token.kind == Kind::kLiteral) {
      const std::string_view literal = read.token.text;
      if (text_.substr(text_at, literal.size()) != literal) return kNowhere;
      text_at += literal.size();
    } else {
      if (text_at >= limit_) return kNowhere;
      if (read.token.kind == Kind::kSegmentOne && text_[text_at] == ':') return kNowhere;
      text_at = units_.next(text_at);
    }
    if (text_at > limit_) return kNowhere;
  }
  return text_at;
}

template <class Pattern>
std::size_t Matcher<Pattern>::match_back(std::size_t first, std::size_t last,
                                         std::size_t text_at) const noexcept {
  while (first < last) {
    const ReadToken read = pattern_.read_back(last);
    last = read.position;
    if (read.token.kind == Kind::kLiteral) {
      const std::string_view literal = read.token.text;
      if (!text_.substr(0, text_at).ends_with(literal)) return kNowhere;
      text_at -= literal.size();
    } else {
      if (text_at == 0) return kNowhere;
      text_at = units_.previous(text_at);
      if (read.token.kind == Kind::kSegmentOne && text_[text_at] == ':') return kNowhere;
    }
  }
  return text_at;
}

template <class Pattern>
Chunk Matcher<Pattern>::read_chunk(std::size_t first) const noexcept {
  Chunk chunk{.first = first, .last = first};
  std::size_t literal_first = first;
  std::size_t literal_size = 0;
  std::size_t least = 0;  // bytes before the literal
  std::size_t most = 0;
  while (chunk.last < pattern_.size()) {
    const ReadToken read = pattern_.read(chunk.last);
    if (is_run(read.token.kind)) break;
    chunk.last = read.position;
    if (read.token.kind != Kind::kLiteral) {
      chunk.covers_colons |= read.token.kind == Kind::kAnyOne;
      least += literal_size + 1;
      most += literal_size + kLongestUnit;
      literal_first = read.position;
      literal_size = 0;
      continue;
    }
    literal_size += read.token.text.size();
    if (literal_size > chunk.needle_size) {
      chunk.needle_first = literal_first;
      chunk.needle_last = read.position;
      chunk.needle_size = literal_size;
      chunk.least_before_needle = least;
      chunk.most_before_needle = most;
    }
  }
  return chunk;
}

template <class Pattern>
bool Matcher<Pattern>::read_runs(std::size_t& at) const noexcept {
  bool any = false;
  while (at < tail_) {
    const ReadToken read = pattern_.read(at);
    const bool empty = read.token.kind == Kind::kLiteral && read.token.text.empty();
    if (!is_run(read.token.kind) && !empty) break;
    any |= read.token.kind == Kind::kAnyRun;
    at = read.position;
  }
  return any;
}

template <class Pattern>
std::optional<Place> Matcher<Pattern>::place(std::size_t& at, std::size_t from,
                                             std::size_t last) const noexcept {
  const ReadToken read = pattern_.read(at);
  const std::string_view literal = read.token.text;
  if (literal.empty() || !is_run(pattern_.read(read.position).token.kind)) {
    const Chunk chunk = read_chunk(at);
    at = chunk.last;
    return Search(*this, chunk, from).next(from, last);
  }
  at = read.position;
  if (literal.size() > limit_) return std::nullopt;
  const std::size_t begin =
      find_piece(text_, from, std::min(last, limit_ - literal.size()), literal);
  if (begin == kNowhere) return std::nullopt;
  return Place{begin, begin + literal.size()};
}

template <class Pattern>
bool Matcher<Pattern>::place_chunks(std::size_t at, std::size_t text_at) noexcept {
  bool restartable = false;
  std::size_t restart_first = 0;  // the chunk behind the last kAnyRun
  std::size_t restart_last = 0;
  std::size_t restart_begin = 0;
  std::optional<Search> restart;  // of that chunk, from its first restart on
  for (;;) {
    const bool any = read_runs(at);
    if (at == tail_ && (any || cached_colon(text_at) == limit_)) return true;
    std::optional<Place> found;
    if (any) {
      restartable = true;
      restart_first = at;
      restart.reset();
      found = place(at, text_at, limit_);
      if (!found) return false;
      restart_last = at;
      restart_begin = found->begin;
    } else if (at < tail_) {
      found = place(at, text_at, cached_colon(text_at));
    }
    if (!found) {
      if (!restartable) return false;
      const std::size_t from = colon(restart_begin) + 1;
      if (!restart) restart.emplace(*this, read_chunk(restart_first), from);
      found = restart->next(from, limit_);
      if (!found) return false;
      restart_begin = found->begin;
      at = restart_last;
    }
    text_at = found->end;
  }
}

template <class Pattern>
bool Matcher<Pattern>::run() noexcept {
  std::size_t head = 0;
  const std::size_t text_at = match(head, 0);
  if (text_at == kNowhere) return false;
  if (head == pattern_.size()) return text_at == text_.size();
  tail_ = pattern_.size();
  for (;;) {
    const ReadToken read = pattern_.read_back(tail_);
    if (is_run(read.token.kind)) break;
    tail_ = read.position;
  }
  const std::size_t tail_begin = match_back(tail_, pattern_.size(), text_.size());
  if (tail_begin == kNowhere || tail_begin < text_at) return false;
  limit_ = tail_begin;
  return place_chunks(head, text_at);
}

}  // namespace

bool glob_match(std::span<const GlobToken> pattern, std::string_view text, CharUnit unit) noexcept {
  return Matcher(TokenPattern(pattern), text, unit).run();
}

bool glob_match(std::string_view pattern, std::string_view text, CharUnit unit) noexcept {
  return Matcher(TextPattern(pattern), text, unit).run();
}

}  // namespace policysim::values
