#include "flag_policies.hpp"

#include <filesystem>
#include <utility>

#include "flag_request.hpp"
#include "gate/failure_record.hpp"
#include "policy/parse.hpp"
#include "usage.hpp"
#include "values/arn.hpp"
#include "world/unwrap.hpp"

namespace policysim::cli {
namespace {

using request::CallerKind;

constexpr const char* kEndpoint = "policysim-endpoint";

bool has_identity_policies(CallerKind kind) {
  return kind == CallerKind::kUser || kind == CallerKind::kRoleSession ||
         kind == CallerKind::kFederatedUser || kind == CallerKind::kServiceLinkedRole;
}

bool has_session_policies(CallerKind kind) {
  return kind == CallerKind::kRoleSession || kind == CallerKind::kFederatedUser ||
         kind == CallerKind::kRootSession;
}

// "LEVEL=FILE" unless the whole is a file.
std::pair<std::string, std::string> split_label(const std::string& value) {
  const std::size_t equals = value.find('=');
  std::error_code ignored;
  const bool labelled = equals != std::string::npos && equals > 0 &&
                        value.substr(0, equals).find('/') == std::string::npos &&
                        !std::filesystem::exists(value, ignored);
  if (!labelled) return {"", value};
  return {value.substr(0, equals), value.substr(equals + 1)};
}

PolicyType resource_policy_type(const std::string& resource) {
  const std::optional<values::Arn> arn = values::split_arn(resource);
  if (arn && arn->service() == "kms") return PolicyType::kKey;
  if (arn && arn->service() == "iam") return PolicyType::kTrust;
  return PolicyType::kResource;
}

class Loader {
 public:
  Loader(const Settings& settings, FlagPolicies& out) : settings_(settings), out_(out) {}

  void load(const std::string& option, const std::string& path, PolicyType type,
            const std::string& target) {
    if (out_.failure || out_.misuse) return;
    auto sources = std::make_shared<text::SourceMap>();
    const Result<text::Node> root = world::read_policy_file(*sources, path);
    if (!root) return fail(root.error(), *sources, path);
    ParseOptions parse;
    parse.lenient = settings_.lenient;
    parse.name = path;
    Result<PolicyDocument> document = policy::make_document(*root, type, sources, parse);
    if (!document) return fail(document.error(), *sources, path);
    FlagPolicy policy;
    policy.option = option;
    policy.attached.where = {type, path, target};
    policy.attached.document = *std::move(document);
    out_.list.push_back(std::move(policy));
  }

  void misuse(std::string message) {
    if (!out_.misuse) out_.misuse = usage_error(std::move(message));
  }

 private:
  void fail(const Error& error, const text::SourceMap& sources, const std::string& path) {
    out_.failure = gate::failure_record(kFlagId, error, &sources);
    if (!out_.failure->error->location) out_.failure->error->location = Location{path, 1, 1};
  }

  const Settings& settings_;
  FlagPolicies& out_;
};

void load_endpoint_policy(const Options& options, Loader& loader, request::Data& data) {
  const auto [type, file] = split_label(*options.vpce);
  if (!type.empty() && type != "interface" && type != "gateway") {
    return loader.misuse("`--vpce` is for an interface or a gateway endpoint, not `" + type + "`");
  }
  if (options.vpc_endpoint && !type.empty()) {
    return loader.misuse("the world says what type `--vpc-endpoint` has");
  }
  if (data.endpoint.empty()) {
    data.endpoint = kEndpoint;
    data.endpoint_gateway = type == "gateway";
  }
  loader.load("--vpce", file, PolicyType::kEndpoint, data.endpoint);
}

}  // namespace

FlagPolicies load_flag_policies(const Options& options, const Settings& settings,
                                request::Data& data) {
  FlagPolicies out;
  Loader loader(settings, out);
  const std::string& caller = data.caller.entry;
  if (!has_identity_policies(data.caller.kind) &&
      !(options.identity.empty() && !options.boundary)) {
    loader.misuse("`" + *options.principal + "` has no identity-based policies and no boundary");
  }
  if (!has_session_policies(data.caller.kind) && !options.session.empty()) {
    loader.misuse("`" + *options.principal + "` is no session that takes session policies");
  }
  if (options.resource_policy && data.resource == "*") {
    loader.misuse("`--resource-policy` needs a resource ARN");
  }
  for (const std::string& file : options.identity) {
    loader.load("--identity", file, PolicyType::kIdentity, caller);
  }
  if (options.boundary) loader.load("--boundary", *options.boundary, PolicyType::kBoundary, caller);
  for (const std::string& file : options.session) {
    data.caller.has_session_policies = true;
    loader.load("--session", file, PolicyType::kSession, caller);
  }
  if (options.resource_policy) {
    loader.load("--resource-policy", *options.resource_policy, resource_policy_type(data.resource),
                data.resource_facts.policy_target);
  }
  for (const bool rcp : {false, true}) {
    for (const std::string& value : rcp ? options.rcp : options.scp) {
      const auto [label, file] = split_label(value);
      loader.load(rcp ? "--rcp" : "--scp", file, rcp ? PolicyType::kRcp : PolicyType::kScp,
                  label.empty() ? "root" : label);
    }
  }
  if (options.vpce) load_endpoint_policy(options, loader, data);
  return out;
}

}  // namespace policysim::cli
