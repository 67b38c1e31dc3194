// Workflow commands of GitHub Actions, which become annotations.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace policysim::report {

// What a step shows of each kind; it drops what is printed after them.
inline constexpr std::size_t kMostAnnotations = 10;

struct Annotation {
  std::string_view command = "error";  // or "warning", "notice"
  std::string file;                    // empty: none
  // From one; `line` 0: the file as a whole; `end_line` 0: the end is not known.
  std::uint32_t line = 0, column = 0, end_line = 0, end_column = 0;
  std::string title, message;
};

// One line.
std::string render_annotation(const Annotation& annotation);

}  // namespace policysim::report
