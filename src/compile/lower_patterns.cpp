// Policy strings -> patterns of tokens.
#include <algorithm>

#include "compile/lowering.hpp"

namespace policysim::compile {

using policy::Piece;
using program::Pattern;
using program::Token;
using Kind = values::GlobToken::Kind;

namespace {

bool wildcard(char c) noexcept { return c == '*' || c == '?'; }

// State while one pattern is cut into tokens: how many colons stand before, and whether the type
// part of a resource ARN ("user" of "user/x") is still being read.
struct Cutter {
  PatternMode mode;
  std::size_t colons = 0;
  bool in_type = true;

  // The kind of the wildcard at text[i]; kLiteral where it is none.
  Kind kind(std::string_view text, std::size_t i, bool last_piece) const noexcept {
    const bool star = text[i] == '*';
    if (mode == PatternMode::kExact) return Kind::kLiteral;
    if (mode == PatternMode::kLike) return star ? Kind::kAnyRun : Kind::kAnyOne;
    if (colons >= 5) {
      if (mode == PatternMode::kLiteralType && in_type) return Kind::kLiteral;
      return star ? Kind::kAnyRun : Kind::kAnyOne;
    }
    const bool at_end = i + 1 == text.size();
    const bool ends_part = at_end ? last_piece : text[i + 1] == ':';
    if (star && ends_part && mode != PatternMode::kArn) return Kind::kAnyRun;
    return star ? Kind::kSegmentRun : Kind::kSegmentOne;
  }

  void pass(char c) noexcept {
    if (colons >= 5 && (c == '/' || c == ':')) in_type = false;
    if (c == ':') ++colons;
  }
};

std::string padded(std::string_view text) {
  std::string out(text);
  const auto pieces = policy::split_variables(text, true);
  std::size_t colons = 0;
  for (const Piece& piece : pieces) {
    if (piece.kind != Piece::Kind::kText) continue;
    colons += static_cast<std::size_t>(std::count(piece.text.begin(), piece.text.end(), ':'));
  }
  for (; colons < 5; ++colons) out += ":*";
  return out;
}

}  // namespace

void Lowering::tokens(const std::vector<Piece>& pieces, PatternMode mode, const Scope& scope,
                      Pattern& out) {
  Cutter cutter{mode};
  std::string literal;
  const auto flush = [&] {
    if (literal.empty()) return;
    program_.tokens.push_back({{Kind::kLiteral, keep(literal)}, program::kNone, false, false});
    literal.clear();
  };
  const auto cut_text = [&](std::string_view text, bool last_piece) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      const Kind kind = wildcard(text[i]) ? cutter.kind(text, i, last_piece) : Kind::kLiteral;
      if (kind == Kind::kLiteral) {
        literal += text[i];
        cutter.pass(text[i]);
        continue;
      }
      flush();
      const bool repeats = kind == Kind::kAnyRun && program_.tokens.size() > out.first &&
                           program_.tokens.back().glob.kind == kind;
      if (!repeats) program_.tokens.push_back({{kind, {}}, program::kNone, false, false});
    }
  };
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const Piece& piece = pieces[i];
    if (piece.kind == Piece::Kind::kText) {
      cut_text(piece.text, i + 1 == pieces.size());
    } else if (piece.kind == Piece::Kind::kLiteral) {
      literal += piece.text;
      if (mode == PatternMode::kArn) cutter.pass(piece.text[0]);
    } else if (piece.kind == Piece::Kind::kVariable) {
      flush();
      const bool resource = mode == PatternMode::kResource || mode == PatternMode::kLiteralType;
      Token token{{Kind::kLiteral, {}},
                  key(piece.text, scope),
                  piece.default_text.has_value(),
                  resource && cutter.colons < 5};
      if (piece.default_text) token.glob.text = keep(*piece.default_text);
      program_.tokens.push_back(token);
      out.kind = Pattern::Kind::kVariables;
    } else {
      out.never = true;
    }
  }
  flush();
  const bool constant = out.kind != Pattern::Kind::kVariables;
  if (mode == PatternMode::kArn && constant && cutter.colons < 5) out.never = true;
}

void Lowering::classify(PatternMode mode, Pattern& out) {
  out.exact = mode == PatternMode::kExact;
  out.arn = mode == PatternMode::kArn;
  if (out.kind == Pattern::Kind::kVariables) return;
  const Token* const tokens = program_.tokens.data() + out.first;
  const bool literal = out.count == 0 || (out.count == 1 && tokens[0].glob.kind == Kind::kLiteral);
  if (literal) {
    out.kind = Pattern::Kind::kLiteral;
  } else if (out.count == 1 && tokens[0].glob.kind == Kind::kAnyRun) {
    out.kind = Pattern::Kind::kAll;
  } else if (out.count == 2 && tokens[0].glob.kind == Kind::kLiteral &&
             tokens[1].glob.kind == Kind::kAnyRun) {
    out.kind = Pattern::Kind::kPrefix;
  } else {
    out.kind = Pattern::Kind::kGlob;
  }
}

std::uint32_t Lowering::pattern(std::string_view text, PatternMode mode, const Scope& scope) {
  std::string name;
  name.reserve(text.size() + 3);
  name += static_cast<char>(mode);
  // Variables are read by version, and key policies do not see every key.
  name += scope.version_2012 ? (scope.type == PolicyType::kKey ? 'k' : 'v') : '0';
  name += text;
  if (const auto found = patterns_.find(name); found != patterns_.end()) return found->second;

  const std::string filled = mode == PatternMode::kPadded ? padded(text) : std::string();
  const std::string_view source = mode == PatternMode::kPadded ? std::string_view(filled) : text;
  const PatternMode cut = mode == PatternMode::kPadded ? PatternMode::kResource : mode;
  Pattern out;
  out.first = static_cast<std::uint32_t>(program_.tokens.size());
  const bool all_stars = !source.empty() &&
                         source.find_first_not_of('*') == std::string_view::npos &&
                         mode != PatternMode::kExact;
  if (all_stars) {
    program_.tokens.push_back({{Kind::kAnyRun, {}}, program::kNone, false, false});
  } else {
    tokens(policy::split_variables(source, scope.version_2012), cut, scope, out);
  }
  out.count = static_cast<std::uint32_t>(program_.tokens.size()) - out.first;
  classify(cut, out);
  program_.longest_pattern = std::max(program_.longest_pattern, out.count);
  const auto id = static_cast<std::uint32_t>(program_.patterns.size());
  program_.patterns.push_back(out);
  patterns_.emplace(std::move(name), id);
  return id;
}

}  // namespace policysim::compile
