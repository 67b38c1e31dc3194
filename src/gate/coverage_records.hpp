// What one thread, or all of them, saw of the policies: counts by place in the files, so that a
// document in many patched worlds, or attached to many targets, is one set of items.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "gate/coverage_report.hpp"
#include "gate/statement_parts.hpp"
#include "policysim/policy.hpp"
#include "text/source.hpp"

namespace policysim::gate {

struct ItemRecord {
  ItemKind kind = ItemKind::kAction;
  std::string what;
  SourceSpan span;
  Outcomes possible{};
  std::array<std::uint64_t, kOutcomes> counts{};
};

struct StatementRecord {
  std::uint32_t index = 0;
  std::optional<std::string> sid;
  bool deny = false;
  SourceSpan span;
  std::uint64_t evaluated = 0, matched = 0, decisive = 0;
  std::vector<ItemRecord> items;

  // The item of this part, new where there is none; references hold until the next.
  std::size_t item(const StatementPart& part);
};

// `names`: what the worlds of the fixture with these sources call it.
struct DocumentRecord {
  std::set<std::pair<const text::SourceMap*, std::string>> names;
  PolicyType type = PolicyType::kIdentity;  // of several the first in the order of the enumeration
  // One of the loads of its file; a source has another number in another load, so that of spans
  // only the bytes count.
  std::shared_ptr<const text::SourceMap> sources;
  std::uint32_t source = 0;
  std::map<std::pair<std::uint32_t, std::uint32_t>, StatementRecord> statements;  // by span
};

// By file and begin of the document. Addresses are stable.
using CoverageRecords = std::map<std::pair<std::string, std::uint32_t>, DocumentRecord>;

void merge(CoverageRecords& into, const CoverageRecords& from);

// A statement that does not count.
struct Exclusion {
  const text::SourceMap* sources = nullptr;  // of its fixture
  std::string policy, sid;                   // sid "#2": the statement's index
  std::string because;
  SourceSpan span;
  bool met = false;  // set by make_report: it named a statement
};

CoverageReport make_report(const CoverageRecords& records, std::vector<Exclusion>& exclusions);

}  // namespace policysim::gate
