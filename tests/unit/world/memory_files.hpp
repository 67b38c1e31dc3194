// Files in memory, for tests.
#pragma once

#include <map>
#include <string>

#include "world/file_source.hpp"

namespace policysim::world {

class MemoryFiles final : public world::FileSource {
 public:
  explicit MemoryFiles(std::map<std::string, std::string> files) : files_(std::move(files)) {}

  Result<std::string> read(const std::string& path) override {
    const auto found = files_.find(path);
    if (found == files_.end()) return Error{"PS0001", "`" + path + "` does not exist", {}};
    return found->second;
  }
  std::string identity(const std::string& path) override { return path; }

  std::string& operator[](const std::string& path) { return files_[path]; }
  void erase(const std::string& path) { files_.erase(path); }

 private:
  std::map<std::string, std::string> files_;
};

}  // namespace policysim::world
