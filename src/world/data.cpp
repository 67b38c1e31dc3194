#include "world/data.hpp"

#include "values/arn.hpp"

namespace policysim::world {
namespace {

template <class Map>
auto* find_in(const Map& map, std::string_view key) noexcept {
  const auto found = map.find(key);
  return found == map.end() ? nullptr : &found->second;
}

std::uint32_t number(std::size_t i) noexcept { return static_cast<std::uint32_t>(i); }

}  // namespace

void Data::index_principals() {
  principal_of_.reserve(3 * principals.size());
  // Names go first: an entry's name may look like another entry's ARN.
  for (std::size_t i = 0; i < principals.size(); ++i) {
    principal_of_.emplace(principals[i].name, number(i));
  }
  for (std::size_t i = 0; i < principals.size(); ++i) {
    const request::Caller& caller = principals[i].caller;
    principal_of_.emplace(caller.arn, number(i));
    if (!caller.principal_arn.empty()) principal_of_.emplace(caller.principal_arn, number(i));
  }
  // Session ARNs have lost the path of their role; names of roles are unique within an account.
  for (std::size_t i = 0; i < principals.size(); ++i) {
    const std::string& role = principals[i].caller.principal_arn;
    const std::size_t type = role.find(":role/");
    const std::size_t name = role.rfind('/');
    if (type == std::string::npos || name == type + 5) continue;  // without path it stands above
    role_of_.emplace(role.substr(0, type + 5) + role.substr(name), number(i));
  }
}

void Data::index() {
  resource_of_.reserve(2 * resources.size());
  for (std::size_t i = 0; i < policies.size(); ++i) policy_of_.emplace(policies[i].name, number(i));
  for (std::size_t i = 0; i < groups.size(); ++i) group_of_.emplace(groups[i].name, number(i));
  for (std::size_t i = 0; i < accounts.size(); ++i) account_of_.emplace(accounts[i].id, number(i));
  for (std::size_t i = 0; i < endpoints.size(); ++i) {
    endpoint_of_.emplace(endpoints[i].name, number(i));
  }
  for (std::size_t i = 0; i < resources.size(); ++i) {
    resource_of_.emplace(resources[i].name, number(i));
  }
  for (std::size_t i = 0; i < resources.size(); ++i)
    resource_of_.emplace(resources[i].arn, number(i));
  for (std::size_t i = 0; i < resources.size(); ++i) {
    const std::size_t id = resources[i].arn.find(":key/");
    for (const std::string& alias : resources[i].kms.aliases.value_or(Names{})) {
      alias_of_.emplace(resources[i].arn.substr(0, id + 1) + alias, number(i));
    }
  }
  for (std::size_t o = 0; o < organizations.size(); ++o) {
    const Organization& organization = organizations[o];
    for (std::size_t n = 0; n < organization.nodes.size(); ++n) {
      for (const std::string& account : organization.nodes[n].accounts) {
        member_of_.emplace(account, Membership{number(o), number(n)});
      }
    }
  }
}

const Policy* Data::policy(std::string_view name) const noexcept {
  const auto* at = find_in(policy_of_, name);
  return at != nullptr ? &policies[*at] : nullptr;
}

const Principal* Data::principal(std::string_view name_or_arn) const noexcept {
  const auto* at = find_in(principal_of_, name_or_arn);
  if (at == nullptr) at = find_in(role_of_, name_or_arn);
  return at != nullptr ? &principals[*at] : nullptr;
}

const Principal* Data::principal_resource(std::string_view name_or_arn) const noexcept {
  const auto* at = find_in(principal_of_, name_or_arn);
  if (at == nullptr || principals[*at].resource_arn.empty()) return nullptr;
  // Not by the ARN of a session.
  const Principal& found = principals[*at];
  return name_or_arn == found.name || name_or_arn == found.resource_arn ? &found : nullptr;
}

const Resource* Data::resource(std::string_view name_or_arn) const noexcept {
  const auto* at = find_in(resource_of_, name_or_arn);
  return at != nullptr ? &resources[*at] : nullptr;
}

const Resource* Data::key(std::string_view text, const Resource& near) const noexcept {
  if (const Resource* const named = resource(text); named != nullptr) return named;
  if (const auto* at = find_in(alias_of_, text); at != nullptr) return &resources[*at];
  // Short forms mean a key of the same account and Region.
  const auto arn = values::split_arn(near.arn);
  if (!arn || text.find(':') != std::string_view::npos) return nullptr;
  const std::string place =
      "arn:" + std::string(arn->partition()) + ":kms:" + near.region + ":" + near.account + ":";
  if (text.substr(0, 6) != "alias/") return resource(place + "key/" + std::string(text));
  const auto* at = find_in(alias_of_, place + std::string(text));
  return at != nullptr ? &resources[*at] : nullptr;
}

const VpcEndpoint* Data::endpoint(std::string_view name) const noexcept {
  const auto* at = find_in(endpoint_of_, name);
  return at != nullptr ? &endpoints[*at] : nullptr;
}

const Group* Data::group(std::string_view name) const noexcept {
  const auto* at = find_in(group_of_, name);
  return at != nullptr ? &groups[*at] : nullptr;
}

const Account* Data::account(std::string_view id) const noexcept {
  const auto* at = find_in(account_of_, id);
  return at != nullptr ? &accounts[*at] : nullptr;
}

const Membership* Data::membership(std::string_view account) const noexcept {
  return find_in(member_of_, account);
}

const Organization* Data::organization_of(std::string_view account) const noexcept {
  const Membership* at = membership(account);
  return at != nullptr ? &organizations[at->organization] : nullptr;
}

std::string_view Data::organization_path(std::string_view account) const noexcept {
  const Membership* at = membership(account);
  if (at == nullptr) return {};
  return organizations[at->organization].nodes[at->node].path;
}

}  // namespace policysim::world
