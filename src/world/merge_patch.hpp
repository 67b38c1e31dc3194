// JSON merge patch (RFC 7396) on node trees.
#pragma once

#include "text/node.hpp"

namespace policysim::world {

// Objects are merged member by member, null removes a member, everything else replaces. Patched
// values keep the spans of the patch. As deep as the patch, which the reader bounds.
void merge_patch(text::Node& target, const text::Node& patch);

}  // namespace policysim::world
