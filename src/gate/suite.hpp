// Which cases of which fixtures are run.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "policysim/result.hpp"
#include "world/case_list.hpp"
#include "world/fixture.hpp"

namespace policysim::gate {

// What is not given selects everything; what is given must all hold.
struct Selection {
  std::string word;                     // part of the id or name, without case
  std::string filter;                   // RE2 that is found in the id
  std::vector<std::string> tags;        // any of them
  std::uint32_t shard = 1, shards = 1;  // the shard-th of equal parts, from one
};

struct Test {
  std::uint32_t fixture = 0;  // index into Suite::fixtures
  std::size_t index = 0;      // in the fixture's list of cases
  std::string id;             // with the fixture's name in front where there are several
};

// Selected tests in the order of fixtures and their cases. Immutable, share freely.
struct Suite {
  std::vector<std::shared_ptr<const world::Fixture>> fixtures;
  std::vector<Test> tests;
};

// One finding about a fixture; spans point into its sources.
struct SuiteFinding {
  Diagnostic finding;
  std::shared_ptr<const text::SourceMap> sources;
};

// `only` cases, where any is marked, are all that is run. Findings: ids that occur twice (PS4002),
// selected cases without expectation (PS4001) and `only` (PS4003), which is an error with `ci` and
// else a warning. A suite without tests is no error here. Precondition: `filter` is a pattern that
// can be used.
Suite select_tests(std::vector<std::shared_ptr<const world::Fixture>> fixtures,
                   const Selection& selection, bool ci, std::vector<SuiteFinding>& findings);

}  // namespace policysim::gate
