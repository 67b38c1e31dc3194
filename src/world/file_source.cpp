#include "world/file_source.hpp"

#include <filesystem>
#include <system_error>

#include "text/reader.hpp"

namespace policysim::world {
namespace {

class FileSystem final : public FileSource {
 public:
  Result<std::string> read(const std::string& path) override { return text::read_file(path); }
  std::string identity(const std::string& path) override {
    std::error_code error;
    const auto resolved = std::filesystem::weakly_canonical(path, error);
    return error ? path : resolved.string();
  }
};

}  // namespace

FileSource& file_system() noexcept {
  static FileSystem files;
  return files;
}

}  // namespace policysim::world
