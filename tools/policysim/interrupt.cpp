#include "interrupt.hpp"

#include <csignal>

namespace policysim::cli {
namespace {

volatile std::sig_atomic_t seen = 0;

extern "C" void on_interrupt(int) { seen = 1; }

}  // namespace

void watch_interrupts() {
  struct sigaction action {};
  action.sa_handler = on_interrupt;
  sigemptyset(&action.sa_mask);
  // No SA_RESTART: a blocked read must return.
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  // A reader that went away is noticed by write().
  std::signal(SIGPIPE, SIG_IGN);
}

bool interrupted() noexcept { return seen != 0; }

}  // namespace policysim::cli
