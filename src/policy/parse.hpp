// Node tree -> AST, with all findings; AST -> JSON text.
#pragma once

#include <string>
#include <vector>

#include "policy/ast.hpp"
#include "policysim/diagnostic.hpp"
#include "policysim/result.hpp"
#include "text/node.hpp"
#include "text/reader.hpp"
#include "text/source.hpp"

namespace policysim::policy {

// Parsed as far as it goes, with every finding in source order. `usable` is false when a finding is
// an error (language.md 1.7; with `lenient` the rules by policy type and unknown operators warn).
struct Parsed {
  Document document;
  std::vector<Diagnostic> findings;
  bool usable = false;
};

Parsed parse(const text::Node& root, PolicyType type, const ParseOptions& options = {});

// Canonical JSON: members in the order Version, Id, Statement; Sid, Effect, Principal, Action,
// Resource, Condition; scalar or list as in the document.
std::string unparse(const Document& document);

// A document from a node tree that stands in `sources`; fails with all findings.
Result<PolicyDocument> make_document(const text::Node& root, PolicyType type,
                                     std::shared_ptr<const text::SourceMap> sources,
                                     const ParseOptions& options = {});

// The type of a document that nobody attached: resource if a statement has a Principal or
// NotPrincipal, else identity.
PolicyType guess_type(const text::Node& root);

std::string_view type_name(PolicyType type) noexcept;  // "identity", "scp", "endpoint", …

}  // namespace policysim::policy
