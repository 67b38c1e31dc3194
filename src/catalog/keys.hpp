// Global and service condition keys: types, multivalued ones. Generated data behind it.
#pragma once

#include <cstdint>
#include <string_view>

namespace policysim::catalog {

enum class KeyType : std::uint8_t {
  kUnknown,
  kString,
  kBool,
  kNumeric,
  kDate,
  kArn,
  kIpAddress,
  kBinary
};

struct KeyInfo {
  KeyType type = KeyType::kUnknown;
  bool multivalued = false;
  bool known = false;
};

// Case-insensitive; `aws:RequestTag/anything` finds `aws:RequestTag/${TagKey}`.
KeyInfo find_key(std::string_view key) noexcept;

}  // namespace policysim::catalog
