// A program that this one starts, with pipes to its input and from its output.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policysim/result.hpp"

namespace policysim::cli {

// Started without a shell. Whoever writes to its input expects that it reads it before it answers.
// One per thread; the end of the object ends the process.
class ChildProcess {
 public:
  // `words`: the program, looked up on PATH, and its arguments. `environment` are NAME=VALUE that
  // replace those of this process. Fails where it cannot be started.
  static Result<std::unique_ptr<ChildProcess>> start(const std::vector<std::string>& words,
                                                     const std::vector<std::string>& environment);
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;
  ~ChildProcess();

  bool send(std::string_view text);
  // Each is nothing where the output ends before, and `line` where none ends within `most` bytes.
  std::optional<std::string> line(std::size_t most);
  std::optional<std::string> bytes(std::size_t count);
  // All that is left, and nothing if it is more than `most` bytes.
  std::optional<std::string> rest(std::size_t most);
  // Closes the pipes and waits for its end: its exit code, or 128 and the signal.
  int wait();
  // What it wrote to standard error, from the beginning.
  std::string complaint() const;

 private:
  ChildProcess() = default;
  bool fill();

  pid_t pid_ = -1;
  int in_ = -1, out_ = -1;
  std::FILE* errors_ = nullptr;
  std::string buffer_;
  std::size_t begin_ = 0;  // of what was not handed out
};

}  // namespace policysim::cli
