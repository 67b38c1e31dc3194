// One generated case: policies in a shape that can be taken apart again, and requests.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "policysim/policy.hpp"
#include "request/request.hpp"
#include "world/data.hpp"

namespace policysim::differential {

struct Condition {
  std::string op;
  std::string key;
  std::vector<std::string> values;
};

struct Statement {
  bool deny = false;
  bool not_action = false;
  std::vector<std::string> actions;
  bool has_resource = true;
  bool not_resource = false;
  std::vector<std::string> resources;
  bool not_principal = false;
  std::string principal;  // JSON; empty: none
  std::vector<Condition> conditions;
};

struct Policy {
  PolicyType type = PolicyType::kIdentity;
  std::vector<std::string> levels;     // SCPs and RCPs: where they are attached
  bool built_in = false;               // FullAWSAccess
  std::string version = "2012-10-17";  // empty: none
  std::vector<Statement> statements;
};

// An account of an organization and the names of its levels, root first, its own last.
struct Account {
  std::string id;
  bool management = false;
  bool scp_enabled = true;
  bool rcp_enabled = true;
  std::vector<std::string> levels;
};

// A grant of a KMS key, given by its ARN.
struct KeyGrant {
  std::string key;
  world::KmsGrant grant;
};

struct Case {
  std::vector<Policy> policies;
  // With `organizations`, accounts without a row have none and SCPs and RCPs are attached to levels
  // of trees. Without, every level that a policy names binds every account.
  bool organizations = false;
  std::vector<Account> accounts;
  std::vector<KeyGrant> grants;
  std::vector<request::Data> requests;  // the first one is what the target was made for
  std::vector<std::pair<std::string, std::string>> options;
  // The statement that was made to decide or to block.
  std::size_t target_policy = 0;
  std::size_t target_statement = 0;
};

std::string to_json(const Policy& policy);
std::string quote(const std::string& text);  // as a JSON string
std::string to_text(const Case& generated);  // for people
std::string to_text(const request::Data& request);

}  // namespace policysim::differential
