#include "policy/variables.hpp"

namespace policysim::policy {
namespace {

bool is_key(std::string_view key) noexcept {
  const std::size_t colon = key.find(':');
  return colon != key.npos && colon > 0 && colon + 1 < key.size() &&
         key.find_first_of(" \t\r\n'{") == key.npos;
}

// `body` is what stands between `${` and `}` (language.md 5.1).
Piece read_variable(std::string_view body) {
  Piece piece;
  if (body == "*" || body == "?" || body == "$") {
    piece.kind = Piece::Kind::kLiteral;
    piece.text = body;
    return piece;
  }
  piece.kind = Piece::Kind::kMalformed;
  constexpr std::string_view kBeforeDefault = ", '";
  const std::size_t comma = body.find(',');
  const std::string_view key = body.substr(0, comma);
  if (!is_key(key)) return piece;
  if (comma != body.npos) {
    std::string_view rest = body.substr(comma);
    if (rest.size() < 4 || rest.substr(0, 3) != kBeforeDefault || rest.back() != '\'') return piece;
    piece.default_text = std::string(rest.substr(3, rest.size() - 4));
  }
  piece.kind = Piece::Kind::kVariable;
  piece.text = key;
  return piece;
}

}  // namespace

std::vector<Piece> split_variables(std::string_view value, bool version_2012) {
  std::vector<Piece> pieces;
  const auto add = [&](Piece piece, std::size_t begin, std::size_t end) {
    piece.offset = static_cast<std::uint32_t>(begin);
    piece.length = static_cast<std::uint32_t>(end - begin);
    pieces.push_back(std::move(piece));
  };
  const auto add_text = [&](std::size_t begin, std::size_t end) {
    if (begin == end) return;
    Piece piece;
    piece.text = value.substr(begin, end - begin);
    add(std::move(piece), begin, end);
  };
  std::size_t text_begin = 0;
  while (version_2012) {
    const std::size_t open = value.find("${", text_begin);
    const std::size_t close = open == value.npos ? value.npos : value.find('}', open);
    if (close == value.npos) break;
    add_text(text_begin, open);
    add(read_variable(value.substr(open + 2, close - open - 2)), open, close + 1);
    text_begin = close + 1;
  }
  add_text(text_begin, value.size());
  return pieces;
}

}  // namespace policysim::policy
