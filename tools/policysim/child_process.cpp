#include "child_process.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

extern char** environ;  // NOLINT: POSIX declares it nowhere

namespace policysim::cli {
namespace {

constexpr std::size_t kChunk = std::size_t{64} << 10U;

struct Pipe {
  int read = -1, write = -1;

  bool open() {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) return false;
    read = ends[0];
    write = ends[1];
    return true;
  }
  ~Pipe() {
    if (read >= 0) close(read);
    if (write >= 0) close(write);
  }
};

std::string_view name_of(std::string_view variable) {
  return variable.substr(0, variable.find('='));
}

std::vector<std::string> merged_environment(const std::vector<std::string>& own) {
  std::vector<std::string> out = own;
  for (char** at = environ; *at != nullptr; ++at) {
    const bool replaced = std::any_of(own.begin(), own.end(), [&](const std::string& variable) {
      return name_of(variable) == name_of(*at);
    });
    if (!replaced) out.emplace_back(*at);
  }
  return out;
}

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> out;
  for (std::string& word : words) out.push_back(word.data());
  out.push_back(nullptr);
  return out;
}

// What posix_spawn is told: three streams, and that a broken pipe ends the program as usual.
class SpawnSettings {
 public:
  SpawnSettings(int in, int out, int errors) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_adddup2(&actions_, in, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions_, out, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions_, errors, STDERR_FILENO);
    posix_spawnattr_init(&attributes_);
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGPIPE);
    posix_spawnattr_setsigdefault(&attributes_, &signals);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGDEF);
  }
  SpawnSettings(const SpawnSettings&) = delete;
  SpawnSettings& operator=(const SpawnSettings&) = delete;
  ~SpawnSettings() {
    posix_spawnattr_destroy(&attributes_);
    posix_spawn_file_actions_destroy(&actions_);
  }

  int spawn(pid_t& pid, std::vector<std::string> words, std::vector<std::string> environment) {
    return posix_spawnp(&pid, words.front().c_str(), &actions_, &attributes_,
                        pointers(words).data(), pointers(environment).data());
  }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

Error start_error(const std::string& program, int code) {
  const char* why = code == ENOENT ? "it is not installed, or not on PATH" : std::strerror(code);
  return Error{"PS0004", "`" + program + "` cannot be run: " + why, {}};
}

}  // namespace

Result<std::unique_ptr<ChildProcess>> ChildProcess::start(
    const std::vector<std::string>& words, const std::vector<std::string>& environment) {
  std::unique_ptr<ChildProcess> out(new ChildProcess());
  Pipe input, output;
  out->errors_ = std::tmpfile();
  if (out->errors_ == nullptr || !input.open() || !output.open()) {
    return start_error(words.front(), errno);
  }
  SpawnSettings settings(input.read, output.write, fileno(out->errors_));
  const int code = settings.spawn(out->pid_, words, merged_environment(environment));
  if (code != 0) {
    out->pid_ = -1;
    return start_error(words.front(), code);
  }
  out->in_ = std::exchange(input.write, -1);
  out->out_ = std::exchange(output.read, -1);
  return out;
}

ChildProcess::~ChildProcess() {
  if (pid_ > 0) kill(pid_, SIGTERM);
  wait();
  if (errors_ != nullptr) std::fclose(errors_);
}

bool ChildProcess::send(std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(in_, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

bool ChildProcess::fill() {
  if (begin_ > 0) buffer_.erase(0, std::exchange(begin_, 0));
  const std::size_t used = buffer_.size();
  buffer_.resize(used + kChunk);
  ssize_t count = -1;
  do {
    count = read(out_, buffer_.data() + used, kChunk);
  } while (count < 0 && errno == EINTR);
  buffer_.resize(used + static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
  return count > 0;
}

std::optional<std::string> ChildProcess::line(std::size_t most) {
  std::size_t end = 0;
  while ((end = buffer_.find('\n', begin_)) == std::string::npos) {
    if (buffer_.size() - begin_ > most || !fill()) return std::nullopt;
  }
  std::string out = buffer_.substr(begin_, end - begin_);
  begin_ = end + 1;
  return out;
}

std::optional<std::string> ChildProcess::bytes(std::size_t count) {
  while (buffer_.size() - begin_ < count) {
    if (!fill()) return std::nullopt;
  }
  std::string out = buffer_.substr(begin_, count);
  begin_ += count;
  return out;
}

std::optional<std::string> ChildProcess::rest(std::size_t most) {
  while (fill()) {
    if (buffer_.size() - begin_ > most) return std::nullopt;
  }
  return buffer_.substr(std::exchange(begin_, buffer_.size()));
}

int ChildProcess::wait() {
  if (in_ >= 0) close(std::exchange(in_, -1));
  if (out_ >= 0) close(std::exchange(out_, -1));
  if (pid_ <= 0) return -1;
  int status = 0;
  while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

std::string ChildProcess::complaint() const {
  std::string out(std::size_t{4} << 10U, '\0');
  const ssize_t count = pread(fileno(errors_), out.data(), out.size(), 0);
  out.resize(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
  return out;
}

}  // namespace policysim::cli
