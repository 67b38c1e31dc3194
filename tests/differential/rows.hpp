// The rows of the three tables of the specification: how strongly a resource-based Allow speaks
// (4.2), the truth table of one account (4.5), and calls across accounts with their exceptions (5).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "differential/view.hpp"

namespace policysim::differential {

struct Row {
  std::string name;
  // Does the request's decision agree with the row? None: it is about something else.
  std::function<std::optional<bool>(const View&)> judge;
};

const std::vector<Row>& rows();

void add_cross_rows(std::vector<Row>& out);

}  // namespace policysim::differential
