#include "compile/attach_world.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "compile/built_in.hpp"
#include "policy/parse.hpp"
#include "values/arn.hpp"
#include "world/data.hpp"
#include "world/parts.hpp"

namespace policysim::compile {
namespace {

using request::CallerKind;
using world::Data;
using world::Names;

constexpr std::string_view kFullAwsAccessText =
    R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]})";

class Attacher {
 public:
  Attacher(const Data& data, Sources& out, const ParseOptions& options)
      : data_(data), out_(out), options_(options) {}

  Result<bool> run();

 private:
  std::uint32_t append(PolicyType type, const std::string& policy, const std::string& target);
  void attach(PolicyType type, const Names& policies, const std::string& target);
  void attach(PolicyType type, const std::optional<std::string>& policy, const std::string& target);
  void attach_identity(const world::Principal& entry, const std::string& target);
  void attach_principal(const world::Principal& entry);
  void attach_resource(const world::Resource& entry);
  Result<bool> attach_organizations();
  std::uint32_t guardrail(PolicyType type, const std::string& policy);
  Level level_of(const std::string& id, const std::optional<Names>& scps,
                 const std::optional<Names>& rcps, bool full_aws_access);
  void attach_members(const world::Organization& organization, std::uint32_t first_level);

  const Data& data_;
  Sources& out_;
  const ParseOptions& options_;
  std::map<std::pair<std::string, PolicyType>, Attached> parsed_;       // without target
  std::map<std::pair<std::string, PolicyType>, std::uint32_t> shared_;  // SCPs and RCPs
  std::set<std::string> trusts_;  // roles whose trust policy stands already
};

std::uint32_t Attacher::append(PolicyType type, const std::string& policy,
                               const std::string& target) {
  if (data_.policy(policy)->unknown) {
    attach_unknown_policy(out_, type, target);
    return static_cast<std::uint32_t>(out_.attached.size() - 1);
  }
  const auto [at, fresh] = parsed_.try_emplace({policy, type});
  Attached& attached = at->second;
  if (fresh) {
    attached.where = {type, policy, {}};
    const world::Policy& source = *data_.policy(policy);  // names are checked with the world
    Error failure;
    if (source.document != nullptr) {
      auto document = policy::make_document(*source.document, type, data_.sources, options_);
      if (document) {
        attached.document = *std::move(document);
      } else {
        failure = std::move(document).error();
      }
    } else if (source.failure) {
      failure = *source.failure;
    }
    if (!attached.document) {
      attached.failure_code = failure.code;
      attached.failure_message = "policy `" + policy + "` cannot be used: " + failure.message;
    }
  }
  out_.attached.push_back(attached);
  out_.attached.back().where.target = target;
  return static_cast<std::uint32_t>(out_.attached.size() - 1);
}

void Attacher::attach(PolicyType type, const Names& policies, const std::string& target) {
  for (const std::string& policy : policies) append(type, policy, target);
}

void Attacher::attach(PolicyType type, const std::optional<std::string>& policy,
                      const std::string& target) {
  if (policy) append(type, *policy, target);
}

// The user's or role's own policies, then those of its groups.
void Attacher::attach_identity(const world::Principal& entry, const std::string& target) {
  attach(PolicyType::kIdentity, entry.policies, target);
  for (const std::string& name : entry.groups) {
    attach(PolicyType::kIdentity, data_.group(name)->policies, target);
  }
  attach(PolicyType::kBoundary, entry.boundary, target);
}

void Attacher::attach_principal(const world::Principal& entry) {
  if (entry.caller.kind == CallerKind::kFederatedUser) {
    const world::Principal* parent = data_.principal(entry.caller.issuer_arn);
    if (parent != nullptr) attach_identity(*parent, entry.name);
  }
  attach_identity(entry, entry.name);
  if (entry.session && entry.session->policies) {
    attach(PolicyType::kSession, *entry.session->policies, entry.name);
  }
  if (entry.trust && trusts_.insert(entry.resource_arn).second) {
    attach(PolicyType::kTrust, entry.trust, entry.resource_arn);
  }
}

