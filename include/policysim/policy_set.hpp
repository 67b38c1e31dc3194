// Policies, attached and compiled into one condition graph.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "policysim/decision.hpp"
#include "policysim/export.hpp"
#include "policysim/policy.hpp"
#include "policysim/request.hpp"
#include "policysim/result.hpp"
#include "policysim/world.hpp"

namespace policysim {

namespace program {
struct Program;
}
namespace compile {
struct Sources;
}
namespace eval {
struct Binding;
}

// Where a policy is attached. `name` is what decisions call it. `target` is a principal, resource,
// organization node, account or endpoint: a name of the world or an ARN; empty means every one.
struct Attachment {
  PolicyType as = PolicyType::kIdentity;
  std::string name;
  std::string target;
};

struct CompileOptions {
  // Semantics options by name ("notprincipal", "any"); what is not named has its default reading.
  std::vector<std::pair<std::string, std::string>> semantics;
  std::string rcp_date;  // "2026-09-26"; empty: the newest list of services that RCPs cover
  std::vector<std::string> rcp_services;  // service prefixes in place of that list; empty: none
  bool lenient = false;                   // how the world's policies are read
};

// Where a statement stands, for reports.
struct StatementInfo {
  std::string policy;  // attachment name
  std::optional<std::string> sid;
  std::uint32_t index = 0;  // within its document, from zero
  bool deny = false;
  PolicyType type = PolicyType::kIdentity;
  bool built_in = false;  // FullAWSAccess
  Location location;      // line 0 for built-in policies
  SourceSpan span;        // of the statement in its source
};

// A Request whose keys are slots of one PolicySet and whose values are parsed. It keeps the Request
// and must not outlive the PolicySet. Immutable, share freely.
class PSIM_EXPORT BoundRequest {
 public:
  explicit BoundRequest(std::shared_ptr<const eval::Binding> binding)
      : binding_(std::move(binding)) {}
  const eval::Binding& binding() const noexcept { return *binding_; }

 private:
  std::shared_ptr<const eval::Binding> binding_;
};

// Compiled policies. Immutable, share freely; copies share the same program.
class PSIM_EXPORT PolicySet {
 public:
  class Builder;

  BoundRequest bind(const Request& request) const;
  // A policy that this request needs and that cannot be used: then there is no decision. None: all
  // policies that it needs can be used.
  std::optional<Error> unusable_for(const Request& request) const;
  StatementInfo statement(StatementId id) const;
  std::size_t statement_count() const noexcept;
  std::size_t memory_bytes() const noexcept;
  std::string dump() const;  // the condition graph, readable: our EXPLAIN

  // For the library's own folders.
  PolicySet(std::shared_ptr<const program::Program> program,
            std::shared_ptr<const compile::Sources> sources)
      : program_(std::move(program)), sources_(std::move(sources)) {}
  const program::Program& program() const noexcept { return *program_; }
  const std::shared_ptr<const compile::Sources>& sources() const noexcept { return sources_; }

 private:
  std::shared_ptr<const program::Program> program_;
  std::shared_ptr<const compile::Sources> sources_;
};

// Collects attachments, then compiles them. One per thread.
class PSIM_EXPORT PolicySet::Builder {
 public:
  Builder();
  Builder(Builder&&) noexcept;
  Builder& operator=(Builder&&) noexcept;
  ~Builder();

  // Attachments of one layer and target stand in the order of the calls.
  Builder& add(PolicyDocument document, Attachment where);
  // Attaches everything that the world attaches.
  Builder& world(std::shared_ptr<const World> world);
  // Fails on unknown semantics options and on a world whose policies cannot be used.
  Result<PolicySet> compile(const CompileOptions& options = {}) &&;

 private:
  std::shared_ptr<compile::Sources> sources_;
};

}  // namespace policysim
