#include <utility>

#include "policy/parse.hpp"
#include "report/findings.hpp"
#include "text/reader.hpp"
#include "world/unwrap.hpp"

namespace policysim::report {
namespace {

// `policy` is what the findings call it, `file` where they stand.
struct Names {
  std::string file;
  std::string policy;
};

CheckedPolicy unreadable(const Error& error, const text::SourceMap& sources, const Names& names,
                         bool color) {
  CheckedPolicy checked;
  checked.readable = false;
  for (const Diagnostic& diagnostic : error.diagnostics) {
    checked.findings.push_back(make_finding(diagnostic, sources, names.policy, {}, color));
  }
  if (checked.findings.empty()) {  // the file itself is at fault
    const Diagnostic whole{error.code, error.message, {}, Severity::kError, {}, {}};
    checked.findings.push_back(make_finding(whole, {}, names.policy, {}, color));
    checked.findings.back().file = names.file;
  }
  return checked;
}

CheckedPolicy check(const Names& names, std::string text, text::Syntax syntax,
                    const CheckOptions& options) {
  text::SourceMap sources;
  const std::uint32_t source = sources.add(names.file, std::move(text));
  auto outer = text::read(sources, source, syntax);
  if (!outer) return unreadable(outer.error(), sources, names, options.color);
  const auto root = world::unwrap(*std::move(outer), sources);
  if (!root) return unreadable(root.error(), sources, names, options.color);
  ParseOptions parse_options;
  parse_options.lenient = options.lenient;
  parse_options.name = names.file;
  const policy::Parsed parsed =
      policy::parse(*root, options.type.value_or(policy::guess_type(*root)), parse_options);
  CheckedPolicy checked;
  checked.findings =
      make_findings(parsed.findings, parsed.document, sources, names.policy, options.color);
  return checked;
}

}  // namespace

CheckedPolicy check_policy_file(const std::string& path, const CheckOptions& options) {
  const Names names{text::relative_path(path), path};
  auto text = text::read_file(path);
  if (!text) return unreadable(text.error(), {}, names, options.color);
  const bool json = std::string_view(path).ends_with(".json");
  return check(names, *std::move(text), json ? text::Syntax::kJson : text::Syntax::kAuto, options);
}

CheckedPolicy check_policy_text(const std::string& name, std::string text,
                                const CheckOptions& options) {
  return check({name, name}, std::move(text), text::Syntax::kAuto, options);
}

}  // namespace policysim::report
