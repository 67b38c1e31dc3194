// One self-erasing line on standard error for work that lasts.
#pragma once

#include <chrono>
#include <cstddef>

namespace policysim::cli {

// Shown on a terminal only, after a second, unless quiet or in CI. One per run.
class Progress {
 public:
  explicit Progress(bool quiet);
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress();

  void tick(std::size_t done);

 private:
  bool enabled_;
  bool shown_ = false;
  std::chrono::steady_clock::time_point next_;
};

}  // namespace policysim::cli
