#include "gate/value_classes.hpp"

#include <algorithm>
#include <utility>

#include "base/ascii.hpp"
#include "policy/variables.hpp"

namespace policysim::gate {
namespace {

using catalog::Comparison;
using catalog::ValueKind;

constexpr std::size_t kMostFree = 16;   // comparisons that are independent
constexpr std::size_t kMostAtoms = 64;  // bits of a way
constexpr std::size_t kMostWays = 200'000;
// Bytes that no UTF-8 text has.
constexpr char kStar = '\xFE', kOne = '\xFF';

std::uint64_t bit(std::size_t atom) { return std::uint64_t{1} << atom; }

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Is every text that `narrow` covers covered by `wide`? Both may be patterns. False may also mean
// that it is not known.
bool covers(std::string_view wide, std::string_view narrow) {
  std::vector<bool> row(narrow.size() + 1, false);  // wide[0, i) covers narrow[0, j)
  row[0] = true;
  for (const char w : wide) {
    std::vector<bool> next(row.size(), false);
    for (std::size_t j = 0; j <= narrow.size(); ++j) {
      if (w == kStar) {
        next[j] = row[j] || (j > 0 && next[j - 1]);
      } else if (j > 0 && row[j - 1]) {
        const char n = narrow[j - 1];
        next[j] =
            w == kOne ? n != kStar && (n == kOne || static_cast<unsigned char>(n) < 0x80) : n == w;
      }
    }
    row = std::move(next);
  }
  return row[narrow.size()];
}

// A policy's text without variables, wildcards marked. Nothing: it has variables.
std::optional<std::string> constant(std::string_view text, bool version_2012, bool wildcards) {
  std::string out;
  for (const policy::Piece& piece : policy::split_variables(text, version_2012)) {
    if (piece.kind == policy::Piece::Kind::kLiteral) {
      out += piece.text;
    } else if (piece.kind == policy::Piece::Kind::kText) {
      for (const char c : piece.text) {
        out += !wildcards || (c != '*' && c != '?') ? c : c == '*' ? kStar : kOne;
      }
    } else {
      return std::nullopt;
    }
  }
  return out;
}

bool is_ascii_pattern(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return c == kStar || c == kOne || static_cast<unsigned char>(c) < 0x80;
  });
}

bool has_wildcard(std::string_view text) {
  return text.find(kStar) != text.npos || text.find(kOne) != text.npos;
}

}  // namespace

std::uint32_t ValueClasses::add(Atom atom) {
  const auto number = static_cast<std::uint32_t>(atoms_.size());
  const auto [found, fresh] = number_of_.try_emplace({atom.kind, atom.text}, number);
  if (fresh) atoms_.push_back(std::move(atom));
  return found->second;
}

std::uint32_t ValueClasses::compare(const catalog::OperatorRow& op, std::string_view text,
                                    bool version_2012) {
  if (op.kind == ValueKind::kBool && base::equals_ignore_case(text, "true")) {
    return add({Kind::kTrue, {}});
  }
  if (op.kind == ValueKind::kBool && base::equals_ignore_case(text, "false")) {
    return add({Kind::kFalse, {}});
  }
  if (op.kind == ValueKind::kString && op.comparison != Comparison::kEqualsIgnoreCase) {
    auto plain = constant(text, version_2012, op.comparison == Comparison::kLike);
    if (plain && !has_wildcard(*plain)) return add({Kind::kText, *std::move(plain)});
    if (plain) {
      const bool any = plain->find_first_not_of(kStar) == plain->npos;
      return add({any ? Kind::kAny : Kind::kGlob, any ? std::string() : *std::move(plain)});
    }
  }
  // ArnEquals and ArnLike are one operator.
  const std::string_view name = op.kind == ValueKind::kArn ? "Arn" : op.name;
  return compare_opaque(std::string(name) + ' ' + std::string(text));
}

// Names fold; a prefix with wildcards is left to the evaluator.
std::uint32_t ValueClasses::compare_action(std::string_view text) {
  if (text == "*") return add({Kind::kAny, {}});
  const std::size_t colon = text.find(':');
  const bool plain = colon != text.npos && is_ascii(text) &&
                     text.substr(0, colon).find_first_of("*?") == text.npos;
  if (!plain) return compare_opaque("action " + std::string(text));
  std::string pattern = base::lower(text);
  std::replace(pattern.begin(), pattern.end(), '*', kStar);
  std::replace(pattern.begin(), pattern.end(), '?', kOne);
  const Kind kind = has_wildcard(pattern) ? Kind::kGlob : Kind::kText;
  return add({kind, std::move(pattern)});
}

