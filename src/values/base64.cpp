#include "values/base64.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace policysim::values {
namespace {

constexpr std::uint32_t kNoDigit = 64;

constexpr std::uint32_t digit(char c) noexcept {
  if (c >= 'A' && c <= 'Z') return static_cast<std::uint32_t>(c - 'A');
  if (c >= 'a' && c <= 'z') return static_cast<std::uint32_t>(c - 'a') + 26;
  if (c >= '0' && c <= '9') return static_cast<std::uint32_t>(c - '0') + 52;
  if (c == '+') return 62;
  if (c == '/') return 63;
  return kNoDigit;
}

// Up to three bytes, left-aligned in 24 bits; the bits after the last byte are cleared, so that
// encodings with stray trailing bits compare by their bytes.
struct Group {
  std::uint32_t bits = 0;
  std::uint32_t bytes = 0;
  friend bool operator==(const Group&, const Group&) = default;
};

// Precondition: `text` has four characters.
std::optional<Group> decode_group(std::string_view text) noexcept {
  const std::uint32_t bytes = text[2] == '=' ? 1 : text[3] == '=' ? 2 : 3;
  if (bytes == 1 && text[3] != '=') return std::nullopt;
  std::uint32_t bits = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const std::uint32_t value = i > bytes ? 0 : digit(text[i]);
    if (value == kNoDigit) return std::nullopt;
    bits = (bits << 6) | value;
  }
  const std::uint32_t unused = 24 - 8 * bytes;
  return Group{(bits >> unused) << unused, bytes};
}

// The group at `position`; only the last one may be padded.
std::optional<Group> group_at(std::string_view text, std::size_t position) noexcept {
  const std::optional<Group> group = decode_group(text.substr(position, 4));
  if (group && group->bytes < 3 && position + 4 != text.size()) return std::nullopt;
  return group;
}

}  // namespace

bool is_base64(std::string_view text) noexcept { return base64_equal(text, text); }

bool base64_equal(std::string_view a, std::string_view b) noexcept {
  if (a.size() != b.size() || a.size() % 4 != 0) return false;
  for (std::size_t i = 0; i < a.size(); i += 4) {
    const std::optional<Group> group = group_at(a, i);
    if (!group || group != group_at(b, i)) return false;
  }
  return true;
}

}  // namespace policysim::values
