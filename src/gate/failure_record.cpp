#include "gate/failure_record.hpp"

#include <optional>
#include <utility>
#include <vector>

#include "compile/sources.hpp"
#include "policy/parse.hpp"
#include "program/program.hpp"
#include "world/data.hpp"

namespace policysim::gate {
namespace {

std::optional<Location> first_location(const std::vector<Diagnostic>& findings,
                                       const text::SourceMap* sources) {
  if (sources == nullptr) return std::nullopt;
  for (const Diagnostic& finding : findings) {
    if (finding.severity == Severity::kError && finding.span.source < sources->size()) {
      return sources->locate(finding.span);
    }
  }
  return std::nullopt;
}

// Failures are numbered in the order of the attachments that have no document.
const compile::Attached* attachment_of(const compile::Sources& sources, std::uint32_t failure) {
  for (const compile::Attached& attached : sources.attached) {
    if (attached.document) continue;
    if (failure == 0) return &attached;
    --failure;
  }
  return nullptr;
}

// The errors that make the policy unusable as the type that it is attached as.
Error errors_of(const world::Policy& policy, const compile::Attached& attached, bool lenient) {
  if (policy.failure) return *policy.failure;
  Error error{attached.failure_code, attached.failure_message, {}};
  if (policy.document == nullptr) return error;
  ParseOptions options;
  options.lenient = lenient;
  options.name = policy.name;
  for (Diagnostic& finding : policy::parse(*policy.document, attached.where.as, options).findings) {
    if (finding.severity == Severity::kError) error.diagnostics.push_back(std::move(finding));
  }
  return error;
}

}  // namespace

explain::DecisionRecord failure_record(std::string id, const Error& error,
                                       const text::SourceMap* sources) {
  explain::DecisionRecord record =
      explain::make_error(std::move(id), error, first_location(error.diagnostics, sources));
  if (sources != nullptr) {
    for (const Diagnostic& finding : error.diagnostics) {
      record.error->findings += render_finding(finding, *sources);
    }
  }
  return record;
}

std::string render_finding(const Diagnostic& finding, const text::SourceMap& sources) {
  std::string out = text::render(finding, sources);
  const bool empty =
      finding.span.source < sources.size() && sources[finding.span.source].text().empty();
  return empty ? out.substr(0, out.find('\n') + 1) : out;
}

explain::DecisionRecord policy_failure_record(std::string id, const PolicySet& policies,
                                              std::uint32_t failure, bool lenient) {
  const compile::Sources& sources = *policies.sources();
  const compile::Attached* attached = attachment_of(sources, failure);
  if (attached == nullptr) {
    const program::Failure& what = policies.program().failures[failure];
    return explain::make_error(std::move(id), {what.code, what.message, {}});
  }
  const world::Data* data = sources.world == nullptr ? nullptr : &sources.world->data();
  const world::Policy* policy = data == nullptr ? nullptr : data->policy(attached->where.name);
  if (policy == nullptr) {
    return explain::make_error(std::move(id),
                               {attached->failure_code, attached->failure_message, {}});
  }
  return failure_record(std::move(id), errors_of(*policy, *attached, lenient), data->sources.get());
}

}  // namespace policysim::gate
