// Mutation operators: the ways in which policies go wrong.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "gate/mutation_edit.hpp"

namespace policysim::gate {

struct MutationOperator {
  std::string_view name;
  std::string_view summary;
  // Every change that the operator makes of a statement; null: it changes attachments.
  void (*edit)(const Site& site, std::vector<StatementEdit>& out);
  bool many = false;  // a change for each value, key or operator
};

std::span<const MutationOperator> mutation_operators() noexcept;

// All edits of one statement in the order of the table. What its policy type refuses is left out,
// and of edits that give equal statements the first stays. A statement that is larger than AWS
// takes any gets no edits of its single values, which would fill memory. Pure.
std::vector<StatementEdit> edits_of(const Site& site);

// mutation_statement.cpp
void drop_statement(const Site& site, std::vector<StatementEdit>& out);
void flip_effect(const Site& site, std::vector<StatementEdit>& out);
void widen_action(const Site& site, std::vector<StatementEdit>& out);
void widen_resource(const Site& site, std::vector<StatementEdit>& out);
void widen_principal(const Site& site, std::vector<StatementEdit>& out);
void negate_action(const Site& site, std::vector<StatementEdit>& out);
void negate_resource(const Site& site, std::vector<StatementEdit>& out);
// mutation_condition.cpp
void drop_condition(const Site& site, std::vector<StatementEdit>& out);
void drop_operator(const Site& site, std::vector<StatementEdit>& out);
void drop_key(const Site& site, std::vector<StatementEdit>& out);
void negate_operator(const Site& site, std::vector<StatementEdit>& out);
void toggle_if_exists(const Site& site, std::vector<StatementEdit>& out);
void change_set_operator(const Site& site, std::vector<StatementEdit>& out);
void like_to_equals(const Site& site, std::vector<StatementEdit>& out);
// mutation_values.cpp
void drop_value(const Site& site, std::vector<StatementEdit>& out);
void narrow_wildcard(const Site& site, std::vector<StatementEdit>& out);
void swap_tag_key(const Site& site, std::vector<StatementEdit>& out);
void drop_variable(const Site& site, std::vector<StatementEdit>& out);
void change_account(const Site& site, std::vector<StatementEdit>& out);

// The name of the tag that a key such as `aws:ResourceTag/Team` is of; empty: none.
std::string_view tag_of(std::string_view key) noexcept;
// Twelve digits that stand alone, from `from` on; npos: none.
std::size_t find_account(std::string_view text, std::size_t from) noexcept;

}  // namespace policysim::gate
