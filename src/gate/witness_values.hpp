// Values that are worth a try where a statement tests something.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/ast.hpp"
#include "request/request.hpp"
#include "text/node.hpp"

namespace policysim::gate {

// Texts that a pattern covers: its wildcards filled in two ways, variables with what the request
// holds. Empty: a variable has no value.
std::vector<std::string> covered_texts(std::string_view pattern, const request::Data* request);

// Values of one condition key: such that each comparison of both statements hits or misses, alone
// and in lists, and none at all (a null). Those that only one of the statements names come first.
std::vector<text::Node> key_values(const std::string& key, const policy::Statement& before,
                                   const policy::Statement* after, const request::Data* request);

// Of the actions that the run knows: those that the element names, then others of its services, and
// some that services share.
std::vector<std::string> element_actions(const policy::Element& element,
                                         const std::vector<std::string>& known);

}  // namespace policysim::gate
