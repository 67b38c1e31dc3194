#include "eval/bind_candidates.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "services/rules.hpp"

namespace policysim::eval {

using catalog::Option;
using program::kNone;
using program::Program;
using program::StatementRow;
using request::CallerKind;

bool action_matches(const Program& program, std::uint32_t statement,
                    const std::vector<std::uint32_t>& matching) noexcept {
  const StatementRow& row = program.statements[statement];
  bool listed = false;
  for (std::uint32_t i = 0; i < row.action_count && !listed; ++i) {
    const std::uint32_t pattern = program.action_lists[row.first_action + i];
    listed = std::find(matching.begin(), matching.end(), pattern) != matching.end();
  }
  return listed != row.has(StatementRow::kNotAction);
}

namespace {

// Appends the group's statements whose action matches to out.positions, in policy order.
void append_matching(const Program& program, std::uint32_t id, Binding& out) {
  if (id == kNone) return;
  const program::Group& group = program.groups[id];
  if (group.unusable != kNone && out.facts.unusable == kNone) out.facts.unusable = group.unusable;
  std::vector<std::uint32_t>& list = out.positions;
  const auto first = static_cast<std::ptrdiff_t>(list.size());
  for (const std::uint32_t pattern : out.patterns) {
    const auto range = program.postings.find(id, pattern);
    for (std::uint32_t i = 0; i < range.count; ++i) {
      list.push_back(program.postings.position(range.first + i));
    }
  }
  for (const std::uint32_t position : group.not_action) {
    if (action_matches(program, group.order[position], out.patterns)) list.push_back(position);
  }
  if (list.end() - list.begin() - first > 1) {
    std::sort(list.begin() + first, list.end());
    list.erase(std::unique(list.begin() + first, list.end()), list.end());
  }
  for (auto at = list.begin() + first; at != list.end(); ++at) *at = group.order[*at];
}

// Candidates of what is attached everywhere, then of what is attached here.
CandidateRange collect(const Program& program, std::uint32_t everywhere, std::uint32_t here,
                       Binding& out) {
  out.positions.clear();
  append_matching(program, everywhere, out);
  append_matching(program, here, out);
  CandidateRange range;
  range.first = static_cast<std::uint32_t>(out.candidates.size());
  for (const std::uint32_t statement : out.positions) {
    if (program.statements[statement].deny()) out.candidates.push_back(statement);
  }
  range.allows = static_cast<std::uint32_t>(out.candidates.size());
  for (const std::uint32_t statement : out.positions) {
    if (!program.statements[statement].deny()) out.candidates.push_back(statement);
  }
  range.end = static_cast<std::uint32_t>(out.candidates.size());
  return range;
}

std::uint32_t find_group(const program::AttachmentTable& table, std::string_view target) {
  if (target.empty() || table.groups.empty()) return kNone;
  const auto found = table.groups.find(target);
  return found == table.groups.end() ? kNone : found->second;
}

// By the world's name, else by ARN.
std::uint32_t find_caller(const program::AttachmentTable& table, const request::Caller& caller) {
  const std::uint32_t by_entry = find_group(table, caller.entry);
  if (by_entry != kNone || caller.kind == CallerKind::kAnonymous) return by_entry;
  const std::uint32_t by_principal = find_group(table, caller.principal_arn);
  return by_principal != kNone ? by_principal : find_group(table, caller.arn);
}

const program::AccountRow* find_account(const Program& program, std::string_view account) {
  const auto found = program.accounts.find(account);
  return found == program.accounts.end() ? nullptr : &found->second;
}

void note(Facts& facts, Option option) { facts.touched |= catalog::bit(option); }

bool scp_applies(const program::AccountRow* account, const Facts& facts) {
  return facts.has_account && facts.kind != CallerKind::kServiceLinkedRole && account != nullptr &&
         account->scp_enabled && !account->management;
}

bool rcp_covers(const Program& program, const request::Data& request, Facts& facts) {
  const std::string_view service = services::service_of(request.action);
  if (service == "opensearch" || service == "es") {
    note(facts, Option::kRcpOpensearchEs);
    if (service == "es" && program.readings[Option::kRcpOpensearchEs] != 0) return false;
  }
  return program.rcp_supports(service);
}

bool rcp_applies(const Program& program, const request::Data& request,
                 const program::AccountRow* account, Facts& facts) {
  const bool bound = account != nullptr && account->rcp_enabled && !account->management &&
                     facts.kind != CallerKind::kServiceLinkedRole &&
                     !request.resource_facts.aws_managed_key && !facts.rules.beyond_rcps &&
                     rcp_covers(program, request, facts);
  if (!bound || request.resource != "*") return bound;
  note(facts, Option::kRcpResourceless);
  return program.readings[Option::kRcpResourceless] == 0;
}

bool vpce_applies(const Program& program, const request::Data& request, Facts& facts) {
  if (request.endpoint.empty() || request.via_service || facts.kind == CallerKind::kService) {
    return false;
  }
  if (facts.kind != CallerKind::kServiceLinkedRole) return true;
  note(facts, Option::kVpceSlr);
  return program.readings[Option::kVpceSlr] == 0;
}

bool impossible_across_accounts(const Program& program, Facts& facts) {
  if (!facts.has_account || facts.same_account || facts.caller_owns_object) return false;
  const services::Rules& rules = facts.rules;
  if (rules.across_accounts_option) {
    note(facts, *rules.across_accounts_option);
    return program.readings[*rules.across_accounts_option] == 0;
  }
  return !rules.across_accounts && !(rules.across_accounts_by_policy && facts.resource_policy);
}

// Services that AWS names only in "may also require".
bool mandatory_by_option(const Program& program, const request::Data& request, Facts& facts) {
  if (facts.rules.mandatory || !facts.resource_policy ||
      services::has_ordinary_policies(services::service_of(request.action))) {
    return false;
  }
  note(facts, Option::kRbpMandatoryUnlisted);
  return program.readings[Option::kRbpMandatoryUnlisted] != 0;
}

bool trusts_itself(const Program& program, Facts& facts) {
  if (!facts.rules.self_trust) return false;
  note(facts, Option::kStsImplicitSelfTrust);
  return program.readings[Option::kStsImplicitSelfTrust] != 0;
}

bool has_account(const request::Caller& caller) {
  return !caller.account.empty() && caller.kind != CallerKind::kService &&
         caller.kind != CallerKind::kAnonymous && caller.kind != CallerKind::kFederatedIdp;
}

void fill_facts(const Program& program, const request::Data& request, Facts& facts) {
  const request::Caller& caller = request.caller;
  const request::ResourceFacts& resource = request.resource_facts;
  facts.kind = caller.kind;
  facts.rules = services::rules_of(request);
  facts.has_account = has_account(caller);
  facts.same_account =
      facts.has_account && (caller.account == resource.account || facts.rules.identity_decides);
  facts.caller_owns_object = facts.has_account && !facts.rules.owner_account.empty() &&
                             caller.account == facts.rules.owner_account;
  facts.endpoint_gateway = request.endpoint_gateway;
  facts.cross_partition =
      facts.has_account && !resource.partition.empty() && resource.partition != caller.partition;
  facts.root_may_unlock = facts.is_root() && facts.same_account && facts.rules.root_may_unlock;
  facts.trusts_itself = trusts_itself(program, facts);
  facts.vpce_applies = vpce_applies(program, request, facts);
}

// The levels that bind an account: its own, or those that bind every account.
const program::AccountRow& levels_of(const Program& program, const program::AccountRow* account) {
  return account != nullptr ? *account : program.everywhere;
}

void bind_levels(const Program& program, const request::Data& request, Binding& out) {
  out.scp.clear();
  out.rcp.clear();
  const program::AccountRow& caller =
      levels_of(program, find_account(program, request.caller.account));
  const program::AccountRow& owner =
      levels_of(program, find_account(program, request.resource_facts.account));
  out.facts.scp_applies = scp_applies(&caller, out.facts);
  out.facts.rcp_applies = rcp_applies(program, request, &owner, out.facts);
  if (out.facts.scp_applies) {
    for (const std::uint32_t level : caller.scp_levels) {
      out.scp.push_back({collect(program, kNone, program.levels[level].scps, out), level});
    }
  }
  if (out.facts.rcp_applies) {
    for (const std::uint32_t level : owner.rcp_levels) {
      out.rcp.push_back({collect(program, kNone, program.levels[level].rcps, out), level});
    }
  }
}

bool issued_any(const Program& program, std::uint32_t group, std::string_view account) {
  const std::vector<std::uint32_t>& order = program.groups[group].order;
  return std::any_of(order.begin(), order.end(), [&](std::uint32_t statement) {
    return program.grants.at(statement).issuer == account;
  });
}

void bind_resource_policy(const Program& program, const request::Data& request, Binding& out) {
  Facts& facts = out.facts;
  const std::uint32_t here = find_group(program.resource, request.resource_facts.policy_target);
  facts.resource_policy = here != kNone || program.resource.all != kNone;
  out.resource = collect(program, program.resource.all, here, out);
  if (!facts.rules.restricts_public || facts.rules.resource_policy_private) return;
  for (const std::uint32_t group : {here, program.resource.all}) {
    if (group == kNone) continue;
    facts.touched |= program.groups[group].public_touched;
    const program::Group& policies = program.groups[group];
    const bool is_public =
        facts.rules.access_point ? policies.is_public_access_point : policies.is_public;
    facts.public_access_blocked = facts.public_access_blocked || is_public;
  }
}

}  // namespace

void bind_candidates(const Program& program, const request::Data& request, Binding& out) {
  out.candidates.clear();
  out.facts = {};
  Facts& facts = out.facts;
  fill_facts(program, request, facts);
  bind_levels(program, request, out);

  const auto caller_range = [&](const program::AttachmentTable& table, bool& present) {
    const std::uint32_t here = find_caller(table, request.caller);
    present = here != kNone || table.all != kNone;
    return collect(program, table.all, here, out);
  };
  out.identity = out.boundary = out.session = out.vpce = out.resource = out.grant =
      CandidateRange{};
  // Neither limits a service-linked role.
  const bool limitable = facts.has_account && facts.kind != CallerKind::kServiceLinkedRole;
  if (facts.has_account && !facts.is_root()) {
    out.identity = caller_range(program.identity, facts.identity_present);
    if (limitable) out.boundary = caller_range(program.boundary, facts.boundary_present);
  }
  if (limitable && facts.kind != CallerKind::kRoot && facts.kind != CallerKind::kUser) {
    out.session = caller_range(program.session, facts.session_given);
    facts.session_given = facts.session_given || request.caller.has_session_policies;
  }
  if (facts.vpce_applies) {
    const std::uint32_t here = find_group(program.endpoint, request.endpoint);
    facts.vpce_policy = here != kNone || program.endpoint.all != kNone;
    out.vpce = collect(program, program.endpoint.all, here, out);
  }
  if (!facts.rules.ignores_resource_policy) bind_resource_policy(program, request, out);
  const std::uint32_t grants = find_group(program.grant, request.resource);
  facts.grants_present = grants != kNone;
  out.grant = collect(program, kNone, grants, out);
  facts.mandatory = facts.rules.mandatory || mandatory_by_option(program, request, facts);
  facts.issued_by_others = facts.rules.of_issuer && facts.grants_present &&
                           !issued_any(program, grants, request.caller.account);
  facts.impossible_across_accounts = impossible_across_accounts(program, facts);
}

}  // namespace policysim::eval
