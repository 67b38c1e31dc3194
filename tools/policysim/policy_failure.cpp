#include "policy_failure.hpp"

#include "compile/sources.hpp"
#include "decider.hpp"
#include "policy/parse.hpp"
#include "program/program.hpp"
#include "world/data.hpp"

namespace policysim::cli {
namespace {

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

report::DecisionRecord policy_failure_record(std::string id, const PolicySet& policies,
                                             std::uint32_t failure, bool lenient) {
  const compile::Sources& sources = *policies.sources();
  const compile::Attached* attached = attachment_of(sources, failure);
  if (attached == nullptr) {
    const program::Failure& what = policies.program().failures[failure];
    return report::make_error(std::move(id), {what.code, what.message, {}});
  }
  const world::Data* data = sources.world == nullptr ? nullptr : &sources.world->data();
  const world::Policy* policy = data == nullptr ? nullptr : data->policy(attached->where.name);
  if (policy == nullptr) {
    return report::make_error(std::move(id),
                              {attached->failure_code, attached->failure_message, {}});
  }
  return failure_record(std::move(id), errors_of(*policy, *attached, lenient), data->sources.get());
}

}  // namespace policysim::cli
