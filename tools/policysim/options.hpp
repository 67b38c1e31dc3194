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
  std::optional<std::string> type, fail_on;
  std::vector<std::string> ignore;
};

}  // namespace policysim::cli
