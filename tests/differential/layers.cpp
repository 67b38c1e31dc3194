// Cases around the layers: how a resource-based Allow names the caller, and which of the other
// layers are there and allow. Statements are simple, so that nothing else decides.
#include <algorithm>

#include "differential/generator.hpp"
#include "differential/organizations.hpp"
#include "differential/services.hpp"

namespace policysim::differential {
namespace {

using request::CallerKind;
using request::ContextEntry;
using request::Data;
using request::ValueState;

// Of a layer: there is no policy, one that allows, one that does not.
enum class Presence { kNone, kAllows, kSilent };

// How the resource-based Allow names the caller.
enum class Form { kNone, kArn, kParent, kStar, kStarWithArn, kAccount };

constexpr const char* kGate = "ex:Gate";

bool is_session(CallerKind kind) {
  return kind == CallerKind::kRoleSession || kind == CallerKind::kServiceLinkedRole;
}

std::string aws(const std::string& name) { return "{\"AWS\":" + quote(name) + "}"; }

class LayerBuilder {
 public:
  explicit LayerBuilder(Choices& choices) : c_(choices) {}

  Case build() {
    data_ = draw_layer_request(c_);
    choose();
    resource();
    identity();
    limit(PolicyType::kBoundary, boundary_);
    limit(PolicyType::kSession, session_);
    endpoint();
    guardrails();
    gate();
    noise();
    options();
    requests();
    return std::move(case_);
  }

 private:
  CallerKind kind() const { return data_.caller.kind; }
  bool has_account() const { return !data_.caller.account.empty(); }
  bool root() const { return kind() == CallerKind::kRoot || kind() == CallerKind::kRootSession; }

  void choose() {
    form_ = c_.of(forms());
    const Target& target = target_of(data_);
    if (service() == "kms" && target.has_policy && c_.chance(60)) {
      draw_grants(c_, data_, case_);
      if (c_.chance(50)) form_ = Form::kNone;
    }
    if (service() == "s3" && target.has_policy && c_.chance(65)) {
      draw_s3(c_, data_);
      if (c_.chance(kind() == CallerKind::kAnonymous ? 60 : 30)) form_ = Form::kNone;
    }
    identity_ = c_.chance(45) ? Presence::kAllows : Presence::kSilent;
    if (!has_account() || root()) identity_ = Presence::kNone;
    const bool user = kind() == CallerKind::kUser || kind() == CallerKind::kRoleSession ||
                      kind() == CallerKind::kFederatedUser;
    if (user) boundary_ = presence(50);
    if (kind() == CallerKind::kRoleSession) session_ = presence(50);
    if (kind() == CallerKind::kFederatedUser) {
      session_ = c_.chance(20)   ? Presence::kNone
                 : c_.chance(70) ? Presence::kAllows
                                 : Presence::kSilent;
    }
    rare();
    if (kind() == CallerKind::kRootSession) session_ = presence(5);
  }

  // Combinations that have rows of their own.
  void rare() {
    if (kind() == CallerKind::kRoleSession && c_.chance(16)) {
      identity_ = session_ = Presence::kSilent;  // only the resource may allow
      boundary_ = c_.chance(50) ? Presence::kSilent : Presence::kAllows;
    }
    if (kind() == CallerKind::kFederatedUser && c_.chance(25)) {
      session_ = Presence::kAllows;
      boundary_ = c_.chance(60) ? Presence::kSilent : Presence::kAllows;
    }
  }

  Presence presence(std::size_t none) {
    if (c_.chance(none)) return Presence::kNone;
    return c_.chance(50) ? Presence::kAllows : Presence::kSilent;
  }

  std::vector<Form> forms() const {
    if (!has_account()) return {Form::kArn, Form::kArn, Form::kStar, Form::kNone};
    if (root()) return {Form::kAccount, Form::kAccount, Form::kStar, Form::kNone};
    std::vector<Form> out{Form::kNone, Form::kArn, Form::kStar, Form::kStarWithArn, Form::kAccount};
    if (is_session(kind()) || kind() == CallerKind::kFederatedUser) out.push_back(Form::kParent);
    return out;
  }

  std::string principal(Form form) {
    const request::Caller& caller = data_.caller;
    switch (form) {
      case Form::kNone:
        return aws("arn:aws:iam::111122223333:user/nobody");
      case Form::kStar:
      case Form::kStarWithArn:
        return c_.chance(50) && kind() != CallerKind::kFederatedIdp ? R"({"AWS":"*"})" : "\"*\"";
      case Form::kAccount:
        return aws(c_.chance(50) ? caller.account
                                 : "arn:" + caller.partition + ":iam::" + caller.account + ":root");
      case Form::kParent:
        return aws(kind() == CallerKind::kFederatedUser ? caller.issuer_arn : caller.principal_arn);
      case Form::kArn:
        break;
    }
    if (kind() == CallerKind::kService) {
      return "{\"Service\":" + quote(c_.of(caller.service_names)) + "}";
    }
    if (kind() == CallerKind::kFederatedIdp) return "{\"Federated\":" + quote(caller.arn) + "}";
    return kind() == CallerKind::kAnonymous ? "\"*\"" : aws(caller.arn);
  }

