// What AWS's service reference says against a name, in words. Policies and requests report it under
// rules of their own.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace policysim::policy {

enum class NameFault : std::uint8_t { kUnknownService, kUnknownAction, kRetired, kUnknownKey };

struct NameFinding {
  NameFault fault = NameFault::kUnknownAction;
  std::string message;
  std::string help;
};

// Are suggestions worth their time? They cost some 100 microseconds each.
enum class Suggest : std::uint8_t { kNo, kYes };

// "s3:GetObject", without wildcards. None: the action is known.
std::optional<NameFinding> check_action_name(std::string_view action, Suggest suggest);
// For an action, or wildcards that match only such, which the reference lacks.
NameFinding only_documented(std::string_view action);
// None: the key is known, or of those that nobody lists: claims of identity providers, and keys of
// services that the reference lacks.
std::optional<NameFinding> check_key_name(std::string_view key, Suggest suggest);

// "it comes with `s3:ListBucket`", for a key that an action does not carry; or empty.
std::string carriers_of(std::string_view key);

}  // namespace policysim::policy
