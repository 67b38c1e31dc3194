// What gets compiled: policies in their places, organization levels, accounts.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "policysim/policy_set.hpp"

namespace policysim::compile {

// What a KMS grant says beside its statements.
struct Grant {
  std::string issuer;      // account
  bool by_issuer = false;  // its one statement lets the issuing account retire it
};

// One policy in its place. Without a document the policy cannot be used: each request that needs it
// is an error with this code and message.
struct Attached {
  Attachment where;
  std::optional<PolicyDocument> document;
  bool built_in = false;       // FullAWSAccess, a grant …: has no place in a file
  std::optional<Grant> grant;  // layer grant, whatever the type
  std::string failure_code;
  std::string failure_message;
};

// A root, OU or account of an organization. Lists hold indexes into Sources::attached.
struct Level {
  std::string id;  // what decisions call it
  std::vector<std::uint32_t> scps;
  std::vector<std::uint32_t> rcps;  // customer RCPs; RCPFullAWSAccess is implied
};

// An account and the levels above it, root first, its own last.
struct Account {
  std::string id;
  bool management = false;
  bool scp_enabled = true;
  bool rcp_enabled = true;
  std::vector<std::uint32_t> levels;  // indexes into Sources::levels
};

// Everything that one PolicySet is compiled from. Attachments of types scp and rcp count only
// through `levels`; an account without a row has no organization. `everywhere` levels bind every
// account (Builder::add without a world).
struct Sources {
  std::vector<Attached> added;  // by Builder::add, in order; placed behind the world's
  std::vector<Attached> attached;
  std::vector<Level> levels;
  std::vector<Account> accounts;
  std::vector<std::uint32_t> everywhere;
  std::shared_ptr<const World> world;
  CompileOptions options;
};

}  // namespace policysim::compile