  Statement resource_statement(Form form, bool deny) {
    const PolicyType type = target_of(data_).policy;
    Statement out;
    out.deny = deny;
    out.actions = {c_.chance(60) ? data_.action : c_.chance(50) ? "*" : service() + ":*"};
    out.principal = principal(form);
    out.has_resource = type != PolicyType::kTrust;
    if (out.has_resource) out.resources = {c_.chance(50) ? data_.resource : "*"};
    if (form == Form::kStarWithArn) out.conditions = {names_caller()};
    const auto& s3 = data_.resource_facts.s3;
    const bool open = form == Form::kStar || kind() == CallerKind::kAnonymous;
    if (open && s3 != nullptr && s3->restrict_public_buckets && c_.chance(60)) {
      out.conditions = {draw_restriction(c_, data_)};
    }
    return out;
  }

  // A condition on aws:PrincipalArn that holds: positive as a rule.
  Condition names_caller() {
    static const std::vector<std::string> kPositive{"ArnEquals", "ArnLike", "StringEquals",
                                                    "StringLike"};
    static const std::vector<std::string> kWeak{"ArnEqualsIfExists", "ForAnyValue:StringEquals",
                                                "ForAllValues:ArnLike", "StringEqualsIgnoreCase"};
    const bool weak = c_.chance(8);
    return {weak ? c_.of(kWeak) : c_.of(kPositive), "aws:PrincipalArn", {principal_arn()}};
  }

  std::string principal_arn() const {
    return is_session(kind()) ? data_.caller.principal_arn : data_.caller.arn;
  }
  std::string service() const { return data_.action.substr(0, data_.action.find(':')); }

  Policy& add(PolicyType type, Statement statement) {
    Policy policy;
    policy.type = type;
    policy.statements = {std::move(statement)};
    case_.policies.push_back(std::move(policy));
    return case_.policies.back();
  }

  void resource() {
    const Target& target = target_of(data_);
    if (!target.has_policy) return;
    if (form_ == Form::kNone && c_.chance(50)) return;
    Policy& policy = add(target.policy, resource_statement(form_, false));
    case_.target_policy = case_.policies.size() - 1;
    if (c_.chance(10)) policy.statements.push_back(resource_statement(c_.of(forms()), false));
  }

  void layer(PolicyType type, bool allows) {
    const bool all = c_.chance(50);
    if (allows) {
      add(type, all ? everything(type) : covering_statement(c_, data_, type, false));
    } else {
      add(type, inert(type));
    }
  }

  void identity() {
    if (identity_ == Presence::kNone) return;
    if (identity_ == Presence::kSilent && c_.chance(40)) return;  // the caller holds no policy
    layer(PolicyType::kIdentity, identity_ == Presence::kAllows);
  }

  void limit(PolicyType type, Presence presence) {
    if (presence != Presence::kNone) layer(type, presence == Presence::kAllows);
  }

  void endpoint() {
    if (c_.chance(88)) return;
    data_.endpoint = "vpce-1";
    data_.endpoint_gateway = (service() == "s3" || service() == "dynamodb") && c_.chance(60);
    if (c_.chance(15)) return;  // the default policy
    Statement statement = everything(PolicyType::kEndpoint);
    if (c_.chance(15)) statement = inert(PolicyType::kEndpoint);
    if (c_.chance(40) && has_account()) statement.principal = principal(Form::kAccount);
    add(PolicyType::kEndpoint, std::move(statement));
  }

  void guardrails() {
    if (c_.chance(40)) return;
    draw_organizations(c_, "", case_);
    attach_guardrails(c_, data_, "", case_);
  }

  // A condition that holds, at one of the statements; later its key becomes unknown.
  void gate() {
    if (case_.policies.empty()) layer(PolicyType::kIdentity, false);
    std::vector<std::size_t> speaking;
    for (std::size_t i = 0; i < case_.policies.size(); ++i) {
      const bool inert = case_.policies[i].statements[0].actions[0] == "nothing:Here";
      if (!inert && !case_.policies[i].built_in) speaking.push_back(i);
    }
    if (speaking.empty() || c_.chance(10)) return;
    Policy& policy = case_.policies[c_.of(speaking)];
    policy.statements[0].conditions.push_back({"StringEquals", kGate, {"red"}});
    ContextEntry entry;
    entry.key = kGate;
    entry.values = {"red"};
    set_key(data_, entry);
    gated_ = true;
  }

