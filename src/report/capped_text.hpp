// Text that must not grow over a limit: whole pieces are left out and counted, and what is opened
// is always closed.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace policysim::report {

class CappedText {
 public:
  explicit CappedText(std::size_t most_bytes) : room_(most_bytes) {}

  // Does nothing and returns false where there is no room, or within what had none.
  bool add(std::string_view piece);
  // A block: `begin` now, `end` with close(). Needs room for both.
  bool open(std::string_view begin, std::string_view end);
  void close();

  std::size_t omitted() const noexcept { return omitted_; }  // pieces
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
  std::size_t room_;               // for what is added and for the ends of open blocks
  std::vector<std::string> ends_;  // of open blocks
  std::size_t skipped_ = 0;        // open blocks that had no room
  std::size_t omitted_ = 0;
};

}  // namespace policysim::report
