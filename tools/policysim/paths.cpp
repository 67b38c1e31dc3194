#include "paths.hpp"

#include <glob.h>

#include <algorithm>
#include <filesystem>

namespace policysim::cli {
namespace {

namespace fs = std::filesystem;

bool has_suffix(std::string_view text, std::string_view suffix) {
  return text.size() > suffix.size() && text.substr(text.size() - suffix.size()) == suffix;
}

Error directory_error(const std::string& path, const std::error_code& problem) {
  return Error{"PS0004", "cannot read directory `" + path + "`: " + problem.message(), {}};
}

// Directory links are not followed, so that a loop ends.
Result<std::vector<std::string>> files_below(const std::string& directory) {
  std::vector<std::string> out;
  std::error_code problem;
  fs::recursive_directory_iterator at(directory, problem);
  for (; !problem && at != fs::recursive_directory_iterator(); at.increment(problem)) {
    const std::string name = at->path().filename().string();
    std::error_code ignored;  // a broken link is reported when it is read
    if (at->is_directory(ignored)) {
      if (name.front() == '.') at.disable_recursion_pending();
    } else if (is_input_name(name)) {
      out.push_back(at->path().lexically_normal().string());
    }
  }
  if (problem) return directory_error(directory, problem);
  std::sort(out.begin(), out.end());
  return out;
}

std::vector<std::string> glob_files(const std::string& pattern) {
  std::vector<std::string> out;
  glob_t found{};
  if (glob(pattern.c_str(), 0, nullptr, &found) == 0) {
    out.assign(found.gl_pathv, found.gl_pathv + found.gl_pathc);
  }
  globfree(&found);
  return out;
}

}  // namespace

bool is_input_name(std::string_view name) {
  if (has_suffix(name, ".gz")) name.remove_suffix(3);
  return name.front() != '.' &&
         (has_suffix(name, ".json") || has_suffix(name, ".yaml") || has_suffix(name, ".yml"));
}

Result<std::vector<InputFile>> expand_paths(const std::vector<std::string>& paths) {
  std::vector<InputFile> out;
  for (const std::string& path : paths) {
    std::error_code ignored;
    std::vector<std::string> names = {path};
    if (path != "-" && !fs::exists(fs::symlink_status(path, ignored))) {
      const std::vector<std::string> found = glob_files(path);
      if (!found.empty()) names = found;
    }
    for (const std::string& name : names) {
      if (name == "-" || !fs::is_directory(name, ignored)) {
        out.push_back({name, true});
        continue;
      }
      Result<std::vector<std::string>> below = files_below(name);
      if (!below) return std::move(below).error();
      for (std::string& file : *below) out.push_back({std::move(file), false});
    }
  }
  // A file that is named twice, or by itself and by its directory, is read once.
  std::vector<InputFile> unique;
  for (InputFile& file : out) {
    const bool known = std::any_of(unique.begin(), unique.end(), [&file](const InputFile& other) {
      return other.path == file.path;
    });
    if (!known) unique.push_back(std::move(file));
  }
  return unique;
}

std::string device_path(const std::string& path) { return path == "-" ? "/dev/stdin" : path; }

}  // namespace policysim::cli
