#include "report/findings.hpp"
#include "text/json_writer.hpp"

namespace policysim::report {
namespace {

using text::JsonWriter;

void write_number(JsonWriter& json, std::string_view name, std::uint32_t number, bool known) {
  json.key(name);
  if (known) {
    json.value(number);
  } else {
    json.null();
  }
}

void write_maybe(JsonWriter& json, std::string_view name, const std::optional<std::string>& text) {
  json.key(name);
  if (text) {
    json.value(*text);
  } else {
    json.null();
  }
}

// The members that the command line's contract names, in its order; `null` where there is nothing.
void write_finding(JsonWriter& json, const FindingRecord& finding) {
  const bool placed = finding.line != 0;
  json.begin_object();
  json.key("rule").value(finding.rule);
  json.key("name").value(finding.name);
  json.key("severity").value(severity_name(finding.severity));
  json.key("message").value(finding.message);
  write_maybe(json, "help", finding.help.empty() ? std::nullopt : std::optional(finding.help));
  json.key("file").value(finding.file);
  write_number(json, "line", finding.line, placed);
  write_number(json, "column", finding.column, placed);
  write_number(json, "end_line", finding.end_line, placed);
  write_number(json, "end_column", finding.end_column, placed);
  write_maybe(json, "policy", finding.policy);
  write_maybe(json, "sid", finding.sid);
  json.end_object();
}

}  // namespace

std::string render_findings_json(const std::vector<FindingRecord>& findings) {
  std::string out;
  JsonWriter json(out, text::JsonStyle::kPretty);
  json.begin_array();
  for (const FindingRecord& finding : findings) write_finding(json, finding);
  json.end_array();
  out += '\n';
  return out;
}

std::string render_findings_ndjson(const std::vector<FindingRecord>& findings) {
  std::string out;
  for (const FindingRecord& finding : findings) {
    JsonWriter json(out);
    write_finding(json, finding);
    out += '\n';
  }
  return out;
}

}  // namespace policysim::report
