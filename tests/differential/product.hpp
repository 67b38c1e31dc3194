// A case compiled by the product, and the statements of both witnesses side by side.
#pragma once

#include <vector>

#include "differential/compare.hpp"

namespace policysim::differential {

Result<PolicySet> compile(const Case& generated, const Comparison& parsed);

// The product's number of each statement of Comparison::policies.
using Ids = std::vector<std::vector<StatementId>>;
Ids statement_ids(const PolicySet& set, const Comparison& parsed);

}  // namespace policysim::differential
