#include "differential/generator.hpp"
#include "differential/vocabulary.hpp"
#include "reference/convert.hpp"

namespace policysim::differential {
namespace {

using request::Caller;
using request::CallerKind;
using request::Data;

std::string service_of(const std::string& action) { return action.substr(0, action.find(':')); }

std::string upper(std::string text) {
  for (char& c : text) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  }
  return text;
}

std::string covering_action(Choices& c, const std::string& action) {
  const std::size_t colon = action.find(':');
  const std::string service = action.substr(0, colon);
  switch (c.below(9)) {
    case 0:
      return "*";
    case 1:
      return service + ":*";
    case 2:
      return action.substr(0, colon + 3) + "*";
    case 3:
      return upper(action);
    case 4:
      return action.substr(0, action.size() - 1) + "?";
    case 5:
      return service + ":*" + action.substr(action.size() - 3);
    default:
      return action;
  }
}

std::string other_action(Choices& c) {
  static const std::vector<std::string> kOthers{"s3:GetObject ", "s3:GetObject,PutObject",
                                                "s3:",           "s3",
                                                "*:*Object",     "**",
                                                "kms:*",         "sts:Assume*",
                                                "ec2:?*",        "s3:Put*",
                                                "kms:Describe*", "nothing:Here"};
  return c.of(kOthers);
}

// Patterns that cover `resource` in every policy type that may name it.
std::string covering_resource(Choices& c, const std::string& resource) {
  if (resource == "*") return c.chance(90) ? "*" : "**";
  const std::size_t colon = resource.rfind(':');
  switch (c.below(10)) {
    case 0:
      return resource.substr(0, resource.size() - 1) + "*";
    case 1:
      return resource.substr(0, colon + 1) + "*";
    case 2:
      return "arn:*:" + resource.substr(resource.find(':', 4) + 1);
    case 3:
      return resource.substr(0, resource.find(':', 8)) + ":*";
    case 4:
      return resource.substr(0, resource.size() - 2) + "??";
    case 5:
    case 6:
      return "*";
    case 7:
      return "arn:*:*:*:*:*" + resource.substr(resource.size() - 1);
    default:
      return resource;
  }
}

std::string other_resource(Choices& c) {
  static const std::vector<std::string> kOthers{
      "arn:aws:s3:::bucket/${aws:PrincipalTag/team}/*",
      "arn:aws:s3:::bucket/${aws:PrincipalTag/team, 'red'}*",
      "arn:aws:s3:::bucket/${ex:Nothing}/*",
      "arn:aws:s3:::${ex:Nothing, 'buck*'}",
      "arn:aws:iam::${aws:PrincipalAccount}:role/*",
      "arn:aws:kms:*:${aws:PrincipalAccount}:key/*",
      "arn:aws:sqs:us-east-1:${ex:Nothing}:q",
      "arn:aws:sqs",
      "arn:aws:sqs:*",
      "arn:aws:s*",
      "arn:aws:dynamodb:*:table/prod-*",
      "arn:aws:s3:*:a*b:q",
      "arn:aws:s3:::bucket*",
      "arn:aws:s3:::b*t/*/key.?xt",
      "arn:aws:ec2:us-east-1:111122223333:*/*",
      "arn:aws:*:us-*-1:111122223333:*",
      "arn:aws:iam::111122223333:role/${aws:PrincipalTag/team}",
      "bucket/*",
      "arn:aws:kms:us-east-1:111122223333:key/${aws:PrincipalTag/team}",
      "arn:aws:sqs:eu-west-1:111122223333:${aws:RequestTag/team, 'red'}",
      "arn:aws:lambda:*:function:f"};
  return c.of(kOthers);
}

std::string aws_list(const std::vector<std::string>& values) {
  std::string out;
  for (const std::string& value : values) out += (out.empty() ? "" : ",") + quote(value);
  return "{\"AWS\":[" + out + "]}";
}

std::string root_arn(const Caller& caller) {
  return "arn:" + caller.partition + ":iam::" + caller.account + ":root";
}

// Texts that name the caller, from the account down.
std::vector<std::string> names(const Caller& caller) {
  std::vector<std::string> out{caller.account, root_arn(caller)};
  if (caller.kind != CallerKind::kRoot && caller.kind != CallerKind::kRootSession) {
    out.push_back(caller.arn);
  }
  if (!caller.principal_arn.empty()) out.push_back(caller.principal_arn);
  if (caller.principal_arn.empty() && caller.kind == CallerKind::kRoleSession) {
    const std::size_t begin = caller.arn.find('/') + 1;
    const std::string name = caller.arn.substr(begin, caller.arn.find('/', begin) - begin);
    out.push_back("arn:" + caller.partition + ":iam::" + caller.account + ":role/any/" + name);
  }
  if (!caller.issuer_arn.empty()) out.push_back(caller.issuer_arn);
  if (!caller.unique_id.empty()) out.push_back(caller.unique_id);
  return out;
}

std::string other_principal(Choices& c) {
  static const std::vector<std::string> kOthers{"444455556666",
                                                "arn:aws:iam::111122223333:role/*",
                                                "arn:aws:iam::111122223333:role/other",
                                                "arn:aws-cn:iam::111122223333:root",
                                                "arn:aws:iam::111122223333:user/Bob",
                                                "AROAOTHER",
                                                "arn:aws:sts::111122223333:assumed-role/app/s2",
                                                "arn:aws:iam::111122223333:user/team/alice",
                                                "arn:aws:iam::111122223333:role/app",
                                                "arn:aws:sts::111122223333:assumed-role/app/s1",
                                                "AIDAEXAMPLE0",
                                                "111122223333"};
  return c.of(kOthers);
}

std::string covering_principal(Choices& c, const Caller& caller) {
  if (c.chance(20)) return "\"*\"";
  switch (caller.kind) {
    case CallerKind::kAnonymous:
      return c.chance(50) ? "\"*\"" : R"({"AWS":"*"})";
    case CallerKind::kService:
      return c.chance(80) ? "{\"Service\":" + quote(c.of(caller.service_names)) + "}"
                          : R"({"Service":["x.amazonaws.com","CloudTrail.amazonaws.com"]})";
    case CallerKind::kFederatedIdp:
      return "{\"Federated\":" + quote(caller.arn) + "}";
    case CallerKind::kUser:
    case CallerKind::kRoleSession:
    case CallerKind::kFederatedUser:
    case CallerKind::kRoot:
    case CallerKind::kRootSession:
    case CallerKind::kServiceLinkedRole:
      break;
  }
  if (c.chance(12)) return R"({"AWS":"*"})";
  if (!caller.canonical_id.empty() && c.chance(20)) {
    return "{\"CanonicalUser\":" + quote(caller.canonical_id) + "}";
  }
  const std::string name = c.of(names(caller));
  if (c.chance(25)) return aws_list({other_principal(c), name});
  return aws_list({name});
}

std::string random_principal(Choices& c, const Caller& caller) {
  if (c.chance(50)) return covering_principal(c, caller);
  switch (c.below(6)) {
    case 0:
      return R"({"AWS":"*"})";
    case 1:
      return R"({"Service":"cloudtrail.amazonaws.com","AWS":"444455556666"})";
    case 2:
      return R"({"Federated":"accounts.google.com"})";
    case 3:
      return R"({"CanonicalUser":"79a511"})";
    default:
      return aws_list({other_principal(c)});
  }
}

// Some of the caller's levels, perhaps all.
std::string exempt_principals(Choices& c, const Caller& caller) {
  if (caller.kind == CallerKind::kService) return R"({"Service":"cloudtrail.amazonaws.com"})";
  if (caller.account.empty()) return c.chance(80) ? aws_list({other_principal(c)}) : "\"*\"";
  std::vector<std::string> out;
  for (const std::string& name : names(caller)) {
    if (c.chance(70)) out.push_back(name);
  }
  if (out.empty() || c.chance(10)) out.push_back(other_principal(c));
  if (c.chance(3)) out.push_back("*");
  return aws_list(out);
}

bool carries_principal(PolicyType type) {
  return type == PolicyType::kResource || type == PolicyType::kKey || type == PolicyType::kTrust ||
         type == PolicyType::kEndpoint;
}

void fill_resource(Choices& c, const Data& data, PolicyType type, bool covering, Statement& out) {
  if (type == PolicyType::kTrust) {
    out.has_resource = false;
    return;
  }
  const bool optional = type == PolicyType::kResource || type == PolicyType::kScp;
  if (optional && c.chance(5)) {
    out.has_resource = false;
    return;
  }
  if (covering) {
    out.resources = {covering_resource(c, data.resource)};
    if (c.chance(15)) out.resources.push_back(other_resource(c));
    return;
  }
  if (type == PolicyType::kKey && c.chance(6)) {
    out.has_resource = false;
    return;
  }
  out.not_resource = c.chance(18);
  for (std::size_t n = 1 + c.below(2); n > 0; --n) {
    out.resources.push_back(c.chance(55) ? other_resource(c) : covering_resource(c, data.resource));
  }
}

}  // namespace

