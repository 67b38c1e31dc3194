// Coverage as a part of the HTML report: the source of the policies, painted.
#pragma once

#include <string>

#include "gate/coverage_report.hpp"

namespace policysim::report {

// One <section id="coverage"> with its own style (classes `cov-…`), complete without JavaScript:
// the ratios, an index of the policies, and for each policy its uncovered list and its lines with
// counts in the gutter. Policies with gaps are unfolded and come first where not all sources fit;
// colours follow prefers-color-scheme and stand beside glyphs. Everything is escaped.
std::string render_coverage_html_section(const gate::CoverageReport& coverage);

}  // namespace policysim::report
