// What a request is about: which layers it meets and what its service demands.
#pragma once

#include <string>

#include "reference/reference.hpp"

namespace policysim::reference {

struct Facts {
  std::string service;    // lower case
  std::string operation;  // lower case
  bool has_account = false;
  bool same_account = false;
  bool root = false;  // root user or AssumeRoot session
  bool key_operation = false;
  bool trust_operation = false;
  bool mandatory = false;     // the resource's own policy must allow
  bool has_identity = false;  // layers that the caller can have at all
  bool has_boundary = false;
  bool has_session = false;
  bool scp_applies = false;
  bool rcp_applies = false;
  bool through_endpoint = false;  // of a kind whose endpoint policies count
  bool vpce_applies = false;
  bool root_lockout = false;  // root may always repair its own bucket's policy
  bool always_allowed = false;
  bool impossible_across = false;  // cross-account, and the operation never works across accounts
  bool cross_partition = false;
  bool root_assumes_role = false;
  bool immutable = false;  // AWS's own aliases
  std::vector<std::string> scp_levels;
  std::vector<std::string> rcp_levels;

  // Is the policy one that this request meets?
  bool consults(const Policy& policy) const;
};

Facts facts_of(const std::vector<Policy>& policies, const Request& request, const Options& options);

}  // namespace policysim::reference
