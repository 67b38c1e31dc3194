// Findings of documents, ready for output: what `policysim validate` prints.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "policy/ast.hpp"
#include "policysim/diagnostic.hpp"
#include "policysim/policy.hpp"
#include "text/source.hpp"

namespace policysim::report {

// One finding with its place resolved. `line` 0: the file as a whole (it could not be read).
// Lines and columns count from one, columns in code points; the end is exclusive.
struct FindingRecord {
  std::string rule;
  std::string name;
  Severity severity = Severity::kError;
  std::string message;
  std::string help;
  std::string file;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::uint32_t end_line = 0;
  std::uint32_t end_column = 0;
  std::optional<std::string> policy;
  std::optional<std::string> sid;
  std::string text;  // as people read it: with excerpt, caret and help
};

// "error", "security_warning", "warning", "suggestion".
std::string_view severity_name(Severity severity) noexcept;

FindingRecord make_finding(const Diagnostic& diagnostic, const text::SourceMap& sources,
                           std::optional<std::string> policy = {},
                           std::optional<std::string> sid = {}, bool color = false);
// Findings of one policy, each with the Sid of the statement that it stands in.
std::vector<FindingRecord> make_findings(const std::vector<Diagnostic>& diagnostics,
                                         const policy::Document& document,
                                         const text::SourceMap& sources, const std::string& policy,
                                         bool color = false);

struct CheckOptions {
  std::optional<PolicyType> type;  // none: resource if a statement has a Principal, else identity
  bool lenient = false;
  bool color = false;  // of FindingRecord::text
};

// `readable` is false for what cannot be read as JSON or YAML: one finding then says why.
struct CheckedPolicy {
  std::vector<FindingRecord> findings;  // in source order
  bool readable = true;
};

// Policies as AWS prints them are unwrapped. The policy is called by its path as given; its
// findings stand in the path relative to the working directory.
CheckedPolicy check_policy_file(const std::string& path, const CheckOptions& options = {});
CheckedPolicy check_policy_text(const std::string& name, std::string text,
                                const CheckOptions& options = {});

// The formats: one row each, from which --format, --report and help derive.
struct FindingFormat {
  std::string_view name;
  std::string_view summary;
  bool machine;  // nothing but the document may stand in the sink
  std::string (*render)(const std::vector<FindingRecord>& findings);
};

std::span<const FindingFormat> finding_formats() noexcept;
const FindingFormat* find_finding_format(std::string_view name) noexcept;

std::string render_findings_text(const std::vector<FindingRecord>& findings);
std::string render_findings_json(const std::vector<FindingRecord>& findings);
std::string render_findings_ndjson(const std::vector<FindingRecord>& findings);
std::string render_findings_sarif(const std::vector<FindingRecord>& findings);
std::string render_findings_github(const std::vector<FindingRecord>& findings);

}  // namespace policysim::report
