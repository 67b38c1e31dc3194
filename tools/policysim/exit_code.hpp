// Exit codes: one table for every verb, never renumbered.
#pragma once

#include <cstdint>

namespace policysim::cli {

enum class ExitCode : std::uint8_t {
  kYes = 0,       // allowed, nothing found
  kNo = 1,        // denied, finding at or over the threshold
  kUsage = 2,     // the command line, environment or configuration
  kInput = 3,     // policy, fixture, world or request invalid
  kUnknown = 4,   // conditional
  kInternal = 5,  // internal error, output that cannot be written
  kInterrupted = 130
};

// Of several codes that apply the first in this order is the program's: 130, 5, 2, 3, 4, 1, 0.
class ExitStatus {
 public:
  void add(ExitCode code) noexcept {
    if (rank(code) > rank(code_)) code_ = code;
  }
  // With --exit-zero "no" and "unknown" are 0.
  ExitCode code(bool exit_zero) const noexcept {
    const bool soft = code_ == ExitCode::kNo || code_ == ExitCode::kUnknown;
    return exit_zero && soft ? ExitCode::kYes : code_;
  }

 private:
  static int rank(ExitCode code) noexcept {
    switch (code) {
      case ExitCode::kYes:
        return 0;
      case ExitCode::kNo:
        return 1;
      case ExitCode::kUnknown:
        return 2;
      case ExitCode::kInput:
        return 3;
      case ExitCode::kUsage:
        return 4;
      case ExitCode::kInternal:
        return 5;
      case ExitCode::kInterrupted:
        return 6;
    }
    return 5;
  }
  ExitCode code_ = ExitCode::kYes;
};

}  // namespace policysim::cli
