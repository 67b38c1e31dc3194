#include "cmd_evaluate.hpp"

#include "evaluate.hpp"
#include "interrupt.hpp"
#include "usage.hpp"

namespace policysim::cli {
namespace {

enum class Mode : unsigned char { kFixtures, kFlags, kStream };

// Does the line state a request by flags? Returns the first such flag, else nothing.
std::string_view request_flag(const Options& options) {
  if (options.principal) return "--principal";
  if (options.action) return "--action";
  if (options.resource) return "--resource";
  if (options.resource_account) return "--resource-account";
  if (options.resource_policy) return "--resource-policy";
  if (options.boundary) return "--boundary";
  if (options.vpce) return "--vpce";
  if (options.vpc_endpoint) return "--vpc-endpoint";
  if (!options.context.empty()) return "--context";
  if (!options.identity.empty()) return "--identity";
  if (!options.session.empty()) return "--session";
  if (!options.scp.empty()) return "--scp";
  if (!options.rcp.empty()) return "--rcp";
  if (!options.principal_tag.empty()) return "--principal-tag";
  if (!options.resource_tag.empty()) return "--resource-tag";
  return {};
}

Result<Mode> mode_of(const Options& options, const Config& config) {
  const std::string flag(request_flag(options));
  const bool paths = !options.paths.empty();
  if (!flag.empty() && paths) {
    return usage_error("`" + flag + "` states a request of its own; leave `" +
                       options.paths.front() + "` out");
  }
  if (options.requests) {
    if (!flag.empty()) return usage_error("`" + flag + "` does not go with `--requests`");
    if (paths) return usage_error("`--requests` decides no fixtures");
    if (!options.world) return usage_error("`--requests` needs `--world`");
    if (options.case_glob) return usage_error("`--case` selects cases of fixtures");
    return Mode::kStream;
  }
  if (!flag.empty()) {
    if (options.case_glob) return usage_error("`--case` selects cases of fixtures");
    return Mode::kFlags;
  }
  if (options.world) return usage_error("`--world` needs a request by flags, or `--requests`");
  if (!paths && config.paths.empty()) {
    return usage_error("nothing to evaluate: name fixtures, or state a request by flags");
  }
  return Mode::kFixtures;
}

std::optional<Error> run(Mode mode, const Options& options, const Config& config,
                         const Settings& settings, Results& results, ExitStatus& status) {
  switch (mode) {
    case Mode::kFlags:
      return evaluate_flags(options, settings, results);
    case Mode::kStream:
      return evaluate_stream(options, settings, results, status);
    case Mode::kFixtures:
      break;
  }
  const Result<std::vector<InputFile>> files =
      expand_paths(options.paths.empty() ? config.paths : options.paths);
  if (!files) return files.error();
  return evaluate_fixtures(*files, options, settings, results, status);
}

ExitCode stop(const Error& error) {
  print_error(error);
  return is_usage(error) ? ExitCode::kUsage : ExitCode::kInput;
}

}  // namespace

ExitCode cmd_evaluate(const Options& options) {
  const Result<Config> config = load_config(options);
  if (!config) return stop(config.error());
  const Result<Mode> mode = mode_of(options, *config);
  if (!mode) return stop(mode.error());
  Result<Settings> settings = make_settings(options, *config);
  if (!settings) return stop(settings.error());
  Result<Results> results =
      Results::open(options, *config, *mode == Mode::kStream ? "ndjson" : "text");
  if (!results) {
    const bool usage = is_usage(results.error());
    print_error(results.error());
    return usage ? ExitCode::kUsage : ExitCode::kInternal;
  }
  settings->for_people = results->for_people();
  ExitStatus status;
  if (const std::optional<Error> error =
          run(*mode, options, *config, *settings, *results, status)) {
    status.add(stop(*error));
  }
  // A usage error has no results: what was asked for did not happen.
  if (status.code(false) == ExitCode::kUsage) return ExitCode::kUsage;
  if (const std::optional<Error> error = results->finish()) {
    print_error(*error);
    status.add(ExitCode::kInternal);
  }
  status.add(results->status().code(false));
  if (interrupted()) status.add(ExitCode::kInterrupted);
  return status.code(options.exit_zero);
}

}  // namespace policysim::cli
