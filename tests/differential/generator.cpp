#include "differential/generator.hpp"

#include <algorithm>

#include "differential/organizations.hpp"

namespace policysim::differential {
namespace {

using reference::Meeting;
using request::CallerKind;
using request::Data;

bool in(CallerKind kind, std::initializer_list<CallerKind> kinds) {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

bool has_identity(CallerKind kind) {
  return in(kind, {CallerKind::kUser, CallerKind::kRoleSession, CallerKind::kFederatedUser,
                   CallerKind::kServiceLinkedRole});
}
bool can_have_boundary(CallerKind kind) {
  return in(kind, {CallerKind::kUser, CallerKind::kRoleSession, CallerKind::kFederatedUser});
}
bool can_have_session(CallerKind kind) {
  return in(kind, {CallerKind::kRoleSession, CallerKind::kFederatedUser, CallerKind::kRootSession});
}

class Builder {
 public:
  Builder(Choices& choices, const Goal& goal) : c_(choices), goal_(goal) {}

  Case build() {
    data_ = draw_request(c_);
    choose_target();
    identity();
    resource();
    boundary();
    session();
    scp();
    rcp();
    endpoint();
    place_target();
    options();
    requests();
    return std::move(case_);
  }

 private:
  struct Place {
    PolicyType type;
    bool deny;
  };

  void choose_target() {
    const CallerKind kind = data_.caller.kind;
    const Target& target = target_of(data_);
    std::vector<Place> places;
    const auto add = [&](PolicyType type, bool possible, int weight) {
      for (; possible && weight > 0; --weight) {
        places.push_back({type, false});
        places.push_back({type, true});
      }
    };
    add(PolicyType::kIdentity, has_identity(kind), 3);
    add(PolicyType::kBoundary, can_have_boundary(kind), 1);
    add(PolicyType::kSession, can_have_session(kind), 1);
    add(PolicyType::kScp, !data_.caller.account.empty() && kind != CallerKind::kServiceLinkedRole,
        1);
    add(target.policy, target.has_policy, 3);
    add(PolicyType::kEndpoint, kind != CallerKind::kService && !data_.via_service, 1);
    if (target.has_policy && kind != CallerKind::kServiceLinkedRole) {
      places.push_back({PolicyType::kRcp, true});
    }
    if (places.empty()) places.push_back({PolicyType::kIdentity, false});
    place_ = c_.of(places);
    Condition condition;
    if (goal_.op < operators().size()) {
      for (int tries = 0; tries < 4; ++tries) {
        if (!aim(c_, goal_, place_.type, place_.deny, data_, condition)) continue;
        conditions_ = {condition};
        break;
      }
    }
  }

  bool is_target(PolicyType type, bool deny) const {
    return place_.type == type && place_.deny == deny;
  }
  bool targets(PolicyType type) const { return place_.type == type; }
  bool same_account() const {
    return !data_.caller.account.empty() && data_.caller.account == data_.resource_facts.account;
  }
  bool mandatory() const {
    const Target& target = target_of(data_);
    return target.has_policy && target.policy != PolicyType::kResource;
  }

  Policy& add(PolicyType type, const std::string& level = "") {
    Policy policy;
    policy.type = type;
    if (!level.empty()) policy.levels = {level};
    case_.policies.push_back(policy);
    return case_.policies.back();
  }

  void add_noise(Policy& policy) {
    const bool only_denies = policy.type == PolicyType::kRcp;
    for (std::size_t n = c_.below(3); n > 1; --n) {
      const bool deny = only_denies || c_.chance(20);
      Statement statement = random_statement(c_, data_, policy.type, deny);
      const auto at = policy.statements.begin() +
                      static_cast<std::ptrdiff_t>(c_.below(policy.statements.size() + 1));
      policy.statements.insert(at, std::move(statement));
    }
  }

  // A policy that allows everything, unless it is the target's part to allow.
  void add_layer(PolicyType type, const std::string& level = "") {
    Policy& policy = add(type, level);
    if (!is_target(type, false)) policy.statements.push_back(everything(type));
    add_noise(policy);
    if (policy.statements.empty()) policy.statements.push_back(inert(type));
  }

  void identity() {
    if (!has_identity(data_.caller.kind) && c_.chance(80)) return;
    const bool resource_decides =
        is_target(resource_type(), false) && same_account() && !mandatory();
    if (resource_decides && c_.chance(75)) {
      if (c_.chance(50)) return;
      Policy& policy = add(PolicyType::kIdentity);
      policy.statements.push_back(random_statement(c_, data_, PolicyType::kIdentity, false));
      return;
    }
    add_layer(PolicyType::kIdentity);
    if (c_.chance(15)) {
      Policy& more = add(PolicyType::kIdentity);
      more.statements.push_back(random_statement(c_, data_, PolicyType::kIdentity, c_.chance(20)));
    }
  }

  PolicyType resource_type() const { return target_of(data_).policy; }

  void resource() {
    if (!target_of(data_).has_policy) return;
    const bool needed = mandatory() || !same_account() || targets(resource_type());
    if (!needed && c_.chance(75)) return;
    if (needed && !targets(resource_type()) && c_.chance(4)) return;
    Policy& policy = add(resource_type());
    if (needed && !is_target(resource_type(), false)) {
      Statement allow = covering_statement(c_, data_, resource_type(), false);
      if (same_account() && c_.chance(60)) {
        allow.principal = "{\"AWS\":" + quote(data_.caller.account) + "}";
      }
      policy.statements.push_back(std::move(allow));
    }
    add_noise(policy);
    if (policy.statements.empty()) {
      policy.statements.push_back(random_statement(c_, data_, resource_type(), c_.chance(25)));
    }
  }

  void boundary() {
    const CallerKind kind = data_.caller.kind;
    const std::size_t usual = can_have_boundary(kind) ? 15 : 2;
    if (targets(PolicyType::kBoundary) || c_.chance(usual)) {
      add_layer(PolicyType::kBoundary);
    }
  }

  void session() {
    const CallerKind kind = data_.caller.kind;
    const std::size_t usual = kind == CallerKind::kRootSession         ? 95
                              : kind == CallerKind::kFederatedUser     ? 75
                              : kind == CallerKind::kRoleSession       ? 15
                              : kind == CallerKind::kServiceLinkedRole ? 0
                                                                       : 2;
    if (targets(PolicyType::kSession) || c_.chance(usual)) add_layer(PolicyType::kSession);
  }

  // Trees, or levels that bind every account.
  void scp() {
    if (!targets(PolicyType::kScp) && c_.chance(60)) return;
    if (c_.chance(65)) {
      organizations();
      return;
    }
    const std::size_t levels = 1 + c_.below(2);
    target_level_ = "level" + std::to_string(c_.below(levels));
    for (std::size_t i = 0; i < levels; ++i) {
      const std::string level = "level" + std::to_string(i);
      const bool here = is_target(PolicyType::kScp, false) && level == target_level_;
      Policy& policy = add(PolicyType::kScp, level);
      if (!here) policy.statements.push_back(everything(PolicyType::kScp));
      add_noise(policy);
      if (policy.statements.empty()) policy.statements.push_back(inert(PolicyType::kScp));
    }
    if (c_.chance(20)) {
      Policy& more = add(PolicyType::kScp, target_level_);
      more.statements.push_back(random_statement(c_, data_, PolicyType::kScp, c_.chance(30)));
    }
  }

  void organizations() {
    std::string bound;
    if (targets(PolicyType::kScp)) bound = data_.caller.account;
    if (targets(PolicyType::kRcp)) bound = data_.resource_facts.account;
    draw_organizations(c_, bound, case_);
    const Account* account = find_account(case_, bound);
    if (account != nullptr) target_level_ = c_.of(account->levels);
    const std::string bare = is_target(PolicyType::kScp, false) ? target_level_ : "";
    attach_guardrails(c_, data_, bare, case_);
  }

  void rcp() {
    if (case_.organizations) return;
    if (!targets(PolicyType::kRcp) && c_.chance(85)) return;
    target_level_ = targets(PolicyType::kRcp) ? "root" : target_level_;
    Policy& policy = add(PolicyType::kRcp, "root");
    Statement deny = random_statement(c_, data_, PolicyType::kRcp, true);
    if (deny.conditions.empty()) deny.conditions.push_back(random_condition(c_));
    if (!targets(PolicyType::kRcp) || c_.chance(30)) policy.statements.push_back(std::move(deny));
    if (policy.statements.empty()) {
      Statement inert_deny = inert(PolicyType::kRcp);
      inert_deny.deny = true;
      inert_deny.principal = "\"*\"";
      policy.statements.push_back(std::move(inert_deny));
    }
  }

  void endpoint() {
    const bool target = targets(PolicyType::kEndpoint);
    if (!target && c_.chance(88)) return;
    data_.endpoint = "vpce-1";
    const std::string service = data_.action.substr(0, data_.action.find(':'));
    data_.endpoint_gateway = (service == "s3" || service == "dynamodb") && c_.chance(50);
    add_layer(PolicyType::kEndpoint);
  }

  // The target goes into a policy of its type, at any place in it.
  void place_target() {
    Statement target = covering_statement(c_, data_, place_.type, place_.deny);
    target.conditions = conditions_;
    if (c_.chance(10)) {
      const Condition more = random_condition(c_);
      if (conditions_.empty() || more.op != conditions_[0].op) target.conditions.push_back(more);
    }
    std::vector<std::size_t> homes;
    const bool leveled = place_.type == PolicyType::kScp || place_.type == PolicyType::kRcp;
    for (std::size_t i = 0; i < case_.policies.size(); ++i) {
      const Policy& policy = case_.policies[i];
      const bool here = !leveled || std::find(policy.levels.begin(), policy.levels.end(),
                                              target_level_) != policy.levels.end();
      if (policy.type == place_.type && here && !policy.built_in) homes.push_back(i);
    }
    if (homes.empty()) {
      homes.push_back(case_.policies.size());
      add(place_.type, leveled ? target_level_ : "");
    }
    case_.target_policy = c_.of(homes);
    auto& statements = case_.policies[case_.target_policy].statements;
    case_.target_statement = c_.below(statements.size() + 1);
    statements.insert(statements.begin() + static_cast<std::ptrdiff_t>(case_.target_statement),
                      std::move(target));
  }

  void options() {
    for (std::size_t i = 0; i < case_.policies.size(); ++i) {
      Policy& policy = case_.policies[i];
      const bool fixed = policy.type == PolicyType::kScp || policy.type == PolicyType::kRcp;
      if (!fixed && i != case_.target_policy && c_.chance(5)) {
        policy.version = c_.chance(70) ? "2008-10-17" : "";
      }
    }
    if (!c_.chance(10)) return;
    const OptionReadings& option = c_.of(differential::options());
    case_.options.emplace_back(option.name, c_.of(option.others));
  }

  bool has(PolicyType type) const {
    return std::any_of(case_.policies.begin(), case_.policies.end(),
                       [&](const Policy& policy) { return policy.type == type; });
  }

  void requests() {
    const bool with_session = has(PolicyType::kSession);
    const bool any_target =
        !has(PolicyType::kResource) && !has(PolicyType::kKey) && !has(PolicyType::kTrust);
    for (int i = 0; i < 3; ++i) {
      Data data = data_;
      if (i > 0) change_request(c_, data, any_target);
      if (!conditions_.empty() && c_.chance(i == 2 ? 85 : i == 1 ? 15 : 0)) {
        request::ContextEntry unknown;
        unknown.key = conditions_[0].key;
        unknown.state = request::ValueState::kUnknown;
        set_key(data, unknown);
      }
      if (i > 0 && c_.chance(30)) data.endpoint.clear();
      data.endpoint_gateway = data.endpoint_gateway && !data.endpoint.empty();
      const bool passed = with_session || c_.chance(2);
      data.caller.has_session_policies = passed && can_have_session(data.caller.kind);
      case_.requests.push_back(std::move(data));
    }
  }

  Choices& c_;
  const Goal& goal_;
  Data data_;
  Place place_{PolicyType::kIdentity, false};
  std::vector<Condition> conditions_;
  std::string target_level_;
  Case case_;
};

std::string organization_of(const Account* account) {
  return account == nullptr ? "" : "o-" + account->levels[0].substr(0, 1);
}

void settle_organizations(const Case& generated, request::Data& data) {
  const Account* caller = find_account(generated, data.caller.account);
  data.caller.in_management_account = caller != nullptr && caller->management;
  data.caller.organization = organization_of(caller);
  std::string& owners = data.resource_facts.organization;
  owners = organization_of(find_account(generated, data.resource_facts.account));
  if (data.action != "sts:AssumeRoot") return;
  request::ContextEntry entry;
  entry.key = "aws:ResourceOrgID";
  if (owners.empty()) {
    entry.state = request::ValueState::kAbsent;
  } else {
    entry.values = {owners};
  }
  set_key(data, entry);
}

}  // namespace

const std::vector<Goal>& goals() {
  static const std::vector<Goal> kGoals = [] {
    std::vector<Goal> out;
    for (std::size_t op = 0; op < operators().size(); ++op) {
      const std::string& name = operators()[op].name;
      for (const Meeting meeting :
           {Meeting::kTrue, Meeting::kFalse, Meeting::kAbsent, Meeting::kIllTyped}) {
        // Null under a set operator is constant.
        if (name == "ForAllValues:Null" && meeting == Meeting::kFalse) continue;
        if (name == "ForAnyValue:Null" && meeting == Meeting::kTrue) continue;
        out.push_back({op, meeting});
      }
    }
    return out;
  }();
  return kGoals;
}

Case generate(Choices& choices, const Goal& goal) {
  Case out = choices.chance(42) ? Builder(choices, goal).build() : generate_layers(choices);
  for (request::Data& data : out.requests) settle_organizations(out, data);
  return out;
}

}  // namespace policysim::differential