std::uint32_t ValueClasses::compare_opaque(const std::string& name) {
  return add({Kind::kOpaque, name});
}

std::optional<std::uint32_t> ValueClasses::readable(ValueKind kind) {
  if (kind == ValueKind::kString || kind == ValueKind::kNull) return std::nullopt;
  if (kind == ValueKind::kBool) return add({Kind::kBool, {}});
  return compare_opaque("readable " + std::to_string(static_cast<int>(kind)));
}

// All values of the free bits, but for those where a pattern covers and a wider one does not.
void ValueClasses::free_ways(Way fixed, std::uint64_t free, std::vector<Way>& out) const {
  std::vector<std::pair<std::uint64_t, std::uint64_t>> implied;
  for (std::size_t a = 0; a < atoms_.size(); ++a) {
    for (std::size_t b = 0; b < atoms_.size(); ++b) {
      const bool globs = atoms_[a].kind == Kind::kGlob && atoms_[b].kind == Kind::kGlob;
      if (a != b && globs && covers(atoms_[b].text, atoms_[a].text)) {
        implied.emplace_back(bit(a), bit(b));
      }
    }
  }
  std::uint64_t chosen = 0;
  do {
    const Way way{fixed.bits | chosen, fixed.empty};
    const bool possible = std::all_of(implied.begin(), implied.end(), [&way](const auto& one) {
      return (way.bits & one.first) == 0 || (way.bits & one.second) != 0;
    });
    if (possible) out.push_back(way);
    chosen = (chosen - free) & free;  // the next subset
  } while (chosen != 0 && out.size() <= kMostWays);
}

// The value is this text, or (null) none that is named.
void ValueClasses::ways_of_text(const std::string* text, std::vector<Way>& out) const {
  Way fixed;
  fixed.empty = text != nullptr && text->empty();
  std::uint64_t free = 0;
  for (std::size_t i = 0; i < atoms_.size(); ++i) {
    const Atom& atom = atoms_[i];
    bool known = true, holds = false;
    switch (atom.kind) {
      case Kind::kAny:
        holds = true;
        break;
      case Kind::kText:
        holds = text != nullptr && *text == atom.text;
        break;
      case Kind::kGlob:
        known = text != nullptr && is_ascii(*text) && is_ascii_pattern(atom.text);
        holds = known && covers(atom.text, *text);
        break;
      case Kind::kOpaque:
        known = false;
        break;
      case Kind::kTrue:
      case Kind::kFalse:
      case Kind::kBool:
        break;  // ways_of_bools()
    }
    if (holds) fixed.bits |= bit(i);
    if (!known) free |= bit(i);
  }
  free_ways(fixed, free, out);
}

// True, false, or neither.
std::vector<ValueClasses::Way> ValueClasses::ways_of_bools(const std::vector<Way>& ways) const {
  const auto mask = [this](Kind kind) {
    const auto found = number_of_.find({kind, std::string()});
    return found == number_of_.end() ? 0 : bit(found->second);
  };
  const std::uint64_t yes = mask(Kind::kTrue), no = mask(Kind::kFalse), either = mask(Kind::kBool);
  if ((yes | no | either) == 0) return ways;
  std::vector<Way> out;
  for (const Way& way : ways) {
    out.push_back(way);
    if (way.empty) continue;
    out.push_back({way.bits | yes | either, false});
    out.push_back({way.bits | no | either, false});
  }
  return out;
}

std::optional<std::vector<ValueClasses::Way>> ValueClasses::ways() const {
  if (atoms_.size() > kMostAtoms) return std::nullopt;
  const auto free = std::count_if(atoms_.begin(), atoms_.end(), [](const Atom& atom) {
    return atom.kind == Kind::kGlob || atom.kind == Kind::kOpaque;
  });
  if (static_cast<std::size_t>(free) > kMostFree) return std::nullopt;
  std::vector<Way> out;
  const std::string empty;
  ways_of_text(nullptr, out);
  bool empty_named = false;
  for (const Atom& atom : atoms_) {
    if (atom.kind != Kind::kText) continue;
    empty_named = empty_named || atom.text.empty();
    ways_of_text(&atom.text, out);
  }
  if (!empty_named) ways_of_text(&empty, out);
  out = ways_of_bools(out);
  if (out.size() > kMostWays) return std::nullopt;
  return out;
}

}  // namespace policysim::gate
