#include "gate/coverage_records.hpp"

#include <algorithm>

#include "explain/decision_record.hpp"

namespace policysim::gate {
namespace {

std::size_t find_item(const std::vector<ItemRecord>& items, ItemKind kind, const std::string& what,
                      const SourceSpan& span) {
  const auto found = std::find_if(items.begin(), items.end(), [&](const ItemRecord& item) {
    return item.kind == kind && item.span.begin == span.begin && item.what == what;
  });
  return static_cast<std::size_t>(found - items.begin());
}

void merge_statement(StatementRecord& into, const StatementRecord& from) {
  into.evaluated += from.evaluated;
  into.matched += from.matched;
  into.decisive += from.decisive;
  for (const ItemRecord& item : from.items) {
    const std::size_t at = find_item(into.items, item.kind, item.what, item.span);
    if (at == into.items.size()) {
      into.items.push_back(item);
      continue;
    }
    for (std::size_t i = 0; i < kOutcomes; ++i) {
      into.items[at].counts[i] += item.counts[i];
      into.items[at].possible[i] = into.items[at].possible[i] || item.possible[i];
    }
  }
}

const text::Source& source_of(const DocumentRecord& document) {
  return (*document.sources)[document.source];
}

SourceRange range_of(const text::Source& source, const SourceSpan& span) {
  const Location begin = source.locate(span.begin);
  const Location end = source.locate(span.end);
  return {begin.line, begin.column, end.line, end.column};
}

// What was seen can occur, whatever is known of it.
std::vector<ItemOutcome> outcomes_of(const ItemRecord& item) {
  std::vector<ItemOutcome> out;
  for (std::size_t i = 0; i < kOutcomes; ++i) {
    if (item.possible[i] || item.counts[i] > 0) {
      out.push_back({outcome_name(item.kind, i), item.counts[i]});
    }
  }
  return out;
}

class ReportMaker {
 public:
  explicit ReportMaker(std::vector<Exclusion>& exclusions) : exclusions_(exclusions) {}

  void add_document(const std::string& file, const DocumentRecord& record) {
    PolicyCoverage policy;
    policy.type = record.type;
    policy.file = explain::shown_file({file, 0, 0});
    for (const auto& name : record.names) {
      if (policy.name.empty() || name.second < policy.name) policy.name = name.second;
    }
    policy.source = source_of(record).text();
    for (const auto& [span, statement] : record.statements) {
      policy.statements.push_back(statement_of(record, statement));
      bool& decided = statement.deny ? policy.decided_deny : policy.decided_allow;
      decided = decided || statement.decisive > 0;
    }
    report.add(ratios_of(policy));
    report.policies.push_back(std::move(policy));
  }

  CoverageReport report;

 private:
  StatementCoverage statement_of(const DocumentRecord& document, const StatementRecord& record) {
    StatementCoverage out;
    out.index = record.index;
    out.sid = record.sid;
    out.deny = record.deny;
    out.range = range_of(source_of(document), record.span);
    out.evaluated = record.evaluated;
    out.matched = record.matched;
    out.decisive = record.decisive;
    out.excluded = reason(document, record);
    for (const ItemRecord& item : record.items) {
      out.items.push_back(
          {item.kind, item.what, range_of(source_of(document), item.span), outcomes_of(item)});
    }
    return out;
  }

  // Why the statement does not count; the first exclusion that names it speaks.
  std::string reason(const DocumentRecord& document, const StatementRecord& statement) {
    std::string out;
    for (Exclusion& exclusion : exclusions_) {
      const bool named = document.names.count({exclusion.sources, exclusion.policy}) != 0 &&
                         (statement.sid == exclusion.sid ||
                          exclusion.sid == "#" + std::to_string(statement.index));
      if (!named) continue;
      exclusion.met = true;
      if (out.empty()) out = exclusion.because;
    }
    return out;
  }

  std::vector<Exclusion>& exclusions_;
};

}  // namespace

std::size_t StatementRecord::item(const StatementPart& part) {
  const std::size_t at = find_item(items, part.kind, part.what, part.span);
  if (at == items.size()) items.push_back({part.kind, part.what, part.span, {}, {}});
  return at;
}

void merge(CoverageRecords& into, const CoverageRecords& from) {
  for (const auto& [key, document] : from) {
    const auto [entry, fresh] = into.try_emplace(key, document);
    if (fresh) continue;
    DocumentRecord& out = entry->second;
    out.names.insert(document.names.begin(), document.names.end());
    out.type = std::min(out.type, document.type);
    for (const auto& [span, statement] : document.statements) {
      const auto [at, new_statement] = out.statements.try_emplace(span, statement);
      if (!new_statement) merge_statement(at->second, statement);
    }
  }
}

CoverageReport make_report(const CoverageRecords& records, std::vector<Exclusion>& exclusions) {
  ReportMaker maker(exclusions);
  for (const auto& [key, document] : records) maker.add_document(key.first, document);
  return std::move(maker.report);
}

}  // namespace policysim::gate
