// Who calls, and what is called: the entries of the world that a request's names and ARNs mean.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "operations/fields.hpp"
#include "request/request.hpp"
#include "world/data.hpp"
#include "world/findings.hpp"

namespace policysim::operations {

struct CallerParty {
  request::Caller caller;
  std::string session_name;                 // role sessions
  const world::Principal* entry = nullptr;  // null: the world lacks the caller
};

struct ResourceParty {
  std::string arn;  // or "*"
  std::string region;
  request::ResourceFacts facts;
  bool owner_stated_in_context = false;  // nothing else names the owner
  const world::Resource* entry = nullptr;
  const world::Resource* container = nullptr;     // the bucket of an object
  const world::Principal* principal = nullptr;    // a user or role as a resource
  const world::Resource* access_point = nullptr;  // that the request goes through
};

// `world` may be null. Without result a finding says why; `member` of the request names what was
// not found.
std::optional<CallerParty> find_caller(const Fields& fields, const world::Data* world,
                                       world::Findings& findings);
std::optional<ResourceParty> find_resource(const std::string& text, std::string_view action,
                                           const Fields& fields, const CallerParty& caller,
                                           const world::Data* world, world::Findings& findings,
                                           std::string_view member = "resource");

}  // namespace policysim::operations
