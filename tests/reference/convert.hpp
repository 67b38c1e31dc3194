// Requests of the product as the reference reads them, and callers from what an ARN alone says.
#pragma once

#include "reference/reference.hpp"
#include "request/request.hpp"
#include "world/data.hpp"

namespace policysim::reference {

// With the keys that the request has under these readings.
Request from(const request::Data& data, const Options& options = {});
Grant from(const world::KmsGrant& grant);

// Fills `request.caller` from the principal of a conformance vector and from `aws:PrincipalArn`,
// `aws:userid` and `s3:CanonicalUserId` in the request's context.
void set_caller(Request& request, std::string_view principal);

}  // namespace policysim::reference
