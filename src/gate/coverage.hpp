// Collects how much of the policies a run reaches.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "gate/coverage_report.hpp"
#include "gate/runner.hpp"
#include "gate/suite.hpp"

namespace policysim::gate {

class CoverageCollector;

// RunOptions::observer is `[&] -> RunObserver& { return coverage.observer(); }`.
class Coverage {
 public:
  Coverage();
  ~Coverage();

  // A new collector, for one thread; it lives as long as this. Thread-safe.
  RunObserver& observer();

  // Of everything that was collected; call it when the threads are done. What a fixture's
  // `coverage.exclude` names does not count; an exclusion that names nothing is a finding (PS4020)
  // if a world of its fixture was seen.
  CoverageReport report(const Suite& suite, std::vector<SuiteFinding>& findings) const;

 private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<CoverageCollector>> collectors_;
};

}  // namespace policysim::gate