Statement everything(PolicyType type) {
  Statement out;
  out.actions = {"*"};
  out.resources = {"*"};
  if (type == PolicyType::kEndpoint) out.principal = "\"*\"";
  return out;
}

Statement inert(PolicyType type) {
  Statement out = everything(type);
  out.actions = {"nothing:Here"};
  return out;
}

Statement covering_statement(Choices& c, const Data& data, PolicyType type, bool deny) {
  Statement out;
  out.deny = deny;
  out.actions = {covering_action(c, data.action)};
  if (type == PolicyType::kRcp) out.actions = {service_of(data.action) + ":*"};
  if (type == PolicyType::kRcp) out.principal = "\"*\"";
  if (carries_principal(type)) out.principal = covering_principal(c, data.caller);
  fill_resource(c, data, type, true, out);
  if (type == PolicyType::kEndpoint && data.endpoint_gateway) out.principal = "\"*\"";
  return out;
}

Statement random_statement(Choices& c, const Data& data, PolicyType type, bool deny) {
  Statement out;
  out.deny = deny;
  out.not_action = type != PolicyType::kRcp && c.chance(12);
  for (std::size_t n = 1 + c.below(2); n > 0; --n) {
    const bool cover = out.not_action ? c.chance(30) : c.chance(75);
    out.actions.push_back(cover ? covering_action(c, data.action) : other_action(c));
  }
  if (type == PolicyType::kRcp) out.principal = "\"*\"";
  if (carries_principal(type)) {
    const bool may_negate = type != PolicyType::kTrust;
    out.not_principal = may_negate && c.chance(deny ? 35 : 4);
    out.principal =
        out.not_principal ? exempt_principals(c, data.caller) : random_principal(c, data.caller);
  }
  fill_resource(c, data, type, c.chance(60), out);
  for (std::size_t n = c.below(3); n > 0; --n) {
    const Condition condition = random_condition(c);
    bool taken = false;
    for (const Condition& have : out.conditions) taken = taken || have.op == condition.op;
    if (!taken) out.conditions.push_back(condition);
  }
  return out;
}

