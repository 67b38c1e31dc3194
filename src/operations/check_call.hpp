// What AWS refuses before it asks anybody for permission.
#pragma once

#include "operations/call.hpp"

namespace policysim::operations {

// Headers, parameters and tags: before anything of the world is looked up.
void check_sent(const Call& call);
// What can be said once resources and keys are known.
void check_found(const Call& call);
// The KMS key that a service uses: described, and in the service's Region.
void check_service_key(const Call& call, const RequestRow& row, const ResourceParty& key);

}  // namespace policysim::operations
