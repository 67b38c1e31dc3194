// What the decision object of `policysim evaluate` says: one record an answered case, line or
// request (docs/formats/decision-v1.schema.json).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "explain/message.hpp"
#include "policysim/explanation.hpp"
#include "policysim/policy_set.hpp"
#include "request/request.hpp"

namespace policysim::explain {

// Why a request could not be evaluated.
struct RecordError {
  std::string code;  // rule number
  std::string message;
  std::optional<Location> location;
  std::string findings;  // for people: all findings with their excerpts; empty when there are none
};

// The text of a statement, as its file has it; long statements are cut.
struct Excerpt {
  Location location;               // of the statement's first character
  std::vector<std::string> lines;  // from location.line on
  std::uint32_t omitted = 0;       // lines of the statement that are not shown
};

// An error, or a decision. Optional members are null in the output, never left out. Plain data.
struct DecisionRecord {
  std::string id;
  std::optional<RecordError> error;

  Outcome outcome = Outcome::kAllow;
  std::optional<std::string> principal, action, resource, operation;
  Layer layer = Layer::kNone;
  std::optional<std::string> policy, sid;
  std::optional<std::uint32_t> statement;
  std::optional<Location> location;
  std::optional<std::string> message;
  std::vector<Reason> reasons;
  std::array<LayerVerdict, 12> layers{};  // indexed by Layer
  std::vector<Bypassed> bypassed;
  std::vector<std::string> missing, absent, assumptions;
  std::vector<DecisionWarning> warnings;
  std::vector<DecisionRecord> requests;

  // For people only.
  std::vector<Completion> completions;  // of a conditional decision
  std::vector<request::ContextEntry> context;
  std::optional<Excerpt> excerpt;
};

struct RecordOptions {
  MessageStyle message_style = MessageStyle::kPlain;
  bool for_people = false;  // fill context and excerpt
};

// The words of the output, which are the contract's.
std::string_view to_string(Outcome outcome) noexcept;       // "explicit_deny"
std::string_view to_string(Layer layer) noexcept;           // "identity"
std::string_view to_string(LayerVerdict verdict) noexcept;  // "not_applicable"

// Of several authorizations the one of the greatest strictness speaks for the call: from 0, allow,
// to 3, explicit deny.
int strictness(Outcome outcome) noexcept;

// The file of a location as the output shows it: relative to the working directory.
std::string shown_file(const Location& location);

// The eleven layers in the order of the output.
extern const std::array<Layer, 11> kLayers;

// One authorization.
DecisionRecord make_record(std::string id, const request::Data& request,
                           const Explanation& explanation, const PolicySet& policies,
                           const RecordOptions& options = {});
DecisionRecord make_error(std::string id, const Error& error,
                          std::optional<Location> location = std::nullopt);

// The authorizations of one call under one id: a single one is the answer itself; of several the
// strictest, first in order, speaks for all, and an error spoils the whole; none at all is allowed.
DecisionRecord aggregate(std::string id, std::vector<DecisionRecord> parts);

}  // namespace policysim::explain
