#include <algorithm>
#include <array>
#include <string>

#include "report/findings.hpp"
#include "report/github_command.hpp"

namespace policysim::report {
namespace {

// A step shows ten annotations a kind and drops what is printed after them; the last notice is the
// summary.
constexpr std::size_t kMostNotices = 9;

std::string_view command_of(Severity severity) noexcept {
  switch (severity) {
    case Severity::kError:
      return "error";
    case Severity::kSecurityWarning:
    case Severity::kWarning:
      return "warning";
    case Severity::kSuggestion:
      return "notice";
  }
  return "error";
}

Annotation annotation(const FindingRecord& finding) {
  Annotation out;
  out.command = command_of(finding.severity);
  out.file = finding.file;
  out.line = finding.line;
  out.column = finding.column;
  out.end_line = finding.end_line;
  out.end_column = finding.end_column;
  out.title = finding.rule + " " + finding.name;
  out.message = finding.message;
  if (!finding.help.empty()) out.message += "\n" + finding.help;
  return out;
}

std::string counted(std::size_t count, const std::string& word) {
  return std::to_string(count) + " " + word + (count == 1 ? "" : "s");
}

std::string summary(const std::array<std::size_t, 4>& counts) {
  const std::size_t warnings = counts[1] + counts[2];
  std::string out = "::notice title=policysim::" + counted(counts[0], "error") + ", " +
                    counted(warnings, "warning") + ", " + counted(counts[3], "suggestion");
  if (counts[3] > kMostNotices) {
    out += " (" + std::to_string(counts[3] - kMostNotices) + " not shown)";
  }
  return out + "\n";
}

}  // namespace

std::string render_findings_github(const std::vector<FindingRecord>& findings) {
  std::vector<const FindingRecord*> gravest_first;
  for (const FindingRecord& finding : findings) gravest_first.push_back(&finding);
  std::stable_sort(gravest_first.begin(), gravest_first.end(),
                   [](const auto* a, const auto* b) { return a->severity < b->severity; });
  std::string out;
  std::array<std::size_t, 4> counts{};
  for (const FindingRecord* finding : gravest_first) {
    std::size_t& count = counts[static_cast<std::size_t>(finding->severity)];
    ++count;
    if (finding->severity == Severity::kSuggestion && count > kMostNotices) continue;
    out += render_annotation(annotation(*finding));
  }
  return out + summary(counts);
}

}  // namespace policysim::report
