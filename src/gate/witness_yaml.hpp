// Cases written as YAML.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "explain/decision_record.hpp"
#include "text/node.hpp"
#include "world/expectation.hpp"
#include "world/fixture.hpp"

namespace policysim::gate {

// Several patches, one after the other, as one.
text::Node joined_patch(const world::Patches& patches);

text::Node text_node(std::string text);
text::Node list_node(const std::vector<std::string>& texts);
// Sets a member; null takes it out.
void set_member(text::Node& map, const std::string& key, const text::Node* value);

// What is decided, as an expectation: the decision and the first of its reasons, or that of the
// statement, where it is one of them.
world::Expectation expectation_of(const explain::DecisionRecord& record, const std::string& policy,
                                  std::optional<std::uint32_t> statement);

// A comment and a case, indented as an item below `cases`; `patch` may be null.
std::string case_yaml(const std::string& id, const std::string& comment, const text::Node* patch,
                      const text::Node& request, const world::Expectation& expected);

}  // namespace policysim::gate
