// Which members a request may have; what they mean is for operations/ to say.
#pragma once

#include <cstdint>

#include "text/node.hpp"
#include "world/findings.hpp"

namespace policysim::world {

// A line of a stream has an `id` and neither `operation` nor what belongs to it; other text may
// have both.
enum class RequestForm : std::uint8_t { kFixture, kStream, kText };

// Findings for a value that is no map (PS3003), unknown (PS3002) and missing members (PS3004).
// False when one of them is an error.
bool check_request_shape(const text::Node& node, RequestForm form, Findings& findings);

}  // namespace policysim::world
