// Where each key of an authorization must come from, by the rules of evaluation.md 9.3.
#pragma once

#include <string>

#include "authorizations.hpp"
#include "request/request.hpp"

namespace policysim::operations {

// One line for each key of `data` whose origin is not what its rule says, or that no rule covers;
// for keys that stand there twice, and for a context in another order than that of the classes.
// `request` is what made `data`.
std::string wrong_origins(const Json& request, const request::Data& data);

}  // namespace policysim::operations
