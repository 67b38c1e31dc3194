// What S3 looks at beside policies: owners, access control lists, Block Public Access
// (evaluation.md 6.4).
#pragma once

#include "reference/facts.hpp"

namespace policysim::reference {

// The accounts that may own the object, if that is not the bucket's: one when it is known, those
// that make a difference when it is not.
std::vector<std::optional<std::string>> object_owners(const Request& request, UnknownKeys* unknown);

enum class Acl { kNone, kSilent, kAllows };  // none: lists are not looked at
Acl read_acl(const Request& request);

// Does RestrictPublicBuckets shut the caller out?
bool shut_out(const std::vector<Policy>& policies, const Facts& facts, const Request& request,
              const Options& options);

}  // namespace policysim::reference
