#include "values/arn.hpp"

#include <algorithm>

namespace policysim::values {

std::optional<Arn> split_arn(std::string_view text) noexcept {
  if (!text.starts_with("arn:")) return std::nullopt;
  Arn arn;
  for (std::size_t part = 0; part < 5; ++part) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    arn.parts[part] = text.substr(0, colon);
    text.remove_prefix(colon + 1);
  }
  arn.parts[5] = text;
  return arn;
}

bool is_account_id(std::string_view text) noexcept {
  constexpr std::size_t kDigits = 12;
  return text.size() == kDigits &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace policysim::values
