// Each part of the policies' statements, asked alone by the same engine: a second program whose
// statements are the parts of the first one's.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "compile/sources.hpp"
#include "eval/binding.hpp"
#include "eval/scratch.hpp"
#include "gate/statement_parts.hpp"
#include "policysim/policy_set.hpp"
#include "program/verdict.hpp"

namespace policysim::gate {

// A statement of a policy, its parts, and the statements that ask for them: offsets into the
// document of probes.
struct ProbedStatement {
  struct Part {
    StatementPart part;
    std::uint32_t holds = 0;   // the part itself; a variable: does it have a value?
    std::uint32_t absent = 0;  // kCondition: is the key absent?
  };
  const policy::Statement* statement = nullptr;
  std::uint32_t whole = 0;
  std::vector<Part> parts;
};

// One policy in its place (or in several, under one name).
struct ProbedDocument {
  std::uint32_t attached = 0;  // index into Sources::attached, the first of its places
  std::uint32_t first = 0;     // statement id of its first probe
  std::vector<ProbedStatement> statements;
};

// One per thread. Built-in policies and grants have no probes.
class Probes {
 public:
  explicit Probes(const PolicySet& policies);

  // The request of all questions, until the next. Borrowed.
  void bind(const request::Data& request);

  const std::vector<ProbedDocument>& documents() const noexcept { return documents_; }
  const compile::Sources& sources() const noexcept { return *policies_.sources(); }
  // Is the document in one of the request's layers?
  bool consulted(const ProbedDocument& document) const noexcept;
  // The first part of a statement is its Action element.
  bool names_action(const ProbedDocument& document,
                    const ProbedStatement& statement) const noexcept;
  program::Tri ask(const ProbedDocument& document, std::uint32_t probe);

 private:
  PolicySet policies_;
  std::vector<ProbedDocument> documents_;
  PolicySet probes_;
  eval::Scratch scratch_;
  eval::Binding binding_;
  std::vector<std::uint32_t> consulted_;  // by document of the program: the request that did
  std::uint32_t request_ = 0;
};

}  // namespace policysim::gate
