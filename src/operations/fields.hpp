// A request as it is written, member by member.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "operations/request_builder.hpp"
#include "request/request.hpp"
#include "text/node.hpp"
#include "world/data.hpp"
#include "world/findings.hpp"
#include "world/request_shape.hpp"

namespace policysim::operations {

// Lives no longer than the node.
struct Fields {
  const text::Node& node;
  std::string id;
  std::string principal;
  std::vector<std::string> actions, resources;
  std::vector<request::ContextEntry> context;
  std::optional<world::Tags> encryption_context, tags, headers;
  std::optional<world::Names> tag_keys;
  std::optional<std::string> source_ip, vpc_endpoint, time;
  std::vector<std::string> via;  // services without their suffix, first to last
  std::optional<bool> missing_unknown, certain;
  bool force = false;

  std::string operation, key;              // of an API call
  const text::Node* parameters = nullptr;  // of an API call
  const text::Node* operation_node = nullptr;

  // What follows from the members above for one of several authorizations.
  std::vector<request::ContextEntry> derived;
  // An authorization of an API call: nothing is sent but that.
  bool of_operation = false;
  std::vector<request::AlternativeEntry> alternatives;

  explicit Fields(const text::Node& request) : node(request) {}

  const SourceSpan& span_of(std::string_view member) const noexcept {
    const text::Node* value = node.find(member);
    return value != nullptr ? value->span : node.span;
  }
  // The stated scalar value of a context key, or empty.
  std::string stated(std::string_view name) const;
  // Does the context say anything of a key, be it that it is absent?
  bool in_context(std::string_view name) const noexcept;
};

// Findings have rules PS30xx. The result means something only when none of them is an error.
Fields read_fields(const text::Node& node, world::RequestForm form, const BuildOptions& options,
                   world::Findings& findings);

}  // namespace policysim::operations