void Attacher::attach_resource(const world::Resource& entry) {
  const auto arn = values::split_arn(entry.arn);
  PolicyType type = PolicyType::kResource;
  if (arn && arn->service() == "kms" && arn->resource().substr(0, 4) == "key/") {
    type = PolicyType::kKey;
  } else if (arn && arn->service() == "iam" && arn->resource().substr(0, 5) == "role/") {
    type = PolicyType::kTrust;
  }
  attach(type, entry.policy, entry.arn);
  if (entry.kms.aws_managed && !entry.policy) attach_managed_key(out_, entry);
  attach_grants(out_, entry.arn, entry.kms.grants);
}

std::uint32_t Attacher::guardrail(PolicyType type, const std::string& policy) {
  const auto [at, fresh] = shared_.try_emplace({policy, type});
  if (fresh) at->second = append(type, policy, {});
  return at->second;
}

Level Attacher::level_of(const std::string& id, const std::optional<Names>& scps,
                         const std::optional<Names>& rcps, bool full_aws_access) {
  Level level;
  level.id = id;
  const bool implied = !scps || full_aws_access;
  const auto full = [&] {
    return shared_.at({std::string(world::kFullAwsAccess), PolicyType::kScp});
  };
  for (const std::string& name : scps.value_or(Names{})) {
    if (name != world::kFullAwsAccess) {
      level.scps.push_back(guardrail(PolicyType::kScp, name));
    } else if (!implied) {
      level.scps.push_back(full());
    }
  }
  if (implied) level.scps.push_back(full());
  for (const std::string& name : rcps.value_or(Names{})) {
    const auto& built_in = world::kBuiltInRcps;  // implied at every level
    if (std::find(built_in.begin(), built_in.end(), name) != built_in.end()) continue;
    level.rcps.push_back(guardrail(PolicyType::kRcp, name));
  }
  return level;
}

// Accounts below the nodes of an organization, whose levels begin at `first_level`.
void Attacher::attach_members(const world::Organization& organization, std::uint32_t first_level) {
  for (std::size_t n = 0; n < organization.nodes.size(); ++n) {
    std::vector<std::uint32_t> path;
    for (auto at = static_cast<std::uint32_t>(n); at != world::OrgNode::kNoParent;
         at = organization.nodes[at].parent) {
      path.push_back(first_level + at);
    }
    std::reverse(path.begin(), path.end());
    for (const std::string& id : organization.nodes[n].accounts) {
      const world::Account* entry = data_.account(id);
      Account account;
      account.id = id;
      account.management = id == organization.management_account;
      account.scp_enabled = organization.scp_enabled;
      account.rcp_enabled = organization.rcp_enabled;
      account.levels = path;
      account.levels.push_back(static_cast<std::uint32_t>(out_.levels.size()));
      out_.levels.push_back(level_of(id, entry != nullptr ? entry->scps : std::nullopt,
                                     entry != nullptr ? entry->rcps : std::nullopt,
                                     organization.full_aws_access));
      out_.accounts.push_back(std::move(account));
    }
  }
}

Result<bool> Attacher::attach_organizations() {
  if (data_.organizations.empty()) return true;
  const std::string name(world::kFullAwsAccess);
  auto document = PolicyDocument::parse(std::string(kFullAwsAccessText), PolicyType::kScp);
  if (!document) return std::move(document).error();
  Attached full;
  full.where = {PolicyType::kScp, name, {}};
  full.document = *std::move(document);
  full.built_in = true;
  shared_[{name, PolicyType::kScp}] = static_cast<std::uint32_t>(out_.attached.size());
  out_.attached.push_back(std::move(full));
  for (const world::Organization& organization : data_.organizations) {
    const auto first_level = static_cast<std::uint32_t>(out_.levels.size());
    for (const world::OrgNode& node : organization.nodes) {
      out_.levels.push_back(level_of(node.id, node.scps, node.rcps, organization.full_aws_access));
    }
    attach_members(organization, first_level);
  }
  return true;
}

Result<bool> Attacher::run() {
  for (const world::Principal& entry : data_.principals) attach_principal(entry);
  for (const world::Resource& entry : data_.resources) attach_resource(entry);
  for (const world::VpcEndpoint& entry : data_.endpoints) {
    attach(PolicyType::kEndpoint, entry.policy, entry.name);
  }
  return attach_organizations();
}

}  // namespace

Result<bool> attach_world(const World& world, Sources& sources, const ParseOptions& options) {
  return Attacher(world.data(), sources, options).run();
}

}  // namespace policysim::compile
