// Statement vectors of tests/data/conformance: one statement, one request, does it match?
#pragma once

#include <string>
#include <vector>

#include "policysim/decision.hpp"
#include "policysim/policy.hpp"
#include "policysim/request.hpp"
#include "reference/reference.hpp"

namespace policysim::conformance {

struct Vector {
  std::string id;
  std::string about;
  std::string document;   // policy text that holds the statement alone
  std::string statement;  // the same without the policy around it
  bool deny = false;
  PolicyType type = PolicyType::kIdentity;
  std::string action;
  std::string resource;
  std::string principal;
  std::vector<reference::ContextKey> context;
  Match expected = Match::kNo;
};

const std::vector<Vector>& vectors();

// The text of a file below tests/data/conformance.
std::string read_data(const std::string& name);
// Parses as the vectors demand: leniently.
PolicyDocument parse(const std::string& text, PolicyType type);

reference::Request reference_request(const Vector& vector);
Request product_request(const Vector& vector);

}  // namespace policysim::conformance
