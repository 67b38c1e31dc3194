#include "base/quoted.hpp"

namespace policysim::base {

std::string quoted(std::string_view text, std::size_t longest) {
  if (text.size() <= longest) return "`" + std::string(text) + "`";
  std::size_t end = longest;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return "`" + std::string(text.substr(0, end)) + "…`";
}

std::string did_you_mean(std::string_view suggestion) {
  return suggestion.empty() ? std::string() : "did you mean `" + std::string(suggestion) + "`?";
}

}  // namespace policysim::base
