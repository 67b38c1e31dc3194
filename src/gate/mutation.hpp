// Mutation of policies: small faults are put into them one by one, and the tests must notice.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>

#include "gate/mutation_report.hpp"
#include "gate/settings.hpp"
#include "gate/suite.hpp"
#include "gate/test_run.hpp"

namespace policysim::gate {

struct MutationOptions {
  unsigned jobs = 1;
  std::uint64_t seed = 0;
  std::size_t sample = 0;              // how many mutants are tried, chosen by the seed; 0: all
  bool witnesses = true;               // look for requests that tell survivors apart
  std::function<bool()> stop;          // asked now and then from every thread: the work ends
  std::function<bool()> budget_ended;  // likewise; the report says so
  // Told from the calling thread.
  std::function<void(std::size_t done, std::size_t of)> progress;
};

// Policies of files and inline documents that the worlds of the tests attach. Only tests that
// passed in `run`, which is one of the same suite, can notice. Equal input gives an equal report,
// whatever `jobs` is, unless the work ends early; its mutants stand in the order of their files.
MutationReport mutate(const Suite& suite, const Settings& settings, const TestRun& run,
                      const MutationOptions& options);

}  // namespace policysim::gate
