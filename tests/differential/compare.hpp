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
  // Views of `documents`, in their order; then those of policies at more than one level.
  std::vector<reference::Policy> policies;
  std::vector<std::size_t> origin;  // of each view
  reference::Options options;
  std::vector<Seen> seen;  // one a request, up to the first difference
};

// Fills documents and policies; false: a policy was rejected.
bool parse_all(const Case& generated, Comparison& out);

// `explain`: also compares the evidence, which costs more.
Comparison compare(const Case& generated, bool explain);

// The smallest case found that still differs.
Case shrink(Case generated, bool explain);

}  // namespace policysim::differential
