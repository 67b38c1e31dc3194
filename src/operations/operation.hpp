// API operations: the authorizations that one call asks, in AWS's order.
#pragma once

#include "operations/assembly.hpp"
#include "operations/fields.hpp"
#include "operations/parties.hpp"
#include "operations/request_builder.hpp"
#include "world/data.hpp"
#include "world/findings.hpp"

namespace policysim::operations {

// Appends the authorizations of the call that `fields` describe. Findings say what is wrong with
// it; after an error `out` means nothing.
void add_operation(const Fields& fields, const CallerParty& caller, const world::Data* world,
                   Assembly& assembly, world::Findings& findings, Built& out);

}  // namespace policysim::operations
