// `session` of a principal: what its credentials are.
#pragma once

#include <optional>

#include "request/request.hpp"
#include "text/node.hpp"
#include "world/data.hpp"
#include "world/findings.hpp"
#include "world/parts.hpp"

namespace policysim::world {

// Null means long-term keys. Findings for what a caller of this kind cannot have (PS2109) and for
// credentials of another kind (PS2108).
std::optional<Session> read_session(const text::Node& node, request::CallerKind kind,
                                    const Known& known, Findings& findings);

// Do credentials of this origin carry `aws:MultiFactorAuthPresent`?
bool carries_mfa(CredentialSource from) noexcept;

}  // namespace policysim::world
