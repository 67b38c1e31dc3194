#include <array>

#include "report/findings.hpp"

namespace policysim::report {
namespace {

constexpr std::array kFormats = {
    FindingFormat{"text", "for people", false, render_findings_text},
    FindingFormat{"json", "one array of findings", true, render_findings_json},
    FindingFormat{"ndjson", "one finding a line", true, render_findings_ndjson},
    FindingFormat{"sarif", "SARIF 2.1.0, for code scanning", true, render_findings_sarif},
    FindingFormat{"github", "annotations of GitHub Actions", true, render_findings_github},
};

}  // namespace

std::span<const FindingFormat> finding_formats() noexcept { return kFormats; }

const FindingFormat* find_finding_format(std::string_view name) noexcept {
  for (const FindingFormat& format : kFormats) {
    if (format.name == name) return &format;
  }
  return nullptr;
}

}  // namespace policysim::report
