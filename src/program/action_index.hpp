// From an action to the statements whose Action element matches it, touching nothing else.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/string_map.hpp"

namespace policysim::program {

// All action patterns of a program, each once. A request's action finds its patterns by hashing:
// exact names, the prefix lengths that occur in its service, and a list of the patterns with a
// wildcard before the last character. Immutable after compile; share freely.
class ActionIndex {
 public:
  // Interns a pattern (as written, any case). Inert patterns (language.md 2) have an id too, and
  // never match.
  std::uint32_t add(std::string_view pattern);
  // Appends the ids of all matching patterns. `action` is lower case.
  void find(std::string_view action, std::vector<std::uint32_t>& out) const;
  std::size_t size() const noexcept { return names_.size(); }
  const std::string& name(std::uint32_t pattern) const { return names_[pattern]; }

 private:
  struct Service {
    std::vector<std::uint32_t> prefix_lengths;  // of the whole "svc:Get" text, ascending
    std::vector<std::uint32_t> globs;
  };

  std::vector<std::string> names_;  // lower case
  base::StringMap<std::uint32_t> ids_;
  base::StringMap<std::uint32_t> exact_;
  base::StringMap<std::uint32_t> prefixes_;  // "s3:get" for "s3:Get*"
  base::StringMap<Service> services_;
  std::vector<std::uint32_t> all_;
};

// (group, action pattern) -> statements, as positions in the group's order. Open addressing.
class GroupIndex {
 public:
  struct Range {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
  };
  // Positions of one group and pattern must be added one after the other.
  void add(std::uint32_t group, std::uint32_t pattern, std::uint32_t position);
  void seal();  // after the last add
  Range find(std::uint32_t group, std::uint32_t pattern) const noexcept;
  std::uint32_t position(std::uint32_t index) const noexcept { return positions_[index]; }
  std::size_t memory_bytes() const noexcept;

 private:
  struct Slot {
    std::uint64_t key = 0;  // (group + 1) << 32 | pattern; 0 is free
    Range range;
  };
  struct Entry {
    std::uint64_t key = 0;
    std::uint32_t position = 0;
  };
  std::vector<Entry> pending_;
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> positions_;
};

}  // namespace policysim::program
