// Lines of a file or pipe, one at a time.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "policysim/result.hpp"

namespace policysim::cli {

// Holds one line and one chunk. Compressed files are unpacked whole. One per thread.
class LineReader {
 public:
  // "-" is standard input. `before_wait` is called each time before input is waited for.
  static Result<LineReader> open(const std::string& path, std::function<void()> before_wait);
  LineReader(LineReader&& other) noexcept;
  LineReader& operator=(LineReader&&) = delete;
  ~LineReader();

  // The next line without its end, valid until the next call; none at the end of the input, when
  // reading failed or was interrupted. A line over the limit comes empty, with too_long().
  std::optional<std::string_view> next();
  bool too_long() const noexcept { return too_long_; }
  const std::optional<Error>& error() const noexcept { return error_; }

 private:
  LineReader(int fd, std::function<void()> before_wait);
  bool fill();

  int fd_;
  std::function<void()> before_wait_;
  std::string buffer_;
  std::size_t begin_ = 0;    // of what was not handed out yet
  std::size_t scanned_ = 0;  // up to here there is no line end
  bool end_ = false;
  bool too_long_ = false;
  std::optional<Error> error_;
};

}  // namespace policysim::cli
