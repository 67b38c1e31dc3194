#include "line_reader.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "interrupt.hpp"
#include "paths.hpp"
#include "text/reader.hpp"

namespace policysim::cli {
namespace {

constexpr std::size_t kChunk = std::size_t{256} << 10U;
constexpr std::size_t kLongestLine = std::size_t{16} << 20U;
constexpr std::string_view kGzipMagic = "\x1F\x8B";

}  // namespace

LineReader::LineReader(int fd, std::function<void()> before_wait)
    : fd_(fd), before_wait_(std::move(before_wait)) {}

LineReader::LineReader(LineReader&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)),
      before_wait_(std::move(other.before_wait_)),
      buffer_(std::move(other.buffer_)),
      begin_(other.begin_),
      scanned_(other.scanned_),
      end_(other.end_),
      error_(std::move(other.error_)) {}

LineReader::~LineReader() {
  if (fd_ > STDIN_FILENO) close(fd_);
}

Result<LineReader> LineReader::open(const std::string& path, std::function<void()> before_wait) {
  const int fd = path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    // The reader of whole files knows how to say why.
    Result<std::string> text = text::read_file(path);
    if (!text) return std::move(text).error();
    return Error{"PS0004", "`" + path + "` cannot be read", {}};
  }
  LineReader reader(fd, std::move(before_wait));
  if (!reader.fill() && reader.error_) return *reader.error_;
  if (std::string_view(reader.buffer_).substr(0, 2) == kGzipMagic && path != "-") {
    Result<std::string> text = text::read_file(path);
    if (!text) return std::move(text).error();
    reader.buffer_ = *std::move(text);
    reader.end_ = true;
  }
  return reader;
}

bool LineReader::fill() {
  if (end_) return false;
  before_wait_();
  buffer_.erase(0, begin_);
  scanned_ -= begin_;
  begin_ = 0;
  const std::size_t used = buffer_.size();
  buffer_.resize(used + kChunk);
  ssize_t size = -1;
  do {
    size = read(fd_, buffer_.data() + used, kChunk);
  } while (size < 0 && errno == EINTR && !interrupted());
  buffer_.resize(used + (size > 0 ? static_cast<std::size_t>(size) : 0));
  if (size > 0) return true;
  end_ = true;
  if (size < 0 && errno != EINTR) {
    error_ =
        Error{"PS0004", std::string("the requests cannot be read: ") + std::strerror(errno), {}};
  }
  return false;
}

std::optional<std::string_view> LineReader::next() {
  too_long_ = false;
  for (;;) {
    const std::size_t end = buffer_.find('\n', scanned_);
    if (end != std::string::npos) {
      const std::string_view line(buffer_.data() + begin_, end - begin_);
      begin_ = scanned_ = end + 1;
      return too_long_ ? std::string_view() : line;
    }
    scanned_ = buffer_.size();
    if (scanned_ - begin_ > kLongestLine) {
      too_long_ = true;
      begin_ = scanned_;
    }
    if (fill()) continue;
    if (begin_ == buffer_.size() && !too_long_) return std::nullopt;
    const std::string_view line = std::string_view(buffer_).substr(begin_);
    begin_ = scanned_ = buffer_.size();
    return too_long_ ? std::string_view() : line;
  }
}

}  // namespace policysim::cli
