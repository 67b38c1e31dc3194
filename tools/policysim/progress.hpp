// One self-erasing line on standard error for work that lasts.
#pragma once

#include <chrono>
#include <cstddef>

namespace policysim::cli {

// Shown on a terminal only, after a second, unless quiet or in CI. One per run.
class Progress {
 public:
  // `what` is counted: "decided".
  explicit Progress(bool quiet, const char* what = "decided");
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress();

  // `of`: how many there are; 0: nobody knows.
  void tick(std::size_t done, std::size_t of = 0);

 private:
  const char* what_;
  bool enabled_;
  bool shown_ = false;
  std::chrono::steady_clock::time_point next_;
};

}  // namespace policysim::cli