  void noise() {
    const bool asks_sts =
        data_.action == "sts:GetCallerIdentity" || data_.action == "sts:GetSessionToken";
    if (asks_sts && identity_ != Presence::kNone && c_.chance(70)) {
      Statement deny = everything(PolicyType::kIdentity);
      deny.deny = true;
      add(PolicyType::kIdentity, std::move(deny));
    }
    const auto& s3 = data_.resource_facts.s3;
    if (s3 != nullptr && s3->acls_enabled && c_.chance(8)) {
      add(PolicyType::kResource, resource_statement(form_, true));
    }
    if (!c_.chance(14)) return;
    const std::size_t at = c_.below(case_.policies.size());
    Policy& policy = case_.policies[at];
    if (policy.built_in) return;
    const bool deny = policy.type == PolicyType::kRcp || c_.chance(70);
    Statement more = random_statement(c_, data_, policy.type, deny);
    if (c_.chance(50)) more.conditions = {random_condition(c_)};
    policy.statements.push_back(std::move(more));
  }

  void options() {
    if (!c_.chance(12)) return;
    static const std::vector<std::string> kOfGrants{"kms.foreign_grant", "kms.grant_boundary",
                                                    "kms.account_grant"};
    static const std::vector<std::string> kOfS3{"bpa.extended_keys", "bpa.userid_role_pattern",
                                                "s3.ap_identity_arn"};
    static const std::vector<std::string> kOfLayers{"rbp.wildcard_bypass",
                                                    "federated.wildcard",
                                                    "federated.default_session",
                                                    "root.cross_account",
                                                    "principal.aws_star_service",
                                                    "rcp.resourceless",
                                                    "vpce.slr",
                                                    "sts.caller_identity_vpce",
                                                    "sts.get_session_token_deny",
                                                    "xaccount.lambda",
                                                    "notprincipal"};
    const std::string& name = c_.of(kOfLayers);
    for (const OptionReadings& option : differential::options()) {
      if (option.name == name) case_.options.emplace_back(name, c_.of(option.others));
    }
  }

  void requests() {
    for (int i = 0; i < 3; ++i) {
      Data data = data_;
      if (i == 1) vary(data);
      if (i == 2) blur(data);
      const bool can = kind_can_have_session(data.caller.kind);
      if (!case_.grants.empty()) settle_encryption_context(data);
      data.caller.has_session_policies = can && session_ != Presence::kNone;
      case_.requests.push_back(std::move(data));
    }
  }

  static bool kind_can_have_session(CallerKind kind) {
    return kind == CallerKind::kRoleSession || kind == CallerKind::kFederatedUser ||
           kind == CallerKind::kRootSession;
  }

  // The same policies, one thing else.
  void vary(Data& data) {
    if (c_.chance(30)) {
      blur(data);
      return;
    }
    switch (c_.below(5)) {
      case 0:
        data.endpoint.clear();
        data.endpoint_gateway = false;
        break;
      case 1:
        if (!is_callers_own(data)) give_to(data, c_.chance(50) ? kHome : kOther);
        break;
      case 2:
        if (has_account()) data.via_service = true;
        break;
      default:
        change_request(c_, data, false);
    }
  }

  static void give_to(Data& data, const std::string& account) {
    request::ResourceFacts& facts = data.resource_facts;
    facts.account = account;
    if (facts.s3 == nullptr || !data.other_arn.empty()) return;
    auto s3 = std::make_shared<request::S3Facts>(*facts.s3);
    s3->bucket_account = account;
    facts.s3 = std::move(s3);
  }

  // A key that the policies read, or the caller's own, becomes unknown.
  void blur(Data& data) {
    std::vector<std::string> read{"aws:PrincipalArn"};
    if (!case_.grants.empty()) read.insert(read.end(), {"aws:SourceArn", "kms:GrantOperations"});
    for (const Policy& policy : case_.policies) {
      for (const Statement& statement : policy.statements) {
        for (const Condition& condition : statement.conditions) read.push_back(condition.key);
      }
    }
    ContextEntry entry;
    entry.key = gated_ && c_.chance(80) ? kGate : c_.of(read);
    entry.state = ValueState::kUnknown;
    set_key(data, entry);
  }

  Choices& c_;
  Data data_;
  Form form_ = Form::kNone;
  Presence identity_ = Presence::kNone;
  Presence boundary_ = Presence::kNone;
  Presence session_ = Presence::kNone;
  bool gated_ = false;
  Case case_;
};

}  // namespace

Case generate_layers(Choices& choices) { return LayerBuilder(choices).build(); }

}  // namespace policysim::differential
