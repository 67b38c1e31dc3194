// Keys that S3 takes from the headers of a request.
#pragma once

#include <string_view>

#include "operations/derive.hpp"

namespace policysim::operations {

// `s3:x-amz-*` and the keys of object locks and conditional writes. Key ids and aliases are
// resolved as S3 does it: in the bucket's Region and the caller's account.
void derive_headers(Derivation& d);

// Appends the tags of "a=1&b=2", percent-encoded.
void add_query_tags(std::string_view text, world::Tags& tags);

// Appends the tags of `x-amz-tagging`; false without that header.
bool add_tagging_header(const Derivation& d, world::Tags& tags);

}  // namespace policysim::operations
