// Files as users name them: unpacked, recognised, read, searched for duplicate keys and drawn.
#include <sys/mman.h>
#include <unistd.h>

#include "check.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace policysim;
  const int file = ::memfd_create("input", MFD_CLOEXEC);
  PSIM_FUZZ_CHECK(file >= 0);
  PSIM_FUZZ_CHECK(::write(file, data, size) == static_cast<ssize_t>(size));
  text::ReadLimits limits;
  limits.bytes = std::size_t{1} << 20U;
  limits.nodes = 1000;
  limits.alias_nodes = 500;
  const Result<std::string> bytes =
      text::read_file("/proc/self/fd/" + std::to_string(file), limits);
  ::close(file);
  if (!bytes) {
    PSIM_FUZZ_CHECK(bytes.error().code == "PS0005" || bytes.error().code == "PS0008");
    return 0;
  }
  PSIM_FUZZ_CHECK(bytes->size() <= limits.bytes);
  text::SourceMap sources;
  const std::uint32_t source = sources.add("input", *bytes);
  const Result<text::Node> tree = text::read(sources, source, text::Syntax::kAuto, limits);
  if (!tree) {
    fuzz::check_refusal(tree.error(), sources);
    return 0;
  }
  fuzz::check_duplicates(*tree, sources);
  return 0;
}
