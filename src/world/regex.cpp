#include "world/regex.hpp"

#include <re2/re2.h>

namespace policysim::world {
namespace {

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace

std::string regex_error(std::string_view pattern) {
  const re2::RE2 compiled(piece(pattern), re2::RE2::Quiet);
  return compiled.ok() ? std::string() : compiled.error();
}

bool regex_found(std::string_view pattern, std::string_view text) {
  const re2::RE2 compiled(piece(pattern), re2::RE2::Quiet);
  return compiled.ok() && re2::RE2::PartialMatch(piece(text), compiled);
}

}  // namespace policysim::world
