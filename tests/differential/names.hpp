// Enumerators as words, for messages.
#pragma once

#include <array>
#include <cstddef>
#include <string>

#include "policysim/decision.hpp"
#include "policysim/explanation.hpp"

namespace policysim::differential {

inline std::string name(Match match) {
  constexpr std::array<const char*, 3> kNames{"no", "unknown", "yes"};
  return kNames[static_cast<std::size_t>(match)];
}
inline std::string name(Outcome outcome) {
  constexpr std::array<const char*, 4> kNames{"allow", "explicit_deny", "implicit_deny",
                                              "conditional"};
  return kNames[static_cast<std::size_t>(outcome)];
}
inline std::string name(Layer layer) {
  constexpr std::array<const char*, 12> kNames{"none",     "rcp",      "scp",      "vpce",
                                               "resource", "identity", "boundary", "session",
                                               "grant",    "acl",      "bpa",      "service"};
  return kNames[static_cast<std::size_t>(layer)];
}
inline std::string name(LayerVerdict verdict) {
  constexpr std::array<const char*, 5> kNames{"not_applicable", "allow", "implicit_deny",
                                              "explicit_deny", "conditional"};
  return kNames[static_cast<std::size_t>(verdict)];
}

}  // namespace policysim::differential