Condition random_condition(Choices& c) {
  const Operator& op = c.of(operators());
  const Family& family = families()[op.family];
  Condition out{op.name, c.of(family.keys), {}};
  if (c.chance(5)) out.op = upper(out.op);
  if (c.chance(5)) out.key = upper(out.key);
  for (std::size_t n = c.chance(3) ? 0 : 1 + c.below(3); n > 0; --n) {
    out.values.push_back(c.of(family.policy_values));
  }
  return out;
}

bool aim(Choices& c, const Goal& goal, PolicyType type, bool deny, Data& data, Condition& out) {
  using reference::Meeting;
  const Operator& op = operators()[goal.op];
  const Family& family = families()[op.family];
  const bool set = op.name.find(':') != std::string::npos;
  reference::Request request = reference::from(data);
  const reference::Options options;
  out.op = op.name;
  out.key = c.of(family.keys);
  for (int tries = 0; tries < 40; ++tries) {
    request::ContextEntry entry;
    entry.key = out.key;
    const bool ill = goal.meeting == Meeting::kIllTyped;
    const bool bad_value = ill && !family.bad_request_values.empty() && c.chance(70);
    const bool list = set != (ill && !bad_value);
    entry.state = list ? request::ValueState::kList : request::ValueState::kScalar;
    for (std::size_t n = list ? 1 + c.below(2) : 1; n > 0; --n) {
      entry.values.push_back(bad_value ? c.of(family.bad_request_values)
                                       : c.of(family.request_values));
    }
    if (goal.meeting == Meeting::kAbsent) {
      entry.state = request::ValueState::kAbsent;
      entry.values.clear();
    }
    policy::Condition condition;
    condition.key.value = out.key;
    out.values.clear();
    for (std::size_t n = 1 + c.below(2); n > 0; --n) {
      out.values.push_back(c.of(family.policy_values));
      condition.values.values.push_back({out.values.back(), {}});
    }
    Data copy;
    copy.context = data.context;
    set_key(copy, entry);
    request.context = reference::from(copy).context;
    const reference::Surroundings s{request, options, type, deny, true, nullptr};
    if (reference::meet(s, out.op, condition) == goal.meeting) {
      set_key(data, entry);
      return true;
    }
  }
  return false;
}

}  // namespace policysim::differential
