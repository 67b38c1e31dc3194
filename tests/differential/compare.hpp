// One case through both witnesses.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "differential/model.hpp"
#include "policysim/policy_set.hpp"
#include "reference/reference.hpp"

namespace policysim::differential {

// What the reference made of one request, for the report.
struct Seen {
  reference::Decision decision;
  reference::Matches matches;
  reference::Request request;
  reference::UnknownKeys unknown;
};

struct Comparison {
  bool usable = true;                     // false: a policy was rejected
  std::optional<std::string> difference;  // what differs, for people
  std::vector<PolicyDocument> documents;
  std::vector<reference::Policy> policies;  // views of `documents`
  reference::Options options;
  std::vector<Seen> seen;  // one a request, up to the first difference
};

// `explain`: also compares the evidence, which costs more.
Comparison compare(const Case& generated, bool explain);

// The smallest case found that still differs.
Case shrink(Case generated, bool explain);

}  // namespace policysim::differential
