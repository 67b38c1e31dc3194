// Another revision of the repository that holds the working directory, read through git's plumbing.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "child_process.hpp"
#include "policysim/result.hpp"
#include "world/file_source.hpp"

namespace policysim::cli {

// Nothing is checked out, fetched, locked or run but git itself. Paths are those of the working
// tree; one outside of it cannot be read (PS4041). One per thread.
class GitRevision final : public world::FileSource {
 public:
  // Fails (usage) where git is not installed, there is no repository, or no such commit.
  static Result<std::unique_ptr<GitRevision>> open(const std::string& ref);

  Result<std::string> read(const std::string& path) override;
  std::string identity(const std::string& path) override;

  // What stands there below directories, files and globs, as `expand_paths` finds it in the working
  // tree; a path that is not there is left out. Paths are relative to the working directory.
  Result<std::vector<std::string>> expand(const std::vector<std::string>& paths);

  // Git's own failure since the beginning: then what could not be read may be there all the same.
  const std::optional<Error>& failure() const noexcept { return failure_; }

 private:
  GitRevision(std::string ref, std::filesystem::path top)
      : ref_(std::move(ref)), top_(std::move(top)) {}
  // Within the repository, with `/`; nothing: it lies outside.
  std::optional<std::string> inside(const std::string& path) const;
  Result<std::string> answer(const std::string& path, const std::string& object);
  Error ended();

  std::string ref_;     // as people call it
  std::string commit_;  // its id
  std::filesystem::path top_;
  std::unique_ptr<ChildProcess> reader_;  // git cat-file --batch, once it is needed
  std::optional<Error> failure_;
};

}  // namespace policysim::cli
