// How each part of one statement turned out for one request: why it matched, or which part did not.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policysim/diagnostic.hpp"

namespace policysim::gate {

enum class PartKind : std::uint8_t { kAction, kPrincipal, kResource, kCondition };
// kAbsent: false or true because the key is not in the request; see `holds`.
enum class PartOutcome : std::uint8_t { kFalse, kTrue, kAbsent, kUnknown };

struct PartTrace {
  PartKind kind = PartKind::kAction;
  std::string what;  // as the policy spells it: "NotResource", "StringEquals aws:PrincipalTag/Team"
  PartOutcome outcome = PartOutcome::kFalse;
  bool holds = false;  // what an absent key makes of the condition
  std::string wanted;  // the policy's values, variables as written
  std::string actual;  // the request's value; empty: none
  Location location;
};

struct StatementTrace {
  std::string policy;
  std::optional<std::string> sid;
  std::uint32_t index = 0;
  bool deny = false;
  Location location;
  bool matched = false;
  std::vector<PartTrace> parts;  // in the order of the statement
};

}  // namespace policysim::gate
