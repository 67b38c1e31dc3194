#include "operations/request_builder.hpp"

#include <algorithm>
#include <utility>

#include "operations/assembly.hpp"
#include "operations/check_names.hpp"
#include "operations/fields.hpp"
#include "operations/operation.hpp"
#include "operations/parties.hpp"
#include "text/reader.hpp"

namespace policysim::operations {
namespace {

using text::Node;
using world::Findings;

// What reading a fixture calls PS20xx is, in a request, PS30xx.
std::vector<Diagnostic> as_request_findings(std::vector<Diagnostic> findings) {
  constexpr std::pair<std::string_view, std::string_view> kRules[] = {{"PS2002", "PS3002"},
                                                                      {"PS2003", "PS3003"},
                                                                      {"PS2004", "PS3003"},
                                                                      {"PS2005", "PS3004"},
                                                                      {"PS2006", "PS3009"}};
  for (Diagnostic& finding : findings) {
    for (const auto& [from, to] : kRules) {
      if (finding.rule == from) {
        finding.rule = std::string(to);
        break;
      }
    }
  }
  return findings;
}

// Several authorizations of a call may notice the same.
std::vector<Diagnostic> without_repeats(std::vector<Diagnostic> findings) {
  std::vector<Diagnostic> out;
  for (Diagnostic& finding : findings) {
    const bool known = std::any_of(out.begin(), out.end(), [&](const Diagnostic& other) {
      return other.rule == finding.rule && other.message == finding.message;
    });
    if (!known) out.push_back(std::move(finding));
  }
  return out;
}

Error to_error(Findings findings) {
  Findings renamed;
  renamed.add(as_request_findings(findings.take()));
  return renamed.to_error();
}

Result<Built> build(const Node& node, const World* world, const BuildOptions& options,
                    world::RequestForm form) {
  Findings findings;
  Built out;
  const Fields fields = read_fields(node, form, options, findings);
  if (findings.failed()) return to_error(std::move(findings));
  check_names(node, findings);
  const world::Data* data = world != nullptr ? &world->data() : nullptr;
  const auto caller = find_caller(fields, data, findings);
  if (!caller) return to_error(std::move(findings));
  Assembly assembly(data, options, findings);
  if (!fields.operation.empty()) {
    add_operation(fields, *caller, data, assembly, findings, out);
    if (findings.failed()) return to_error(std::move(findings));
    out.warnings = without_repeats(as_request_findings(findings.take()));
    return out;
  }
  for (const std::string& action : fields.actions) {
    for (const std::string& text : fields.resources) {
      const auto resource = find_resource(text, action, fields, *caller, data, findings);
      if (!resource) continue;
      assembly.add(fields, *caller, *resource, action, out);
    }
  }
  if (findings.failed()) return to_error(std::move(findings));
  out.warnings = as_request_findings(findings.take());
  return out;
}

}  // namespace

Result<Built> build_requests(const Node& node, const World* world, const BuildOptions& options) {
  return build(node, world, options, world::RequestForm::kFixture);
}

Result<Built> build_requests(std::string_view json, const World* world,
                             const BuildOptions& options) {
  text::SourceMap sources;
  const std::uint32_t source = sources.add("<request>", std::string(json));
  auto node = text::read(sources, source, text::Syntax::kJson);
  if (!node) return std::move(node).error();
  Findings findings;
  std::vector<Diagnostic> duplicates;
  text::find_duplicate_keys(*node, duplicates);
  findings.add(std::move(duplicates));
  if (findings.failed()) return findings.to_error();
  if (!node->is_list() || options.single) {
    const auto form = options.single ? world::RequestForm::kStream : world::RequestForm::kText;
    return build(*node, world, options, form);
  }
  BuildOptions each = options;
  each.single = true;
  Built out;
  for (const Node& item : node->items) {
    auto built = build(item, world, each, world::RequestForm::kFixture);
    if (!built) return built;
    for (request::Data& data : built->requests) out.requests.push_back(std::move(data));
    for (Diagnostic& warning : built->warnings) out.warnings.push_back(std::move(warning));
  }
  return out;
}

}  // namespace policysim::operations
