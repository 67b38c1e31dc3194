// Notes about a decision: where a rule or its silence surprises.
#include <array>
#include <string>

#include "base/ascii.hpp"
#include "explain/explain.hpp"
#include "program/program.hpp"
#include "services/rules.hpp"

namespace policysim::explain {
namespace {

using catalog::Option;
using request::CallerKind;

// Is an RCP attached to the resource's account that names the action, while the service takes none?
bool silent_rcp(const eval::Binding& binding) {
  const program::Program& program = *binding.program;
  const request::Data& request = *binding.request;
  if (program.rcp_supports(services::service_of(request.action))) return false;
  const auto found = program.accounts.find(request.resource_facts.account);
  const auto& account = found == program.accounts.end() ? program.everywhere : found->second;
  if (!account.rcp_enabled || account.management) return false;
  for (const std::uint32_t level : account.rcp_levels) {
    const std::uint32_t group = program.levels[level].rcps;
    if (group == program::kNone) continue;
    for (const std::uint32_t statement : program.groups[group].order) {
      if (eval::action_matches(program, statement, binding.patterns)) return true;
    }
  }
  return false;
}

// What SCPs never restrict (Organizations user guide). `root`: only as the root user; `old`: only
// in accounts created before 15 September 2017.
struct Unrestrictable {
  std::string_view action;
  bool root = false;
  bool old = false;
};
constexpr std::array kUnrestrictable = {
    Unrestrictable{"cloudfront:CreatePublicKey", true, false},
    Unrestrictable{"ec2:ModifyAddressAttribute", true, false},
    Unrestrictable{"iam:ChangePassword", true, true},
    Unrestrictable{"iam:DeactivateMFADevice", true, true},
    Unrestrictable{"iam:DeleteSigningCertificate", true, true},
    Unrestrictable{"iam:EnableMFADevice", true, true},
    Unrestrictable{"iam:ResyncMFADevice", true, true},
    Unrestrictable{"iam:UpdateSigningCertificate", true, true},
    Unrestrictable{"iam:UploadSigningCertificate", true, true},
    Unrestrictable{"supportplans:CreateSupportPlanSchedule", true, false},
    Unrestrictable{"supportplans:StartSupportPlanUpdate", true, false},
};
constexpr std::array<std::string_view, 4> kUnrestrictableServices = {"awis", "ats",
                                                                     "mechanicalturk", "paapi"};

bool unrestrictable(const request::Data& request) {
  const bool root = request.caller.kind == CallerKind::kRoot;
  const std::string& created = request.caller.account_created;
  const bool old = !created.empty() && created < "2017-09-15";
  for (const std::string_view service : kUnrestrictableServices) {
    if (base::equals_ignore_case(services::service_of(request.action), service)) return true;
  }
  for (const Unrestrictable& row : kUnrestrictable) {
    if (base::equals_ignore_case(row.action, request.action) && (root || !row.root) &&
        (old || !row.old)) {
      return true;
    }
  }
  return false;
}

bool touched(const Trace& trace, Option option) {
  const catalog::OptionSet all =
      trace.recorder.touched | trace.ruling.touched | trace.binding->facts.touched;
  return (all & catalog::bit(option)) != 0;
}

class Notes {
 public:
  void add(const char* rule, std::string message) {
    out_.push_back({rule, std::move(message), {}});
  }
  std::vector<DecisionWarning> take() { return std::move(out_); }

 private:
  std::vector<DecisionWarning> out_;
};

void about_services(const Trace& trace, Notes& notes) {
  const eval::Facts& facts = trace.binding->facts;
  const std::string& action = trace.binding->request->action;
  const bool across = facts.has_account && !facts.same_account;
  if (across && facts.resource_policy && facts.rules.across_accounts_unlisted &&
      trace.ruling.outcome == Outcome::kAllow) {
    notes.add("PS3105", "no list says which operations of `" +
                            std::string(services::service_of(action)) +
                            "` work across accounts, so `" + action + "` may not");
  }
  if (!facts.rules.not_modelled.empty() && (across || facts.resource_policy)) {
    notes.add("PS3106", "not modelled: " + std::string(facts.rules.not_modelled));
  }
}

}  // namespace

std::vector<DecisionWarning> warnings_of(const Trace& trace) {
  const request::Data& request = *trace.binding->request;
  const std::string service(services::service_of(request.action));
  Notes notes;
  if (silent_rcp(*trace.binding)) {
    notes.add("PS3101", "resource control policies do not apply to `" + service + "`");
  }
  if (touched(trace, Option::kNotPrincipal)) {
    notes.add("PS3102",
              "NotPrincipal lists only a part of the caller's principals: what then applies "
              "depends on the service");
  }
  if (trace.binding->facts.scp_applies && unrestrictable(request)) {
    notes.add("PS3103", "service control policies do not restrict `" + request.action + "` here");
  }
  about_services(trace, notes);
  if (touched(trace, Option::kStsGetSessionTokenDeny)) {
    notes.add("PS3107", "a Deny names sts:GetSessionToken, which policies cannot control");
  }
  return notes.take();
}

}  // namespace policysim::explain
