// How each part of one statement turned out for one request: why it matched, or which part did not.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policysim/diagnostic.hpp"
#include "policysim/policy_set.hpp"
#include "request/request.hpp"
#include "world/expectation.hpp"

namespace policysim::gate {

enum class PartKind : std::uint8_t { kAction, kPrincipal, kResource, kCondition };
// kAbsent: false or true because the key is not in the request; see `holds`.
enum class PartOutcome : std::uint8_t { kFalse, kTrue, kAbsent, kUnknown };

struct PartTrace {
  PartKind kind = PartKind::kAction;
  std::string what;  // as the policy spells it: "NotResource", "StringEquals aws:PrincipalTag/Team"
  PartOutcome outcome = PartOutcome::kFalse;
  bool holds = false;  // what an absent key makes of the condition
  std::string wanted;  // the policy's values as written; with variables also what they come to
  std::string actual;  // the request's value; empty: none
  Location location;
};

struct StatementTrace {
  std::string policy;
  std::optional<std::string> sid;
  std::uint32_t index = 0;
  bool deny = false;
  Location location;
  bool consulted = true;  // the policy is in one of the request's layers
  bool matched = false;
  std::vector<PartTrace> parts;  // action, principal, resource, conditions
};

class Probes;

// Traces the statements that an expectation names, for the authorizations of one test after the
// other: of each statement the authorization counts that came closest to matching it. One per
// thread.
class StatementTracer {
 public:
  StatementTracer();
  ~StatementTracer();

  // A new test. Entries that name neither policy nor sid have no statement of their own. False:
  // nothing is left to trace.
  bool start(const std::vector<world::ReasonMatch>& by);
  void add(const PolicySet& policies, const request::Data& request);
  std::vector<StatementTrace> take();  // in the order of the policies and their statements

 private:
  struct Entry {
    StatementTrace trace;
    std::size_t closeness = 0;
  };
  void keep(StatementTrace trace, bool names_action);

  std::vector<world::ReasonMatch> by_;
  std::vector<Entry> entries_;
  std::unique_ptr<Probes> probes_;  // of the policies that were traced last
  const void* program_ = nullptr;   // which these are
};

}  // namespace policysim::gate
