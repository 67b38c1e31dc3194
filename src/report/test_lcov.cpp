// lcov's tracefile (geninfo(1)), which genhtml, editors and coverage services read.
#include <algorithm>

#include "report/coverage_lines.hpp"
#include "text/source.hpp"

namespace policysim::report {
namespace {

// Records end with the line, and the format has no escapes.
std::string file_name(const std::string& file) { return text::escape_terminal(file); }

void add_count(std::string& out, const char* name, std::uint64_t count) {
  out += std::string(name) + ":" + std::to_string(count) + "\n";
}

// A block for each condition, a branch for each outcome; what was never asked has no counts.
void add_branches(std::string& out, const CoverageLines& lines) {
  for (const auto& [number, line] : lines) {
    for (std::size_t block = 0; block < line.conditions.size(); ++block) {
      const gate::CoverageItem& item = *line.conditions[block];
      const bool asked = times_asked(item) > 0;
      for (std::size_t branch = 0; branch < item.outcomes.size(); ++branch) {
        out += "BRDA:" + std::to_string(number) + "," + std::to_string(block) + "," +
               std::to_string(branch) + "," +
               (asked ? std::to_string(item.outcomes[branch].count) : "-") + "\n";
      }
    }
  }
  const gate::Ratio branches = branch_ratio(lines);
  add_count(out, "BRF", branches.total);
  add_count(out, "BRH", branches.hit);
}

}  // namespace

std::string render_test_lcov(const TestReport& report, const TestRenderOptions&) {
  std::string out;
  for (const auto& [file, lines] : coverage_lines(*report.coverage)) {
    out += "TN:\nSF:" + file_name(file) + "\n";
    add_branches(out, lines);
    for (const auto& [number, line] : lines) {
      out += "DA:" + std::to_string(number) + "," + std::to_string(line.hits) + "\n";
    }
    const gate::Ratio ratio = line_ratio(lines);
    add_count(out, "LF", ratio.total);
    add_count(out, "LH", ratio.hit);
    out += "end_of_record\n";
  }
  return out;
}

}  // namespace policysim::report
