// Exit codes: one table for every verb, never renumbered.
#pragma once

#include <cstdint>

namespace policysim::cli {

enum class ExitCode : std::uint8_t {
  kYes = 0,        // allowed, nothing found
  kNo = 1,         // denied, test failed, finding at or over the threshold
  kUsage = 2,      // the command line, environment or configuration
  kInput = 3,      // policy, fixture, world or request invalid
  kUnknown = 4,    // conditional
  kInternal = 5,   // internal error, output that cannot be written
  kThreshold = 6,  // tests passed, but a coverage or mutation threshold is missed
  kInterrupted = 130
};

// Of several codes that apply the first in this order is the program's: 130, 5, 2, 3, 4, 1, 6, 0.
class ExitStatus {
 public:
  void add(ExitCode code) noexcept {
    if (rank(code) > rank(code_)) code_ = code;
  }
  // With --exit-zero "no", "unknown" and a missed threshold are 0.
  ExitCode code(bool exit_zero) const noexcept {
    const bool soft =
        code_ == ExitCode::kNo || code_ == ExitCode::kUnknown || code_ == ExitCode::kThreshold;
    return exit_zero && soft ? ExitCode::kYes : code_;
  }

 private:
  static int rank(ExitCode code) noexcept {
    switch (code) {
      case ExitCode::kYes:
        return 0;
      case ExitCode::kThreshold:
        return 1;
      case ExitCode::kNo:
        return 2;
      case ExitCode::kUnknown:
        return 3;
      case ExitCode::kInput:
        return 4;
      case ExitCode::kUsage:
        return 5;
      case ExitCode::kInternal:
        return 6;
      case ExitCode::kInterrupted:
        return 7;
    }
    return 6;
  }
  ExitCode code_ = ExitCode::kYes;
};

}  // namespace policysim::cli
