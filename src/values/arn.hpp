// The six parts of an ARN.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace policysim::values {

// Views into the text. part(5) keeps its colons.
struct Arn {
  std::array<std::string_view, 6> parts;

  std::string_view partition() const noexcept { return parts[1]; }
  std::string_view service() const noexcept { return parts[2]; }
  std::string_view region() const noexcept { return parts[3]; }
  std::string_view account() const noexcept { return parts[4]; }
  std::string_view resource() const noexcept { return parts[5]; }
};

// Text that starts with "arn:" and has five colons or more; else none.
std::optional<Arn> split_arn(std::string_view text) noexcept;

// Twelve digits.
bool is_account_id(std::string_view text) noexcept;

}  // namespace policysim::values
