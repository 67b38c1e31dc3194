#include "differential/generator.hpp"
#include "differential/services.hpp"
#include "differential/vocabulary.hpp"
#include "services/rules.hpp"

namespace policysim::differential {
namespace {

using request::Caller;
using request::CallerKind;
using request::ContextEntry;
using request::Data;
using request::ValueState;

CallerKind draw_kind(Choices& c) {
  static const std::vector<CallerKind> kKinds{
      CallerKind::kUser,         CallerKind::kUser,          CallerKind::kUser,
      CallerKind::kRoleSession,  CallerKind::kRoleSession,   CallerKind::kRoleSession,
      CallerKind::kRoleSession,  CallerKind::kFederatedUser, CallerKind::kRoot,
      CallerKind::kRootSession,  CallerKind::kService,       CallerKind::kServiceLinkedRole,
      CallerKind::kFederatedIdp, CallerKind::kAnonymous};
  return c.of(kKinds);
}

void make_session(Choices& c, const std::string& iam, const std::string& sts, Caller& out) {
  const bool slr = out.kind == CallerKind::kServiceLinkedRole;
  const std::string name = slr ? "AWSServiceRoleForX" : c.chance(80) ? "app" : "ops";
  out.arn = sts + "assumed-role/" + name + "/s" + std::to_string(c.below(2));
  const std::string path = slr ? "aws-service-role/x.amazonaws.com/" : c.chance(50) ? "team/" : "";
  if (slr || c.chance(75)) out.principal_arn = iam + "role/" + path + name;
  if (c.chance(40)) out.unique_id = "AROAEXAMPLE" + std::to_string(c.below(2));
  out.entry = iam + "role/" + path + name;
}

Caller draw_caller(Choices& c, CallerKind kind, std::size_t at_home = 75) {
  Caller out;
  out.kind = kind;
  if (kind == CallerKind::kAnonymous) {
    out.arn = "anonymous";
    return out;
  }
  if (kind == CallerKind::kService) {
    out.service_names = {"cloudtrail.amazonaws.com"};
    if (c.chance(50)) out.service_names.push_back("cloudtrail.us-east-1.amazonaws.com");
    out.arn = out.service_names[0];
    return out;
  }
  if (kind == CallerKind::kFederatedIdp) {
    out.arn = c.chance(50) ? "accounts.google.com" : "arn:aws:iam::111122223333:saml-provider/idp";
    return out;
  }
  out.account = c.chance(at_home) ? kHome : kOther;
  out.partition = c.chance(97) ? "aws" : "aws-cn";
  const std::string iam = "arn:" + out.partition + ":iam::" + out.account + ":";
  const std::string sts = "arn:" + out.partition + ":sts::" + out.account + ":";
  if (c.chance(20)) out.canonical_id = "79a5" + out.account.substr(0, 2);
  if (kind == CallerKind::kUser) {
    out.arn = iam + (c.chance(70) ? "user/team/alice" : "user/bob");
    if (c.chance(40)) out.unique_id = "AIDAEXAMPLE" + std::to_string(c.below(2));
    out.entry = out.arn;
  } else if (kind == CallerKind::kFederatedUser) {
    out.arn = sts + "federated-user/fay";
    if (c.chance(80)) out.issuer_arn = iam + "user/team/alice";
    out.entry = out.issuer_arn;
  } else if (kind == CallerKind::kRoleSession || kind == CallerKind::kServiceLinkedRole) {
    make_session(c, iam, sts, out);
  } else {
    out.arn = iam + "root";
    out.entry = out.arn;
  }
  return out;
}

bool has_account(const Caller& caller) { return !caller.account.empty(); }

void set_target(Choices& c, const Target& target, Data& data) {
  data.action = c.of(target.actions);
  data.resource = c.of(target.resources);
  request::ResourceFacts facts;
  if (is_callers_own(data)) {
    facts.account = data.caller.account;
  } else {
    facts.account = c.chance(95) ? kHome : kOther;
    facts.partition = "aws";
    facts.policy_target = std::string(services::policy_target(data.resource));
    const bool key = target.policy == PolicyType::kKey && target.has_policy;
    facts.aws_managed_key = key && c.chance(4);
  }
  data.resource_facts = facts;
  std::erase_if(data.context, [](const ContextEntry& entry) {  // facts of another resource
    return entry.key == "s3.owner" || entry.key == "kms.policy";
  });
}

void draw_target(Choices& c, Data& data) {
  const CallerKind kind = data.caller.kind;
  std::size_t row = c.below(targets().size());
  if (kind == CallerKind::kFederatedIdp) row = kTrustTarget;
  if (!has_account(data.caller) && kind != CallerKind::kFederatedIdp) {
    row = c.below(kTargetsWithPolicy);
  }
  set_target(c, targets()[row], data);
}

// `any_target`: no resource has a policy; else the resource keeps its kind.
void change_target(Choices& c, Data& data, bool any_target) {
  if (any_target) {
    draw_target(c, data);
    return;
  }
  const Target& now = target_of(data);
  const Target& drawn = c.of(targets());
  const bool same_kind = drawn.has_policy && now.has_policy && drawn.policy == now.policy;
  set_target(c, same_kind ? drawn : now, data);
}

ContextEntry draw_entry(Choices& c, const std::string& key) {
  ContextEntry entry;
  entry.key = key;
  const std::vector<std::string>* good = nullptr;
  const std::vector<std::string>* bad = nullptr;
  for (const Family& family : families()) {
    for (const std::string& k : family.keys) {
      if (k == key && good == nullptr) {
        good = &family.request_values;
        bad = &family.bad_request_values;
      }
    }
  }
  const auto draw = [&]() -> std::string {
    if (good == nullptr) return c.chance(80) ? kHome : kOther;
    return !bad->empty() && c.chance(12) ? c.of(*bad) : c.of(*good);
  };
  const std::size_t what = c.below(20);
  if (what == 0) {
    entry.state = ValueState::kAbsent;
  } else if (what <= 3 || (key == "aws:TagKeys" && what < 16)) {
    entry.state = ValueState::kList;
    for (std::size_t n = c.below(4); n > 0; --n) entry.values.push_back(draw());
  } else {
    entry.values = {draw()};
  }
  return entry;
}

void draw_context(Choices& c, Data& data) {
  for (const std::string& key : keys()) {
    if (c.chance(55)) data.context.push_back(draw_entry(c, key));
  }
  if (c.chance(4)) {
    data.context.push_back(draw_entry(c, "aws:PrincipalTag/Team"));
    data.context.push_back(draw_entry(c, "aws:PrincipalTag/TEAM"));
  }
  if (c.chance(2)) data.unknown_prefixes = {"aws:resourcetag/"};
  if (c.chance(4)) {
    data.missing_unknown = true;
    if (c.chance(60)) data.complete_prefixes = {"aws:principaltag/", "aws:resourcetag/"};
  }
}

}  // namespace

bool is_callers_own(const Data& data) {
  return data.resource == "*" || data.resource.find(":iam::aws:") != std::string::npos;
}

const Target& target_of(const Data& data) {
  for (const Target& target : targets()) {
    for (const std::string& action : target.actions) {
      if (action == data.action) return target;
    }
  }
  return targets().front();
}

void set_key(Data& data, const ContextEntry& entry) {
  for (ContextEntry& have : data.context) {
    if (have.key == entry.key) {
      have = entry;
      return;
    }
  }
  data.context.push_back(entry);
}

Data draw_request(Choices& c) {
  Data data;
  data.caller = draw_caller(c, draw_kind(c));
  draw_target(c, data);
  draw_context(c, data);
  data.via_service = has_account(data.caller) && c.chance(4);
  return data;
}

Data draw_layer_request(Choices& c) {
  static const std::vector<CallerKind> kKinds{
      CallerKind::kUser,          CallerKind::kUser,         CallerKind::kRoleSession,
      CallerKind::kRoleSession,   CallerKind::kRoleSession,  CallerKind::kFederatedUser,
      CallerKind::kFederatedUser, CallerKind::kRoot,         CallerKind::kRootSession,
      CallerKind::kService,       CallerKind::kFederatedIdp, CallerKind::kServiceLinkedRole,
      CallerKind::kAnonymous};
  Data data;
  Caller& caller = data.caller;
  caller = draw_caller(c, c.of(kKinds), 60);
  const bool session = caller.kind == CallerKind::kRoleSession;
  if (session || caller.kind == CallerKind::kServiceLinkedRole) caller.principal_arn = caller.entry;
  if (caller.kind == CallerKind::kFederatedUser && caller.issuer_arn.empty()) {
    caller.issuer_arn = caller.entry =
        "arn:" + caller.partition + ":iam::" + caller.account + ":user/team/alice";
  }
  draw_target(c, data);
  const bool by_provider = caller.kind == CallerKind::kFederatedIdp;
  if (!by_provider && c.chance(30)) {
    set_target(c, targets()[c.chance(50) ? kObjectTarget : kKeyTarget], data);
  } else if (has_account(caller) && c.chance(3)) {
    set_target(c, targets().back(), data);
  } else if (!target_of(data).has_policy && c.chance(60)) {
    set_target(c, targets()[c.below(kTargetsWithPolicy)], data);
  }
  if (has_account(caller)) {
    ContextEntry arn;
    arn.key = "aws:PrincipalArn";
    arn.values = {caller.principal_arn.empty() ? caller.arn : caller.principal_arn};
    data.context.push_back(arn);
  }
  for (std::size_t n = c.below(4); n > 0; --n) set_key(data, draw_entry(c, c.of(keys())));
  data.via_service = has_account(caller) && c.chance(4);
  draw_service_facts(c, data);
  return data;
}

// One or two differences to the request that the policies were built around.
void change_request(Choices& c, Data& data, bool any_target) {
  for (std::size_t n = 1 + c.below(2); n > 0; --n) {
    switch (c.below(6)) {
      case 0: {
        ContextEntry entry;
        entry.key = c.of(keys());
        entry.state = ValueState::kUnknown;
        set_key(data, entry);
        break;
      }
      case 1:
        change_target(c, data, any_target);
        break;
      case 2: {
        const bool star = is_callers_own(data);
        const Caller other = draw_caller(c, draw_kind(c));
        if (star && !has_account(other)) break;
        data.caller = other;
        if (star) data.resource_facts.account = other.account;
        break;
      }
      default:
        set_key(data, draw_entry(c, c.of(keys())));
    }
  }
  data.via_service = data.via_service && has_account(data.caller);
}

}  // namespace policysim::differential
