// Policies that nobody writes: KMS grants, the key policies of AWS managed keys, and policies that
// an import only names.
#pragma once

#include <string_view>
#include <vector>

#include "compile/sources.hpp"
#include "world/data.hpp"

namespace policysim::compile {

// Grants become Allow statements of layer grant, attached to exactly this key. Constraints on the
// encryption context compare case and all: key names are tested as values, too.
void attach_grants(Sources& sources, std::string_view key_arn,
                   const std::vector<world::KmsGrant>& grants);

// AWS's policy of the key by its alias. Of an alias without a known policy it is an Allow for
// everybody whose match is unknown: it hangs on the fact `kms.policy`.
void attach_managed_key(Sources& sources, const world::Resource& key);

// A policy of a user or role of which nobody knows what it says: it may allow and it may deny, by
// the fact `iam.policy`.
void attach_unknown_policy(Sources& sources, PolicyType type, std::string_view target);

}  // namespace policysim::compile
