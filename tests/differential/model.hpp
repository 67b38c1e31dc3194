// One generated case: policies in a shape that can be taken apart again, and requests.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "policysim/policy.hpp"
#include "request/request.hpp"

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
  std::string level;
  std::string version = "2012-10-17";  // empty: none
  std::vector<Statement> statements;
};

struct Case {
  std::vector<Policy> policies;
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
