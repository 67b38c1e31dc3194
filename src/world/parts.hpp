// The sections of a world, each read by one function, and what they know of each other.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "text/node.hpp"
#include "world/build.hpp"
#include "world/data.hpp"
#include "world/findings.hpp"
#include "world/members.hpp"

namespace policysim::world {

inline constexpr std::string_view kFullAwsAccess = "FullAWSAccess";
inline constexpr std::string_view kRcpFullAwsAccess = "RCPFullAWSAccess";

// Where an account was listed.
struct Place {
  std::uint32_t organization = 0;
  SourceSpan span;
};

// What the sections read so far define. Pointers and names of policies go into Data::policies,
// which is complete.
struct Known {
  std::unordered_map<std::string_view, const Policy*> policies;
  std::unordered_map<std::string, bool> groups;     // has it an unknown policy?
  std::unordered_map<std::string, Place> accounts;  // that stand in an organization
  const Data* data = nullptr;                       // once its principals are complete and indexed

  const Principal* principal(std::string_view name) const noexcept;
  Names principal_names() const;  // sorted
};

// In the order of the calls.
void read_policies(const text::Node& section, const PolicyFiles& files, Data& data, Known& known,
                   Findings& findings);
void read_groups(const text::Node& section, Data& data, Known& known, Findings& findings);
void read_organization(const text::Node& node, Data& data, Known& known, Findings& findings);
void read_accounts(const text::Node& section, Data& data, const Known& known, Findings& findings);
void read_principals(const text::Node& section, Data& data, const Known& known, Findings& findings);
void read_resources(const text::Node& section, Data& data, const Known& known, Findings& findings);
void read_endpoints(const text::Node& section, Data& data, const Known& known, Findings& findings);

// Names that are known where guardrails are attached. Among RCPs both mean what is always there.
using BuiltIn = std::span<const std::string_view>;
inline constexpr std::array kBuiltInScps = {kFullAwsAccess};
inline constexpr std::array kBuiltInRcps = {kRcpFullAwsAccess, kFullAwsAccess};

// Imports may name policies that nobody knows: only what users and roles have can be one.
enum class Unknown : std::uint8_t { kRefused, kFits };

// Names of policies; `built_in` are known besides those of the world.
std::optional<Names> policy_names(Members& members, std::string_view member, const Known& known,
                                  Findings& findings, BuiltIn built_in = {},
                                  Unknown unknown = Unknown::kRefused);
std::optional<std::string> policy_name(Members& members, std::string_view member,
                                       const Known& known, Findings& findings,
                                       Unknown unknown = Unknown::kRefused);
bool any_unknown(const Names& policies, const Known& known);
// `scps` of a node or account, with the warning about a list that allows nothing.
std::optional<Names> scp_names(Members& members, const Known& known, bool full_aws_access,
                               Findings& findings);

// Twelve digits, or a finding.
std::optional<std::string> account_id(const text::Node& node, Findings& findings);
void check_entry_name(const text::Member& member, std::string_view what, Findings& findings);
void unknown_name(const SourceSpan& span, std::string_view what, std::string_view name,
                  const std::vector<std::string>& known, Findings& findings);
BlockPublicAccess read_block_public_access(Members& members, std::string_view member,
                                           Findings& findings);

// What `kms`, `s3`, `lambda` and `encryption` of a resource say (build_service_facts.cpp).
void read_kms(const text::Node& node, const Known& known, Resource& out, Findings& findings);
void read_s3(const text::Node& node, const Known& known, Resource& out, Findings& findings);
void read_lambda(const text::Node& node, Resource& out, Findings& findings);
std::optional<Encryption> read_encryption(Members& holder, std::string_view member, bool existing,
                                          Findings& findings);
// What these facts say of each other, once all resources are read.
void check_service_facts(const Data& data, Findings& findings);
// A member that such an entry cannot have.
void not_possible(const SourceSpan& span, std::string_view what, std::string_view member,
                  std::string help, Findings& findings);
// Two tags whose keys differ only in case.
void check_tag_case(const Tags& tags, const SourceSpan& span, Findings& findings);

}  // namespace policysim::world
