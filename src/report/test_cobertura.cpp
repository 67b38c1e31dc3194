// Cobertura's coverage-04.dtd: a package for each folder, a class for each file, the outcomes of
// conditions as branches. There is no clock here, so the time stamp is zero.
#include <algorithm>
#include <cstdio>

#include "policysim/version.hpp"
#include "report/coverage_lines.hpp"
#include "report/xml_writer.hpp"

namespace policysim::report {
namespace {

using gate::Ratio;
using Files = std::vector<std::pair<std::string, const CoverageLines*>>;

// "0.8571", cut off; nothing to cover is covered.
std::string rate(const Ratio& ratio) {
  if (ratio.complete()) return "1";
  const std::string digits = std::to_string(ratio.hit * 10'000 / ratio.total);
  return "0." + std::string(4 - digits.size(), '0') + digits;
}

std::string percent(const Ratio& ratio) {
  return std::to_string(ratio.total == 0 ? 100 : ratio.hit * 100 / ratio.total) + "%";
}

Ratio sum(const Files& files, Ratio (*of)(const CoverageLines&)) {
  Ratio out;
  for (const auto& file : files) {
    const Ratio ratio = of(*file.second);
    out.hit += ratio.hit;
    out.total += ratio.total;
  }
  return out;
}

void write_rates(XmlWriter& xml, const Files& files) {
  xml.attribute("line-rate", rate(sum(files, line_ratio)));
  xml.attribute("branch-rate", rate(sum(files, branch_ratio)));
  xml.attribute("complexity", "0");
}

void write_line(XmlWriter& xml, std::uint32_t number, const CoverageLine& line) {
  const Ratio branches = branch_ratio(line);
  xml.open("line")
      .attribute("number", std::size_t{number})
      .attribute("hits", std::size_t{line.hits});
  xml.attribute("branch", branches.total > 0 ? "true" : "false");
  if (branches.total > 0) {
    xml.attribute("condition-coverage", percent(branches) + " (" + std::to_string(branches.hit) +
                                            "/" + std::to_string(branches.total) + ")");
    xml.open("conditions");
    for (std::size_t i = 0; i < line.conditions.size(); ++i) {
      CoverageLine one;
      one.conditions = {line.conditions[i]};
      xml.open("condition").attribute("number", i).attribute("type", "jump");
      xml.attribute("coverage", percent(branch_ratio(one))).close();
    }
    xml.close();
  }
  xml.close();
}

void write_file(XmlWriter& xml, const std::string& file, const CoverageLines& lines) {
  xml.open("class").attribute("name", file.substr(file.rfind('/') + 1));
  xml.attribute("filename", file);
  write_rates(xml, {{file, &lines}});
  xml.open("methods").close();
  xml.open("lines");
  for (const auto& [number, line] : lines) write_line(xml, number, line);
  xml.close().close();
}

}  // namespace

std::string render_test_cobertura(const TestReport& report, const TestRenderOptions&) {
  const std::map<std::string, CoverageLines> by_file = coverage_lines(*report.coverage);
  std::map<std::string, Files> folders;
  Files all;
  for (const auto& [file, lines] : by_file) {
    const std::size_t slash = file.rfind('/');
    folders[slash == std::string::npos ? "." : file.substr(0, slash)].emplace_back(file, &lines);
    all.emplace_back(file, &lines);
  }
  const Ratio lines = sum(all, line_ratio), branches = sum(all, branch_ratio);
  std::string out;
  XmlWriter xml(out);
  xml.open("coverage");
  write_rates(xml, all);
  xml.attribute("lines-covered", std::size_t{lines.hit});
  xml.attribute("lines-valid", std::size_t{lines.total});
  xml.attribute("branches-covered", std::size_t{branches.hit});
  xml.attribute("branches-valid", std::size_t{branches.total});
  xml.attribute("version", std::string("policysim ") + std::string(policysim::version()));
  xml.attribute("timestamp", "0");
  xml.open("sources").open("source").text(".").close().close();
  xml.open("packages");
  for (const auto& [folder, files] : folders) {
    xml.open("package").attribute("name", folder);
    write_rates(xml, files);
    xml.open("classes");
    for (const auto& [file, of_file] : files) write_file(xml, file, *of_file);
    xml.close().close();
  }
  xml.close().close();
  return out;
}

}  // namespace policysim::report
