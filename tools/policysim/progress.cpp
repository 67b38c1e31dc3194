#include "progress.hpp"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>

namespace policysim::cli {
namespace {

using std::chrono::steady_clock;

constexpr const char* kErase = "\r\x1b[K";

}  // namespace

// On one terminal with the results the line would be written into them.
Progress::Progress(bool quiet, const char* what)
    : what_(what),
      enabled_(!quiet && std::getenv("CI") == nullptr && isatty(STDERR_FILENO) == 1 &&
               isatty(STDOUT_FILENO) == 0),
      next_(steady_clock::now() + std::chrono::seconds(1)) {}

Progress::~Progress() {
  if (shown_) std::fputs(kErase, stderr);
}

void Progress::tick(std::size_t done, std::size_t of) {
  if (!enabled_) return;
  const steady_clock::time_point now = steady_clock::now();
  if (now < next_) return;
  if (of > 0) {
    std::fprintf(stderr, "%s%zu of %zu %s", kErase, done, of, what_);
  } else {
    std::fprintf(stderr, "%s%zu %s", kErase, done, what_);
  }
  shown_ = true;
  next_ = now + std::chrono::milliseconds(200);
}

}  // namespace policysim::cli
