// Rows of the seed data: a request, what is attached, the decision that must come out and why.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "policysim/policy.hpp"
#include "reference/reference.hpp"
#include "request/request.hpp"

namespace policysim::conformance {

struct Attached {
  std::string document;
  PolicyType type = PolicyType::kIdentity;
  std::string name;
  std::string level;  // scp, rcp
};

struct StatementName {
  Layer layer = Layer::kNone;
  std::string policy;
  std::string sid;
  friend auto operator<=>(const StatementName&, const StatementName&) = default;
};

struct Row {
  std::string id;
  std::vector<Attached> policies;
  request::Data request;
  bool allow = false;
  bool implicit = false;       // deny because nothing allows
  Layer layer = Layer::kNone;  // a deny must name it; none: any
  // Allow: each must be among the witnesses. Deny: one of them among the reasons, if there are any.
  std::vector<StatementName> statements;
};

std::vector<Row> tagops_rows();
// One row an authorization; a row of several steps gives several.
std::vector<Row> rcp_matrix_rows();
std::vector<Row> scp_matrix_rows();

}  // namespace policysim::conformance
