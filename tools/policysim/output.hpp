// Standard output and report files.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policysim/result.hpp"

namespace policysim::cli {

constexpr const char* kNotWritten = "PS0020";  // Error::code

// `FMT=PATH` of --report.
struct ReportTarget {
  std::string format;
  std::string path;
};

// However the two are spelled; links are not followed.
bool same_path(const std::string& one, const std::string& two);

// Fails (usage) on a missing `=`, an unknown format, or a path named twice.
Result<std::vector<ReportTarget>> parse_reports(const std::vector<std::string>& reports,
                                                const std::vector<std::string_view>& formats);

// Buffered bytes on their way out. A file is written beside its place and renamed by finish(); the
// file that GITHUB_STEP_SUMMARY names is appended to; devices, pipes and what are standard output
// or error already are written in place. What is not finished leaves nothing behind. One per
// thread.
class Output {
 public:
  static Output standard();
  static Result<Output> file(const std::string& path);
  Output(Output&& other) noexcept;
  Output& operator=(Output&&) = delete;
  ~Output();

  std::string& buffer() { return buffer_; }
  // Hands the buffer on when it is large, or always.
  void flush_if_large();
  void flush();
  // Nobody reads any more (broken pipe): further output is dropped.
  bool broken() const noexcept { return broken_; }
  // The failure, if one happened since the beginning; a broken pipe is none.
  std::optional<Error> finish();

 private:
  Output(int fd, std::string path, std::string temporary, bool owned)
      : fd_(fd), owned_(owned), path_(std::move(path)), temporary_(std::move(temporary)) {}
  void fail();

  int fd_;
  bool owned_;
  bool broken_ = false;
  std::string path_;
  std::string temporary_;  // empty: written in place
  std::string buffer_;
  std::optional<Error> error_;
};

}  // namespace policysim::cli
