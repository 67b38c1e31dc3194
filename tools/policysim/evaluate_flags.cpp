// One request that the command line states.
#include "evaluate.hpp"
#include "flag_policies.hpp"
#include "flag_request.hpp"
#include "gate/decider.hpp"
#include "gate/failure_record.hpp"
#include "print_findings.hpp"
#include "report/findings.hpp"
#include "usage.hpp"

namespace policysim::cli {
namespace {

std::optional<Error> check_flags(const Options& options) {
  if (!options.principal) return usage_error("`--principal` is missing");
  if (!options.action) return usage_error("`--action` is missing");
  if (!options.resource) return usage_error("`--resource` is missing");
  if (options.vpc_endpoint && !options.world) {
    return usage_error("`--vpc-endpoint` names an endpoint of `--world`");
  }
  return std::nullopt;
}

// The findings point into a request that nobody wrote: only their words are of use.
explain::DecisionRecord request_failure(const Error& error) {
  explain::DecisionRecord record = explain::make_error(kFlagId, error);
  for (const Diagnostic& finding : error.diagnostics) {
    const std::string help =
        finding.rule == "PS3006" ? "give it with `--resource-account`" : finding.help;
    record.error->findings += "  " + std::string(report::severity_name(finding.severity)) + "[" +
                              finding.rule + "]: " + text::escape_terminal(finding.message) + "\n" +
                              (help.empty() ? "" : "  help: " + text::escape_terminal(help) + "\n");
  }
  return record;
}

}  // namespace

std::optional<Error> evaluate_flags(const Options& options, const Settings& settings,
                                    Results& results) {
  if (auto error = check_flags(options)) return error;
  const Result<std::string> json = flag_request(options);
  if (!json) return json.error();
  std::shared_ptr<const text::SourceMap> sources;
  const Result<std::shared_ptr<const World>> world = flag_world(options, settings, sources);
  if (!world) {
    if (is_usage(world.error())) return world.error();
    results.add(gate::failure_record(kFlagId, world.error(), sources.get()));
    return std::nullopt;
  }
  Result<operations::Built> built =
      operations::build_requests(std::string_view(*json), world->get(), settings.build);
  if (!built) {
    results.add(request_failure(built.error()));
    return std::nullopt;
  }
  FlagPolicies policies = load_flag_policies(options, settings, built->requests.front());
  if (policies.misuse) return policies.misuse;
  if (policies.failure) {
    results.add(*policies.failure);
    return std::nullopt;
  }
  for (request::Data& other : built->requests) {
    other.caller = built->requests.front().caller;
    other.endpoint = built->requests.front().endpoint;
    other.endpoint_gateway = built->requests.front().endpoint_gateway;
  }
  std::optional<Error> problem;
  Result<gate::Decider> decider =
      gate::Decider::make(*world, settings, [&](compile::Sources& attached) {
        problem = attach_flag_policies(policies, built->requests.front(), attached);
      });
  if (problem) return problem;
  if (!decider) return std::move(decider).error();
  print_policy_warnings(decider->policies(), settings);
  explain::DecisionRecord record = decider->decide(kFlagId, *built, nullptr);
  record.warnings.insert(record.warnings.begin(), policies.warnings.begin(),
                         policies.warnings.end());
  results.add(record);
  return std::nullopt;
}

}  // namespace policysim::cli
