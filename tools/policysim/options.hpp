// What the command line says, as plain data. Empty optionals and lists were not given.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace policysim::cli {

struct Options {
  std::vector<std::string> paths;

  // Every verb.
  std::optional<std::string> format, color, log_level, config;
  std::vector<std::string> report;
  bool no_config = false, exit_zero = false, quiet = false, help = false, version = false;
  int verbose = 0;

  // Verbs that decide.
  std::optional<std::string> missing, rcp_services, rcp_date, time, message_style;
  std::vector<std::string> option;
  bool certain = false, require_keys = false, lenient = false, force = false;

  // evaluate
  std::optional<std::string> case_glob, world, requests, principal, action, resource,
      resource_account, resource_policy, boundary, vpce, vpc_endpoint;
  std::vector<std::string> context, identity, session, scp, rcp, principal_tag, resource_tag;

  // validate
  std::optional<std::string> type;
  std::vector<std::string> ignore;

  // validate, test: each with words of its own
  std::optional<std::string> fail_on;

  // test
  std::optional<std::string> word, filter, shard, jobs, mutants, seed, budget, golden, base,
      junit_passed;
  std::vector<std::string> tag, min;
  bool fail_fast = false, list = false, ci = false, coverage = false, mutate = false,
       update_golden = false;
};

}  // namespace policysim::cli
