#include <gtest/gtest.h>
#include <libdeflate.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <thread>

#include "text/reader.hpp"

namespace policysim::text {
namespace {

namespace fs = std::filesystem;

std::string gzip(const std::string& text) {
  const std::unique_ptr<libdeflate_compressor, decltype(&libdeflate_free_compressor)> packer(
      libdeflate_alloc_compressor(6), &libdeflate_free_compressor);
  std::string out(libdeflate_gzip_compress_bound(packer.get(), text.size()), '\0');
  out.resize(
      libdeflate_gzip_compress(packer.get(), text.data(), text.size(), out.data(), out.size()));
  return out;
}

class ReadFile : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "psim-read-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    directory_ = pattern;
  }
  void TearDown() override { fs::remove_all(directory_); }

  std::string path(const std::string& name) const { return (directory_ / name).string(); }
  std::string write(const std::string& name, const std::string& bytes) const {
    std::ofstream(path(name), std::ios::binary) << bytes;
    return path(name);
  }

  // "PS0001 message" with the directory taken out, or "read".
  std::string error(const std::string& file, const ReadLimits& limits = {}) const {
    const Result<std::string> result = read_file(file, limits);
    if (result) return "read";
    std::string message = result.error().message;
    const std::string prefix = directory_.string() + "/";
    const std::size_t at = message.find(prefix);
    if (at != std::string::npos) message.erase(at, prefix.size());
    return result.error().code + " " + message;
  }

  fs::path directory_;
};

TEST_F(ReadFile, GivesTheBytes) {
  const std::string bytes("a\0\r\n\xFF", 5);
  EXPECT_EQ(read_file(write("f", bytes)).value(), bytes);
  EXPECT_EQ(read_file(write("empty", "")).value(), "");
  fs::create_symlink("f", path("link"));
  EXPECT_EQ(read_file(path("link")).value(), bytes);
}

TEST_F(ReadFile, SaysWhyAFileCannotBeRead) {
  EXPECT_EQ(error(path("none")), "PS0001 `none` does not exist");
  EXPECT_EQ(error(path("none/below")), "PS0001 `none/below` does not exist");
  EXPECT_EQ(error(std::string("a\0b", 3)).substr(0, 6), "PS0001");
  EXPECT_EQ(error(""), "PS0001 `` does not exist");
  fs::create_directory(path("d"));
  EXPECT_EQ(error(path("d")), "PS0002 `d` is a directory");
  fs::create_symlink("nowhere", path("broken"));
  EXPECT_EQ(error(path("broken")), "PS0003 `broken` is a symbolic link to nothing");
  fs::create_symlink("loop", path("loop"));
  EXPECT_EQ(error(path("loop")), "PS0003 `loop` is a symbolic link that leads to itself");
  write("f", "x");
  EXPECT_EQ(error(path("f/below")), "PS0004 `f/below` cannot be read: not a directory");
}

TEST_F(ReadFile, SaysThatPermissionIsMissing) {
  const std::string file = write("secret", "x");
  fs::permissions(file, fs::perms::none);
  const bool reads_everything = ::access(file.c_str(), R_OK) == 0;  // root
  EXPECT_EQ(error(file),
            reads_everything ? "read" : "PS0004 `secret` cannot be read: permission denied");
}

TEST_F(ReadFile, LimitOfBytes) {
  ReadLimits limits;
  limits.bytes = 10;
  EXPECT_EQ(error(write("ten", std::string(10, 'x')), limits), "read");
  EXPECT_EQ(error(write("eleven", std::string(11, 'x')), limits),
            "PS0005 `eleven` is larger than 10 bytes");
  EXPECT_EQ(error("/dev/zero", limits), "PS0005 `/dev/zero` is larger than 10 bytes");
}

TEST_F(ReadFile, ReadsPipes) {
  ASSERT_EQ(::mkfifo(path("pipe").c_str(), 0600), 0);
  const std::string text(200'000, 'y');
  std::thread writer([&] { write("pipe", text); });
  const Result<std::string> result = read_file(path("pipe"));
  writer.join();
  EXPECT_EQ(result.value(), text);
}

TEST_F(ReadFile, UnpacksGzip) {
  const std::string text = "{\"a\": 1}";
  EXPECT_EQ(read_file(write("one", gzip(text))).value(), text);
  EXPECT_EQ(read_file(write("two", gzip(text) + gzip("") + gzip("x"))).value(), text + "x");
  EXPECT_EQ(read_file(write("nothing", gzip(""))).value(), "");
  const std::string large(3'000'000, 'z');
  EXPECT_EQ(read_file(write("large", gzip(large))).value(), large);
}

TEST_F(ReadFile, RefusesDamagedGzip) {
  const std::string packed = gzip("some text that is long enough to be cut");
  std::string flipped = packed;
  flipped[packed.size() / 2] = static_cast<char>(~flipped[packed.size() / 2]);
  const std::string magic = "\x1F\x8B";
  for (const std::string& bytes :
       {packed.substr(0, packed.size() - 1), flipped, packed + "tail", magic}) {
    EXPECT_EQ(error(write("f", bytes)), "PS0008 `f` is a damaged gzip file");
  }
}

TEST_F(ReadFile, GzipBombsStopAtTheLimit) {
  ReadLimits limits;
  limits.bytes = 100'000;
  EXPECT_EQ(error(write("fits", gzip(std::string(100'000, '\0'))), limits), "read");
  EXPECT_EQ(error(write("bomb", gzip(std::string(100'001, '\0'))), limits),
            "PS0005 `bomb` is larger than 100000 bytes");
}

}  // namespace
}  // namespace policysim::text
