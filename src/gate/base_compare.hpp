// Tests of two revisions, decided in the worlds and with the policies of each.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "gate/change_report.hpp"
#include "gate/runner.hpp"
#include "gate/settings.hpp"
#include "gate/suite.hpp"
#include "gate/test_run.hpp"
#include "world/file_source.hpp"

namespace policysim::gate {

// A fixture of the other revision that does not load there.
struct BrokenFixture {
  std::string path, why;
};

// The other revision: its files, and the fixtures that it has at the paths of the run.
struct Base {
  std::string name;  // as people call it
  world::FileSource* files = nullptr;
  std::vector<std::shared_ptr<const world::Fixture>> fixtures;
  std::vector<BrokenFixture> broken;
};

struct CompareOptions {
  Selection selection;                               // the one that made the suite
  world::FileSource* files = &world::file_system();  // of this tree
  unsigned jobs = 1;
  std::function<bool()> stop;
};

// Every test of either side is decided on both: as this tree has it and, where that makes a
// difference, as the base has it, so that no edit of a test hides a change. Fixtures belong
// together by path, else by name. One that stands on one side only is read there, and its includes
// and policies on each side. `run` is the run of the suite; skipped tests are decided too, so that
// none hides a change.
ChangeReport compare_with_base(const Suite& suite, const TestRun& run, const Base& base,
                               const Settings& settings, const CompareOptions& options);

}  // namespace policysim::gate
