#include "output.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <tuple>
#include <utility>

#include "base/edit_distance.hpp"
#include "usage.hpp"

namespace policysim::cli {
namespace {

constexpr std::size_t kLarge = std::size_t{64} << 10U;
constexpr mode_t kMode = 0666;  // less the umask

Error write_error(const std::string& path) {
  return Error{kNotWritten, "cannot write `" + path + "`: " + std::strerror(errno), {}};
}

bool is_step_summary(const std::string& path) {
  const char* summary = std::getenv("GITHUB_STEP_SUMMARY");
  return summary != nullptr && path == summary;
}

// Standard output or error once more, if the path leads there, else -1. As /dev/stdout it is a link
// to what may be a plain file: that is written on with, and neither it nor the link replaced.
int standard_stream(const std::string& path) {
  struct stat named {
  }, open{};
  if (stat(path.c_str(), &named) != 0) return -1;
  for (const int fd : {STDOUT_FILENO, STDERR_FILENO}) {
    const bool same =
        fstat(fd, &open) == 0 && open.st_dev == named.st_dev && open.st_ino == named.st_ino;
    if (same) return fcntl(fd, F_DUPFD_CLOEXEC, 0);
  }
  return -1;
}

bool is_special(const std::string& path) {
  struct stat info {};
  return stat(path.c_str(), &info) == 0 && !S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode);
}

// The file that a symbolic link leads to is written, and the link stays.
std::string behind_links(const std::string& path) {
  std::error_code problem;
  if (!std::filesystem::is_symlink(path, problem)) return path;
  const std::filesystem::path target = std::filesystem::weakly_canonical(path, problem);
  return problem ? path : target.string();
}

// A new file beside `path`. A killed run may have left one of the same name.
std::pair<int, std::string> open_beside(const std::string& path) {
  constexpr int kMostTries = 100;
  std::string name;
  int fd = -1;
  for (int i = 0; i < kMostTries && fd < 0; ++i) {
    name = path + ".tmp" + std::to_string(getpid()) + (i > 0 ? "-" + std::to_string(i) : "");
    fd = open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kMode);
    if (fd < 0 && errno != EEXIST) break;
  }
  return {fd, fd < 0 ? std::string() : name};
}

}  // namespace

bool same_path(const std::string& one, const std::string& two) {
  std::error_code problem;
  const auto plain = [&problem](const std::string& path) {
    return std::filesystem::absolute(path, problem).lexically_normal();
  };
  return one == two || (plain(one) == plain(two) && !problem);
}

Result<std::vector<ReportTarget>> parse_reports(const std::vector<std::string>& reports,
                                                const std::vector<std::string_view>& formats) {
  std::vector<ReportTarget> out;
  for (const std::string& report : reports) {
    const std::size_t equals = report.find('=');
    if (equals == std::string::npos || equals + 1 == report.size()) {
      return usage_error("`--report` takes FMT=PATH, as `json=report.json`, not `" + report + "`");
    }
    ReportTarget target{report.substr(0, equals), report.substr(equals + 1)};
    if (std::find(formats.begin(), formats.end(), target.format) == formats.end()) {
      return usage_error("unknown report format `" + target.format + "`",
                         base::nearest(target.format, formats));
    }
    const bool known = std::any_of(out.begin(), out.end(), [&target](const ReportTarget& other) {
      return same_path(other.path, target.path);
    });
    if (known) return usage_error("two reports go to `" + target.path + "`");
    out.push_back(std::move(target));
  }
  return out;
}

Output Output::standard() { return {STDOUT_FILENO, "standard output", {}, false}; }

Result<Output> Output::file(const std::string& path) {
  const std::string place = behind_links(path);
  int fd = -1;
  std::string temporary;
  if (const int stream = standard_stream(path); stream >= 0) {
    fd = stream;
  } else if (is_step_summary(path)) {
    fd = open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, kMode);
  } else if (is_special(path)) {
    fd = open(path.c_str(), O_WRONLY | O_CLOEXEC);
  } else {
    std::tie(fd, temporary) = open_beside(place);
  }
  if (fd < 0) return write_error(path);
  const std::string& shown = temporary.empty() ? path : place;
  return Output(fd, shown, std::move(temporary), true);
}

Output::Output(Output&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)),
      owned_(std::exchange(other.owned_, false)),
      broken_(other.broken_),
      path_(std::move(other.path_)),
      temporary_(std::exchange(other.temporary_, {})),
      buffer_(std::move(other.buffer_)),
      error_(std::move(other.error_)) {}

Output::~Output() {
  if (owned_) close(fd_);
  if (!temporary_.empty()) unlink(temporary_.c_str());
}

void Output::fail() {
  if (errno == EPIPE) {
    broken_ = true;
  } else if (!error_) {
    error_ = write_error(path_);
  }
  buffer_.clear();
}

void Output::flush_if_large() {
  if (buffer_.size() >= kLarge) flush();
}

void Output::flush() {
  std::size_t done = 0;
  while (done < buffer_.size() && !broken_ && !error_) {
    const ssize_t written = write(fd_, buffer_.data() + done, buffer_.size() - done);
    if (written >= 0) {
      done += static_cast<std::size_t>(written);
    } else if (errno != EINTR) {
      fail();
    }
  }
  buffer_.clear();
}

std::optional<Error> Output::finish() {
  flush();
  if (owned_ && close(std::exchange(fd_, -1)) != 0) fail();
  owned_ = false;
  if (!temporary_.empty() && !error_) {
    if (rename(temporary_.c_str(), path_.c_str()) == 0) {
      temporary_.clear();
    } else {
      fail();
    }
  }
  return error_;
}

}  // namespace policysim::cli
