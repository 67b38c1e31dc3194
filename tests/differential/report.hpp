// What the generated cases exercised: outcomes, the rows of the specification's tables, and each
// condition operator in each situation within a statement that decided, or whose failing condition
// is why it did not.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "differential/compare.hpp"
#include "reference/rules.hpp"

namespace policysim::differential {

class Report {
 public:
  // Returns what the reference decided against a row of a table, if it did.
  std::optional<std::string> add(const Case& generated, const Comparison& comparison);
  std::string text() const;
  // Does every row and situation occur at least `least` times, and each outcome in 10 % of the
  // requests?
  bool sufficient(std::uint64_t least) const;

 private:
  void count(const reference::Surroundings& s, const policy::Statement& statement,
             const policy::Condition* only);
  std::uint64_t cell(std::size_t goal) const;
  std::string operators_text() const;
  std::string rows_text() const;

  std::array<std::uint64_t, 4> outcomes_{};
  std::vector<std::uint64_t> rows_;  // by rows()
  std::uint64_t rejected_ = 0;
  std::uint64_t cases_ = 0;
  std::map<std::pair<std::string, reference::Meeting>, std::uint64_t>
      cells_;  // lower-case operator
};

}  // namespace policysim::differential
