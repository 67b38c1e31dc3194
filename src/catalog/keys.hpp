// Global and service condition keys: types, multivalued ones, and whether an action can carry them.
// Generated data behind it.
#pragma once

#include <cstdint>
#include <string>
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
  // Any action may carry it: a global key, or one that the reference lists with no action at all.
  bool anywhere = false;
};

// Case-insensitive; `aws:RequestTag/anything` finds `aws:RequestTag/${TagKey}`.
KeyInfo find_key(std::string_view key) noexcept;

// The nearest known key of the same prefix for "did you mean", or empty.
std::string suggest_key(std::string_view key);

// Is `key` one of `keys`, the keys of an action (catalog/services.hpp)?
bool has_key(std::string_view keys, std::string_view key) noexcept;

}  // namespace policysim::catalog
