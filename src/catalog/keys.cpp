#include "catalog/keys.hpp"

#include <optional>

#include "base/ascii.hpp"
#include "catalog/tables.hpp"

namespace policysim::catalog {
namespace {

KeyType type_of(char code) noexcept {
  switch (code) {
    case 'S':
      return KeyType::kString;
    case 'B':
      return KeyType::kBool;
    case 'N':
      return KeyType::kNumeric;
    case 'D':
      return KeyType::kDate;
    case 'A':
      return KeyType::kArn;
    case 'I':
      return KeyType::kIpAddress;
    case 'Y':
      return KeyType::kBinary;
    default:
      return KeyType::kUnknown;
  }
}

KeyInfo info_of(std::string_view type) noexcept {
  return {type_of(type.front()), type.ends_with('+'), true};
}

// The variable part is not empty.
bool fits(const KeyTemplate& row, std::string_view key) noexcept {
  return key.size() > row.prefix.size() + row.suffix.size() &&
         base::starts_with_ignore_case(key, row.prefix) &&
         base::equals_ignore_case(key.substr(key.size() - row.suffix.size()), row.suffix);
}

}  // namespace

KeyInfo find_key(std::string_view key) noexcept {
  if (const auto type = find_line(generated::keys(), key)) return info_of(*type);
  for (const KeyTemplate& row : generated::key_templates()) {
    if (fits(row, key)) return info_of(row.type);
  }
  return {};
}

}  // namespace policysim::catalog
