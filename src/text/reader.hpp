// Text -> Node tree. JSON through nlohmann's SAX interface, YAML through yaml-cpp's events.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "policysim/result.hpp"
#include "text/node.hpp"
#include "text/source.hpp"

namespace policysim::text {

struct ReadLimits {
  std::size_t bytes = std::size_t{64} << 20U;
  std::size_t depth = 100;
  std::size_t nodes = 5'000'000;
  std::size_t alias_nodes = 100'000;  // nodes that YAML aliases may copy in all
};

// kAuto: first non-blank byte `{` or `[` means JSON, else YAML.
enum class Syntax : std::uint8_t { kAuto, kJson, kYaml };

// Reads one source. On failure the Error holds one diagnostic (one syntax error a file) with rule
// PS0xxx; see catalog/rules.cpp. Duplicate keys are no error here: they are kept in the tree.
// Never throws, never recurses deeper than limits.depth.
Result<Node> read(const SourceMap& sources, std::uint32_t source, Syntax syntax = Syntax::kAuto,
                  const ReadLimits& limits = {});

// Reads a file into a string: PS0001… on missing file, directory, unreadable path, over-size.
// gzip is recognised by its magic bytes and unpacked (within limits.bytes).
Result<std::string> read_file(const std::string& path, const ReadLimits& limits = {});
// Bytes of the file `path` as they were read: unpacked in the same way.
Result<std::string> unpack_file(const std::string& path, std::string bytes,
                                const ReadLimits& limits = {});

// `path` relative to the working directory, with `/`; as it is where there is none.
std::string relative_path(const std::string& path);

// Each duplicate member of every map below `node`: PS1002 (exact duplicates).
void find_duplicate_keys(const Node& node, std::vector<Diagnostic>& out);

}  // namespace policysim::text
