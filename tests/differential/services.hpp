// What single services look at beside policies: grants of KMS keys, S3's access control lists,
// owners and public access settings.
#pragma once

#include "differential/choices.hpp"
#include "differential/model.hpp"

namespace policysim::differential {

// Grants of the key that the request names, some of which cover the request.
void draw_grants(Choices& choices, request::Data& data, Case& out);
// AWS states the names of all pairs, and each pair has one value.
void settle_encryption_context(request::Data& data);
// Settings, list and owner of the bucket or object that the request names.
void draw_s3(Choices& choices, request::Data& data);
// A condition that makes a statement for `*` non-public, or looks as if it did. Its key gets a
// value in the request that mostly meets it.
Condition draw_restriction(Choices& choices, request::Data& data);
// Credentials, managed keys and what else services know of the request.
void draw_service_facts(Choices& choices, request::Data& data);

}  // namespace policysim::differential
