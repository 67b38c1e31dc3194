// Policies that flags name, attached to the one request that flags state.
#pragma once

#include <optional>
#include <vector>

#include "compile/sources.hpp"
#include "explain/decision_record.hpp"
#include "options.hpp"
#include "policysim/explanation.hpp"
#include "request/request.hpp"
#include "settings.hpp"

namespace policysim::cli {

// One policy of a flag, where it goes.
struct FlagPolicy {
  compile::Attached attached;  // attached.where.target of scp and rcp: the level's label
  std::string option;
};

struct FlagPolicies {
  std::vector<FlagPolicy> list;
  std::vector<DecisionWarning> warnings;
  // A file that cannot be used, as the decision; or misuse.
  std::optional<explain::DecisionRecord> failure;
  std::optional<Error> misuse;
};

// `data` gets what the policies say about the request: that session policies were passed, and which
// endpoint the call goes through.
FlagPolicies load_flag_policies(const Options& options, const Settings& settings,
                                request::Data& data);

// Attaches them beside what the world attaches; a level that allows nothing gets FullAWSAccess too,
// with a warning. Fails (usage) on a second boundary, resource or endpoint policy.
std::optional<Error> attach_flag_policies(FlagPolicies& policies, const request::Data& data,
                                          compile::Sources& sources);

}  // namespace policysim::cli
