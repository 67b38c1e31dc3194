// Random cases. The request is drawn first and policies are built around it, so that statements
// meet requests; one statement of each case, its target, is made to decide or to block by one
// condition operator in one situation.
#pragma once

#include "differential/choices.hpp"
#include "differential/model.hpp"
#include "differential/vocabulary.hpp"
#include "reference/rules.hpp"

namespace policysim::differential {

// An operator (index into operators()) and what its condition is to meet in the request.
struct Goal {
  std::size_t op = 0;
  reference::Meeting meeting = reference::Meeting::kTrue;
};

// Every operator with every situation that can arise for it.
const std::vector<Goal>& goals();

// Two in five cases are about the goal, the others about the layers.
Case generate(Choices& choices, const Goal& goal);
Case generate_layers(Choices& choices);

// Parts, in the order in which generate() uses them.
request::Data draw_request(Choices& choices);
// A caller of whom everything is known, who mostly asks for a resource that can have a policy.
request::Data draw_layer_request(Choices& choices);
// `any_target`: may turn to any other resource; else to one with the same type of policy.
void change_request(Choices& choices, request::Data& data, bool any_target);
// No resource, or one of AWS's own: it counts as the caller's.
bool is_callers_own(const request::Data& data);
const Target& target_of(const request::Data& data);
void set_key(request::Data& data, const request::ContextEntry& entry);
Statement everything(PolicyType type);  // allows
Statement inert(PolicyType type);       // allows what nobody asks for
// A statement whose action, principal and resource cover the request.
Statement covering_statement(Choices& choices, const request::Data& data, PolicyType type,
                             bool deny);
Statement random_statement(Choices& choices, const request::Data& data, PolicyType type, bool deny);
Condition random_condition(Choices& choices);
// A condition and, in `data`, a value of its key, so that it meets what the goal says. False when
// luck did not suffice.
bool aim(Choices& choices, const Goal& goal, PolicyType type, bool deny, request::Data& data,
         Condition& out);

}  // namespace policysim::differential
