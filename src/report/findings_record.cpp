#include <algorithm>
#include <utility>

#include "catalog/rules.hpp"
#include "report/findings.hpp"

namespace policysim::report {
namespace {

// The Sid of the statement around `span`, if it has one. Statements stand in source order.
std::optional<std::string> sid_at(const policy::Document& document, const SourceSpan& span) {
  const auto& statements = document.statements;
  const auto after = std::upper_bound(statements.begin(), statements.end(), span.begin,
                                      [](std::uint32_t at, const policy::Statement& statement) {
                                        return at < statement.span.begin;
                                      });
  if (after == statements.begin()) return std::nullopt;
  const policy::Statement& statement = *(after - 1);
  const bool inside = span.begin < statement.span.end && span.source == statement.span.source;
  if (!inside || !statement.sid || statement.sid->value.empty()) return std::nullopt;
  return statement.sid->value;
}

}  // namespace

std::string_view severity_name(Severity severity) noexcept {
  switch (severity) {
    case Severity::kError:
      return "error";
    case Severity::kSecurityWarning:
      return "security_warning";
    case Severity::kWarning:
      return "warning";
    case Severity::kSuggestion:
      return "suggestion";
  }
  return "error";
}

FindingRecord make_finding(const Diagnostic& diagnostic, const text::SourceMap& sources,
                           std::optional<std::string> policy, std::optional<std::string> sid,
                           bool color) {
  FindingRecord record;
  record.rule = diagnostic.rule;
  if (const catalog::Rule* rule = catalog::find_rule(diagnostic.rule)) record.name = rule->name;
  record.severity = diagnostic.severity;
  record.message = diagnostic.message;
  record.help = diagnostic.help;
  record.policy = std::move(policy);
  record.sid = std::move(sid);
  record.text = text::render(diagnostic, sources, color);
  const SourceSpan& span = diagnostic.span;
  if (span.source >= sources.size()) return record;
  const Location begin = sources.locate(span);
  const Location end = sources.locate({span.source, std::max(span.begin, span.end), span.end});
  record.file = begin.file;
  record.line = begin.line;
  record.column = begin.column;
  record.end_line = end.line;
  record.end_column = end.column;
  return record;
}

std::vector<FindingRecord> make_findings(const std::vector<Diagnostic>& diagnostics,
                                         const policy::Document& document,
                                         const text::SourceMap& sources, const std::string& policy,
                                         bool color) {
  std::vector<FindingRecord> records;
  records.reserve(diagnostics.size());
  for (const Diagnostic& diagnostic : diagnostics) {
    records.push_back(
        make_finding(diagnostic, sources, policy, sid_at(document, diagnostic.span), color));
  }
  return records;
}

}  // namespace policysim::report
