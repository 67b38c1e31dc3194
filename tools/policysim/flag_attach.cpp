// Where the policies of flags go, beside what the world attaches.
#include <algorithm>

#include "flag_policies.hpp"
#include "policy/ast.hpp"
#include "usage.hpp"
#include "world/data.hpp"

namespace policysim::cli {
namespace {

constexpr const char* kFullAccess =
    R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]})";

// The node of the world that a label names: by id or name, `root`, or `account`; else the label.
std::string level_id(const std::string& label, const std::string& account,
                     const compile::Sources& sources) {
  if (sources.world == nullptr) return label;
  const world::Organization* organization = sources.world->data().organization_of(account);
  if (organization == nullptr) return label;
  if (label == "root") return organization->nodes.front().id;
  if (label == "account") return account;
  for (const world::OrgNode& node : organization->nodes) {
    if (node.name == label) return node.id;
  }
  return label;
}

compile::Level& level_of(const std::string& id, compile::Sources& sources) {
  for (const compile::Account& account : sources.accounts) {
    if (account.id == id && !account.levels.empty()) return sources.levels[account.levels.back()];
  }
  for (compile::Level& level : sources.levels) {
    if (level.id == id) return level;
  }
  sources.everywhere.push_back(static_cast<std::uint32_t>(sources.levels.size()));
  sources.levels.push_back({id, {}, {}});
  return sources.levels.back();
}

bool allows_something(const compile::Attached& attached) {
  if (!attached.document) return true;  // it is an error of the request anyway
  const auto& statements = attached.document->ast().statements;
  return std::any_of(statements.begin(), statements.end(), [](const policy::Statement& statement) {
    return statement.effect == policy::Effect::kAllow;
  });
}

// A level none of whose policies allows anything would refuse every call.
void add_full_access(compile::Level& level, compile::Sources& sources, FlagPolicies& policies) {
  for (const std::uint32_t index : level.scps) {
    if (allows_something(sources.attached[index])) return;
  }
  Result<PolicyDocument> document = PolicyDocument::parse(kFullAccess, PolicyType::kScp);
  if (!document) return;
  compile::Attached full;
  full.where = {PolicyType::kScp, "FullAWSAccess", level.id};
  full.document = *std::move(document);
  full.built_in = true;
  level.scps.push_back(static_cast<std::uint32_t>(sources.attached.size()));
  sources.attached.push_back(std::move(full));
  policies.warnings.push_back(
      {"PS3110",
       "no policy of level `" + level.id + "` allows anything: FullAWSAccess is attached too",
       std::nullopt});
}

bool exclusive(PolicyType type) {
  switch (type) {
    case PolicyType::kBoundary:
    case PolicyType::kResource:
    case PolicyType::kKey:
    case PolicyType::kTrust:
    case PolicyType::kEndpoint:
      return true;
    case PolicyType::kIdentity:
    case PolicyType::kSession:
    case PolicyType::kScp:
    case PolicyType::kRcp:
      return false;
  }
  return false;
}

// Is there a policy already where only one can be?
bool is_taken(const compile::Attached& attached, const compile::Sources& sources) {
  return std::any_of(sources.attached.begin(), sources.attached.end(),
                     [&attached](const compile::Attached& other) {
                       return exclusive(other.where.as) &&
                              other.where.target == attached.where.target &&
                              (other.where.as == PolicyType::kBoundary) ==
                                  (attached.where.as == PolicyType::kBoundary);
                     });
}

}  // namespace

std::optional<Error> attach_flag_policies(FlagPolicies& policies, const request::Data& data,
                                          compile::Sources& sources) {
  std::vector<std::string> scp_levels;
  for (const FlagPolicy& policy : policies.list) {
    compile::Attached attached = policy.attached;
    const PolicyType type = attached.where.as;
    if (exclusive(type) && is_taken(attached, sources)) {
      return usage_error("the world has a policy where `" + policy.option + "` would attach `" +
                         attached.where.name + "`");
    }
    const auto index = static_cast<std::uint32_t>(sources.attached.size());
    if (type == PolicyType::kScp) {
      scp_levels.push_back(level_id(attached.where.target, data.caller.account, sources));
      level_of(scp_levels.back(), sources).scps.push_back(index);
    } else if (type == PolicyType::kRcp) {
      const std::string id = level_id(attached.where.target, data.resource_facts.account, sources);
      level_of(id, sources).rcps.push_back(index);
    }
    sources.attached.push_back(std::move(attached));
  }
  for (const std::string& id : scp_levels)
    add_full_access(level_of(id, sources), sources, policies);
  return std::nullopt;
}

}  // namespace policysim::cli
