// What a request is about: which layers it meets and what its service demands.
#pragma once

#include <string>

#include "reference/reference.hpp"

namespace policysim::reference {

struct Facts {
  std::string service;    // lower case
  std::string operation;  // lower case
  bool has_account = false;
  bool same_account = false;  // the resource is the caller's own account's
  bool root = false;          // root user or AssumeRoot session
  bool key_operation = false;
  bool retires_grant = false;  // which key policies have no say in
  bool trust_operation = false;
  bool mandatory = false;            // the resource's own policy must allow
  bool identity_only = false;        // no resource has a say: sts:AssumeRoot
  bool has_resource_policy = false;  // an ordinary one is attached
  bool open_by_default = false;      // EFS without a policy
  bool assumes_itself = false;       // a role's session assumes that role
  bool foreign_object = false;       // S3: the object's owner, not the bucket's, must allow
  bool has_identity = false;         // layers that the caller can have at all
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
  std::vector<std::string> scp_levels;
  std::vector<std::string> rcp_levels;

  // Is the policy one that this request meets?
  bool consults(const Policy& policy) const;
};

// `object_owner`: the account that owns the S3 object, where that is not the bucket's.
Facts facts_of(const std::vector<Policy>& policies, const Request& request, const Options& options,
               const std::optional<std::string>& object_owner);

// services.cpp
bool changes_bucket_policy(const Facts& f);
bool never_across(const Facts& f, const Request& request, const Options& options);
Tri refused_by_service(const Facts& f, const Request& request, const Options& options,
                       UnknownKeys* unknown);
bool is_listed_service(const std::string& service);

}  // namespace policysim::reference
