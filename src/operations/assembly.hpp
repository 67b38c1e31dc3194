// One authorization after the other: each with its own keys, derived from world and request.
#pragma once

#include <string>

#include "operations/fields.hpp"
#include "operations/parties.hpp"
#include "operations/request_builder.hpp"
#include "world/data.hpp"
#include "world/findings.hpp"

namespace policysim::operations {

// Lives no longer than what it is made of.
class Assembly {
 public:
  Assembly(const world::Data* world, const BuildOptions& options, world::Findings& findings)
      : world_(world), options_(options), findings_(findings) {}

  // All authorizations of an action on a resource. `fields` are the request's, or what of them an
  // authorization of an API call carries.
  void add(const Fields& fields, const CallerParty& caller, ResourceParty resource,
           const std::string& action, Built& out);

 private:
  request::Data& one(const Fields& fields, const CallerParty& caller, const ResourceParty& resource,
                     const std::string& action, Built& out);
  void through_access_point(const Fields& fields, const CallerParty& caller,
                            ResourceParty& resource, const std::string& action, Built& out);
  void function_url(const Fields& fields, const CallerParty& caller, const ResourceParty& resource,
                    const std::string& action, Built& out);
  request::Data start(const Fields& fields, const CallerParty& caller,
                      const ResourceParty& resource, const std::string& action) const;

  const world::Data* world_;
  const BuildOptions& options_;
  world::Findings& findings_;
};

}  // namespace policysim::operations
