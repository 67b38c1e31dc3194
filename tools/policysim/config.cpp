#include "config.hpp"

#include <filesystem>

#include "config_members.hpp"
#include "text/reader.hpp"
#include "text/source.hpp"
#include "usage.hpp"

namespace policysim::cli {
namespace {

namespace fs = std::filesystem;
using text::Node;

constexpr const char* kFileName = ".policysim.yaml";

std::string find_file() {
  std::error_code problem;
  const fs::path start = fs::current_path(problem);
  if (problem) return {};
  for (fs::path folder = start;; folder = folder.parent_path()) {
    const bool repository = fs::exists(folder / ".git", problem);
    const fs::path file = folder / kFileName;
    if (fs::exists(file, problem)) {
      if (folder == start) return kFileName;
      return file.lexically_proximate(start).generic_string();
    }
    if (repository || folder == folder.root_path()) return {};
  }
}

// Above the working directory only a repository's configuration counts.
bool in_repository() {
  std::error_code problem;
  for (fs::path folder = fs::current_path(problem); !problem; folder = folder.parent_path()) {
    if (fs::exists(folder / ".git", problem)) return true;
    if (folder == folder.root_path()) return false;
  }
  return false;
}

Result<Config> read_config(const std::string& file) {
  Result<std::string> bytes = text::read_file(file);
  if (!bytes) return usage_error(bytes.error().message);
  text::SourceMap sources;
  const std::uint32_t source = sources.add(file, *std::move(bytes));
  const Result<Node> root = text::read(sources, source, text::Syntax::kYaml);
  Config config;
  config.file = file;
  std::string problems;
  if (root) {
    problems = read_members(*root, sources, fs::path(file).parent_path().string(), config);
  } else {
    for (const Diagnostic& diagnostic : root.error().diagnostics) {
      problems += text::render(diagnostic, sources);
    }
  }
  if (problems.empty()) return config;
  return Error{kUsageCode, "the configuration cannot be used\n" + problems, {}};
}

}  // namespace

Result<Config> load_config(const Options& options) {
  if (options.no_config) return Config{};
  if (options.config) return read_config(*options.config);
  const std::string file = find_file();
  if (file.empty() || (file != kFileName && !in_repository())) return Config{};
  return read_config(file);
}

}  // namespace policysim::cli
