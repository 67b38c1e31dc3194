// SARIF 2.1.0 as code scanning services take it.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "policysim/diagnostic.hpp"

namespace policysim::report {

// Lines and columns from one, columns in code points; the end is exclusive. `line` 0: the file as a
// whole; `end_line` 0: the end is not known.
struct SarifPlace {
  std::string file;
  std::uint32_t line = 0, column = 0, end_line = 0, end_column = 0;
};

struct SarifResult {
  std::string rule;  // of catalog/rules
  Severity severity = Severity::kError;
  std::string message;
  SarifPlace place;
  std::vector<SarifPlace> related;
  std::string fingerprint;
};

// Sixteen digits that are the same in every version.
std::string fingerprint(std::initializer_list<std::string_view> parts);

// One run. `category` tells the runs of one job apart. Of more results than are accepted the
// gravest are kept.
std::string render_sarif(const std::vector<SarifResult>& results, std::string_view category);

}  // namespace policysim::report
