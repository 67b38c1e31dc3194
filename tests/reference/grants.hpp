// KMS grants (evaluation.md 6.1).
#pragma once

#include "reference/facts.hpp"

namespace policysim::reference {

// What the grants of the key are worth to the caller.
struct GrantWorth {
  bool exists = false;         // the key has grants and the operation is one on the key
  bool unlimited = false;      // whatever boundary and session policy say
  bool limited = false;        // where boundary and session policy allow
  bool with_identity = false;  // … and an identity-based policy, too
  bool by_others = false;      // there are grants, none issued by the caller's account
  bool any() const { return unlimited || limited || with_identity; }
};

// `best`: a grant that may hold does.
GrantWorth worth_of_grants(const Facts& facts, const Request& request, const Options& options,
                           bool best, UnknownKeys* unknown);

}  // namespace policysim::reference
