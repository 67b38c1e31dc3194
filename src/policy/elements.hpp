// The parts of the parser, one per element of the grammar. Each reports what it finds into the
// context and returns what can be used of its element.
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "policy/ast.hpp"
#include "policy/context.hpp"
#include "text/node.hpp"

namespace policysim::policy {

constexpr std::array<std::string_view, 9> kStatementElements = {
    "Sid",       "Effect",   "Principal",   "NotPrincipal", "Action",
    "NotAction", "Resource", "NotResource", "Condition"};

Document parse_document(const text::Node& root, PolicyType type, Context& context);
Statement parse_statement(const text::Node& node, Context& context);
std::optional<Principal> parse_principal(const text::Member& member, bool negated,
                                         Context& context);
std::vector<ConditionBlock> parse_condition(const text::Node& node, Context& context);

// What the grammar cannot say about values; all of it warns.
void check_actions(const Statement& statement, Context& context);
void check_resources(const Statement& statement, Context& context);
void check_principal(const Statement& statement, Context& context);
void check_condition_values(const catalog::ConditionOperator& op, const Texts& values,
                            Context& context);
void check_condition_keys(const Statement& statement, Context& context);
void check_size(const text::Node& root, const Document& document, Context& context);

}  // namespace policysim::policy
