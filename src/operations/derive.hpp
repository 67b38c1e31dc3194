// The keys that AWS would send, one function for each place that they come from.
#pragma once

#include <string_view>

#include "operations/fields.hpp"
#include "operations/key_set.hpp"
#include "operations/parties.hpp"
#include "request/request.hpp"
#include "world/data.hpp"
#include "world/findings.hpp"

namespace policysim::operations {

// One authorization in the making. Lives no longer than what it refers to.
struct Derivation {
  const Fields& fields;
  const CallerParty& caller;
  const ResourceParty& resource;
  const world::Data* world;  // may be null
  std::string_view action;
  std::string_view service;  // lower or upper case, as in the action
  std::string region;        // aws:RequestedRegion unless the context states another
  std::string clock;         // the time when no request says one
  request::Data& out;
  KeySet& keys;
  world::Findings& findings;
};

// Facts of the world: evaluation.md 9.3 (3).
void derive_caller(Derivation& d);
void derive_resource(Derivation& d);
// What the other members of the request say: 9.3 (2).
void derive_request(Derivation& d);
// 9.3 (4).
void derive_defaults(Derivation& d);

// Where a request goes to: the ARN's Region, that of a global service, else the world's default.
std::string requested_region(const ResourceParty& resource, const CallerParty& caller,
                             std::string_view action, const world::Data* world);

}  // namespace policysim::operations
