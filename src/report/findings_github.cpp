// Workflow commands of GitHub Actions, which become annotations.
#include <algorithm>
#include <array>
#include <string>

#include "report/findings.hpp"

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

std::string escape(std::string_view text, bool property) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool special = c == '%' || byte < 0x20 || byte == 0x7F;
    if (!special && !(property && (c == ':' || c == ','))) {
      out += c;
      continue;
    }
    out += '%';
    out += kDigits[byte >> 4U];
    out += kDigits[byte & 15U];
  }
  return out;
}

std::string annotation(const FindingRecord& finding) {
  std::string out = "::" + std::string(command_of(finding.severity));
  out += " file=" + escape(finding.file, true);
  if (finding.line != 0) {
    out += ",line=" + std::to_string(finding.line) + ",endLine=" + std::to_string(finding.end_line);
    out += ",col=" + std::to_string(finding.column);
    out += ",endColumn=" + std::to_string(finding.end_column);
  }
  out += ",title=" + escape(finding.rule + " " + finding.name, true);
  out += "::" + escape(finding.message, false);
  if (!finding.help.empty()) out += "%0A" + escape(finding.help, false);
  return out + "\n";
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
    out += annotation(*finding);
  }
  return out + summary(counts);
}

}  // namespace policysim::report
