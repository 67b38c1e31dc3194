#include "report/github_command.hpp"

#include "report/escape.hpp"

namespace policysim::report {

std::string render_annotation(const Annotation& annotation) {
  std::string out = "::" + std::string(annotation.command) + " ";
  if (!annotation.file.empty()) out += "file=" + escape_command(annotation.file, true) + ",";
  if (annotation.line != 0) {
    const bool ends = annotation.end_line != 0;
    out += "line=" + std::to_string(annotation.line);
    if (ends) out += ",endLine=" + std::to_string(annotation.end_line);
    out += ",col=" + std::to_string(annotation.column);
    if (ends) out += ",endColumn=" + std::to_string(annotation.end_column);
    out += ",";
  }
  out += "title=" + escape_command(annotation.title, true);
  return out + "::" + escape_command(annotation.message, false) + "\n";
}

}  // namespace policysim::report
