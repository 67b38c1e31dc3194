// Where the files of fixtures come from: the file system, or a revision of a repository.
#pragma once

#include <string>

#include "policysim/result.hpp"

namespace policysim::world {

// One thread at a time.
class FileSource {
 public:
  virtual ~FileSource() = default;
  // As text::read_file: unpacked, within the limits, and PS0001… where it cannot be read.
  virtual Result<std::string> read(const std::string& path) = 0;
  // Equal for two paths of one file.
  virtual std::string identity(const std::string& path) = 0;
};

// The files of this machine; any number of threads.
FileSource& file_system() noexcept;

}  // namespace policysim::world
