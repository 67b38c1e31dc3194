// Files as users name them: what cannot be read says why.
#include <fcntl.h>
#include <libdeflate.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "text/reader.hpp"
#include "text/tree_builder.hpp"

namespace policysim::text {
namespace {

constexpr std::string_view kGzipMagic = "\x1F\x8B";

class FileDescriptor {
 public:
  explicit FileDescriptor(int fd) noexcept : fd_(fd) {}
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  ~FileDescriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  int get() const noexcept { return fd_; }

 private:
  int fd_;
};

// No text was read that a span could point into.
Error file_error(std::string_view code, const std::string& path, std::string_view problem) {
  return {std::string(code), "`" + path + "` " + std::string(problem), {}};
}

Error system_error(const std::string& path, int code) {
  struct stat status = {};
  if (code == ENOENT && ::lstat(path.c_str(), &status) == 0) {
    return file_error("PS0003", path, "is a symbolic link to nothing");
  }
  if (code == ELOOP) return file_error("PS0003", path, "is a symbolic link that leads to itself");
  if (code == ENOENT) return file_error("PS0001", path, "does not exist");
  if (code == EISDIR) return file_error("PS0002", path, "is a directory");
  std::string why = std::generic_category().message(code);
  why.front() = static_cast<char>(why.front() | 0x20);
  return file_error("PS0004", path, "cannot be read: " + why);
}

Error too_large(const std::string& path, std::size_t limit) {
  return file_error("PS0005", path, "is larger than " + std::to_string(limit) + " bytes");
}

Result<std::string> read_bytes(const std::string& path, std::size_t limit) {
  if (path.find('\0') != std::string::npos) return file_error("PS0001", path, "does not exist");
  const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) return system_error(path, errno);
  struct stat status = {};
  const bool is_regular = ::fstat(file.get(), &status) == 0 && S_ISREG(status.st_mode);
  const std::size_t expected = is_regular ? static_cast<std::size_t>(status.st_size) : 0;
  if (expected > limit) return too_large(path, limit);

  constexpr std::size_t kChunk = std::size_t{64} << 10U;
  std::string bytes;
  std::size_t used = 0;
  bytes.resize(expected + 1);  // one more, to meet the end of the file without growing
  while (true) {
    if (used == bytes.size()) bytes.resize(used + std::max(used, kChunk));
    const ssize_t count = ::read(file.get(), bytes.data() + used, bytes.size() - used);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return system_error(path, errno);
    if (count == 0) break;
    used += static_cast<std::size_t>(count);
    if (used > limit) return too_large(path, limit);
  }
  bytes.resize(used);
  return bytes;
}

// All members of a gzip file, one after the other.
Result<std::string> unpack(const std::string& path, std::string_view packed, std::size_t limit) {
  const std::unique_ptr<libdeflate_decompressor, decltype(&libdeflate_free_decompressor)> unpacker(
      libdeflate_alloc_decompressor(), &libdeflate_free_decompressor);
  if (unpacker == nullptr) throw std::bad_alloc();
  std::string out;
  std::size_t used = 0;
  out.resize(std::min(limit, packed.size() * 4));
  while (!packed.empty()) {
    std::size_t taken = 0;
    std::size_t given = 0;
    const libdeflate_result result =
        libdeflate_gzip_decompress_ex(unpacker.get(), packed.data(), packed.size(),
                                      out.data() + used, out.size() - used, &taken, &given);
    if (result == LIBDEFLATE_INSUFFICIENT_SPACE) {
      if (out.size() >= limit) return too_large(path, limit);
      out.resize(std::min(limit, out.size() * 2));
      continue;
    }
    if (result != LIBDEFLATE_SUCCESS) return file_error("PS0008", path, "is a damaged gzip file");
    packed.remove_prefix(taken);
    used += given;
  }
  out.resize(used);
  return out;
}

}  // namespace

Result<std::string> read_file(const std::string& path, const ReadLimits& limits) {
  Result<std::string> bytes = read_bytes(path, limits.bytes);
  if (!bytes) return bytes;
  return unpack_file(path, *std::move(bytes), limits);
}

Result<std::string> unpack_file(const std::string& path, std::string bytes,
                                const ReadLimits& limits) {
  if (!bytes.starts_with(kGzipMagic)) return bytes;
  return unpack(path, bytes, limits.bytes);
}

std::string relative_path(const std::string& path) {
  namespace fs = std::filesystem;
  try {
    const fs::path absolute = fs::absolute(path).lexically_normal();
    return absolute.lexically_proximate(fs::current_path()).generic_string();
  } catch (const fs::filesystem_error&) {
    return path;
  }
}

}  // namespace policysim::text
