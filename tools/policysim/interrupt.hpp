// Ctrl-C: the first one asks to stop, the second one kills.
#pragma once

namespace policysim::cli {

void watch_interrupts();
bool interrupted() noexcept;

}  // namespace policysim::cli
