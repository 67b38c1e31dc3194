#include "gate/request_hash.hpp"

#include <algorithm>
#include <vector>

#include "gate/fingerprint.hpp"

namespace policysim::gate {
namespace {

using request::ContextEntry;

void add(const ContextEntry& entry, Fingerprint& out) {
  out.add(entry.key);
  out.add(std::to_string(static_cast<int>(entry.state)));
  for (const std::string& value : entry.values) out.add(value);
}

// The order of keys is none of the request's matters, but for two tags that differ in case.
void add(const request::Data& request, Fingerprint& out) {
  out.add(to_string(request.caller.kind));
  out.add(request.caller.arn);
  out.add(request.caller.principal_arn);
  out.add(request.action);
  out.add(request.resource);
  out.add(request.endpoint);
  out.add(request.missing_unknown ? "unknown" : "absent");
  out.add(request.certain ? "certain" : "");
  std::vector<const ContextEntry*> entries;
  entries.reserve(request.context.size());
  for (const ContextEntry& entry : request.context) entries.push_back(&entry);
  std::stable_sort(entries.begin(), entries.end(),
                   [](const auto* a, const auto* b) { return a->key < b->key; });
  for (const ContextEntry* entry : entries) add(*entry, out);
}

}  // namespace

std::uint64_t request_hash(const Plan& plan) {
  Fingerprint out;
  for (const std::vector<PlannedCall>& step : plan.steps) {
    out.add("step");
    for (const PlannedCall& call : step) {
      for (const request::Data& request : call.built.requests) {
        out.add("request");
        add(request, out);
      }
    }
  }
  return std::max<std::uint64_t>(out.value(), 1);
}

}  // namespace policysim::gate
