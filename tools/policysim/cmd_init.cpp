#include "cmd_init.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "init_files.hpp"
#include "output.hpp"
#include "policysim/result.hpp"
#include "text/source.hpp"
#include "usage.hpp"

namespace policysim::cli {
namespace {

namespace fs = std::filesystem;

constexpr mode_t kMode = 0666;  // less the umask

Error cannot_write(const fs::path& path, const std::string& why) {
  return Error{kNotWritten, "cannot write `" + path.generic_string() + "`: " + why, {}};
}

// Nothing is overwritten: a file that is there, be it a link to nothing, stays.
std::optional<Error> write_new(const fs::path& path, std::string_view text) {
  std::error_code problem;
  if (!path.parent_path().empty()) fs::create_directories(path.parent_path(), problem);
  if (problem) return cannot_write(path, problem.message());
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kMode);
  if (file < 0) return cannot_write(path, std::strerror(errno));
  while (!text.empty()) {
    const ssize_t written = write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) break;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  const int code = text.empty() ? 0 : errno;
  if (close(file) == 0 && code == 0) return std::nullopt;
  return cannot_write(path, std::strerror(code == 0 ? errno : code));
}

std::vector<fs::path> existing(const fs::path& folder, const std::vector<InitFile>& files) {
  std::vector<fs::path> out;
  for (const InitFile& file : files) {
    std::error_code ignored;
    const fs::path path = folder / file.path;
    if (fs::exists(fs::symlink_status(path, ignored))) out.push_back(path);
  }
  return out;
}

Error files_exist(const std::vector<fs::path>& paths) {
  std::string list;
  for (const fs::path& path : paths) {
    list += "\n  " + text::escape_terminal(path.generic_string());
  }
  return Error{"PS4044",
               "nothing is written, because there is already" + list +
                   "\nhelp: `policysim init DIR` sets up another folder",
               {}};
}

std::string shown(const fs::path& path) { return text::escape_terminal(path.generic_string()); }

std::string next_steps(const fs::path& folder, bool snippet) {
  std::string out = "\nNext:\n";
  if (!folder.empty()) out += "  cd " + shown(folder) + "\n";
  out +=
      "  policysim test                 runs the tests of fixtures/\n"
      "  policysim test --coverage      shows which parts of the policies they reach\n"
      "Then put your policies into policies/, your accounts, principals and resources into\n"
      "fixtures/worlds/, and say in fixtures/ what must be allowed and what denied.\n";
  if (snippet) out += "The CI file names what you must fill in: where policysim comes from.\n";
  return out;
}

ExitCode stop(const Error& error) {
  print_error(error);
  if (is_usage(error)) return ExitCode::kUsage;
  return error.code == kNotWritten ? ExitCode::kInternal : ExitCode::kInput;
}

}  // namespace

ExitCode cmd_init(const Options& options) {
  if (options.paths.size() > 1) return stop(usage_error("`policysim init` takes one folder"));
  const fs::path folder = options.paths.empty() ? fs::path() : fs::path(options.paths.front());
  const std::string ci = options.ci_system.value_or("github");
  const std::vector<InitFile> files = init_files(ci);
  const std::vector<fs::path> known = existing(folder, files);
  if (!known.empty()) return stop(files_exist(known));

  Output out = Output::standard();
  for (const InitFile& file : files) {
    const fs::path path = folder / file.path;
    if (const std::optional<Error> error = write_new(path, file.text)) {
      out.finish();  // what is written is told
      return stop(*error);
    }
    if (!options.quiet) out.buffer() += "wrote " + shown(path) + "\n";
  }
  if (!options.quiet) out.buffer() += next_steps(folder, ci != "none");
  const std::optional<Error> error = out.finish();
  return error ? stop(*error) : ExitCode::kYes;
}

}  // namespace policysim::cli
