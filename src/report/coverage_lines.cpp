#include "report/coverage_lines.hpp"

#include <algorithm>

namespace policysim::report {
namespace {

CoverageLine& add_line(CoverageLines& lines, std::uint32_t number, std::uint64_t hits) {
  const auto [line, fresh] = lines.try_emplace(number, CoverageLine{hits, {}});
  if (!fresh) line->second.hits = std::min(line->second.hits, hits);
  return line->second;
}

}  // namespace

std::map<std::string, CoverageLines> coverage_lines(const gate::CoverageReport& coverage) {
  std::map<std::string, CoverageLines> out;
  for (const gate::PolicyCoverage& policy : coverage.policies) {
    CoverageLines& lines = out[policy.file];
    for (const gate::StatementCoverage& statement : policy.statements) {
      if (!statement.excluded.empty()) continue;
      add_line(lines, statement.range.line, statement.decisive);
      for (const gate::CoverageItem& item : statement.items) {
        CoverageLine& line = add_line(lines, item.range.line, times_asked(item));
        if (item.kind == gate::ItemKind::kCondition) line.conditions.push_back(&item);
      }
    }
  }
  return out;
}

std::uint64_t times_asked(const gate::CoverageItem& item) noexcept {
  std::uint64_t sum = 0;
  for (const gate::ItemOutcome& outcome : item.outcomes) sum += outcome.count;
  return sum;
}

gate::Ratio line_ratio(const CoverageLines& lines) {
  gate::Ratio out;
  for (const auto& [number, line] : lines) out.count(line.hits > 0);
  return out;
}

gate::Ratio branch_ratio(const CoverageLine& line) {
  gate::Ratio out;
  for (const gate::CoverageItem* item : line.conditions) {
    for (const gate::ItemOutcome& outcome : item->outcomes) out.count(outcome.count > 0);
  }
  return out;
}

gate::Ratio branch_ratio(const CoverageLines& lines) {
  gate::Ratio out;
  for (const auto& [number, line] : lines) {
    const gate::Ratio ratio = branch_ratio(line);
    out.hit += ratio.hit;
    out.total += ratio.total;
  }
  return out;
}

}  // namespace policysim::report
