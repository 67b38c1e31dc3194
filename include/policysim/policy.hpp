// One policy document: parsed, checked, immutable.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "policysim/diagnostic.hpp"
#include "policysim/export.hpp"
#include "policysim/result.hpp"

namespace policysim {

namespace policy {
struct Document;
}
namespace text {
class SourceMap;
}

enum class PolicyType : std::uint8_t {
  kIdentity,
  kResource,
  kKey,
  kTrust,
  kBoundary,
  kSession,
  kScp,
  kRcp,
  kEndpoint
};

struct ParseOptions {
  bool lenient = false;           // policy-type findings and unknown operators only warn
  std::string name = "<policy>";  // file name that locations show
};

// A policy document that can be compiled. Immutable, share freely.
class PSIM_EXPORT PolicyDocument {
 public:
  // Parses JSON (or YAML) text. Fails with *all* findings of the document when one of them is an
  // error (spec: what stops an evaluation); warnings are kept in diagnostics().
  static Result<PolicyDocument> parse(std::string text, PolicyType type,
                                      const ParseOptions& options = {});

  PolicyType type() const noexcept;
  std::span<const Diagnostic> diagnostics() const& noexcept;
  Location locate(const SourceSpan& span) const;
  std::string unparse() const;  // JSON that parses to an equal document

  // For the library's own folders.
  PolicyDocument(std::shared_ptr<const policy::Document> document,
                 std::shared_ptr<const text::SourceMap> sources,
                 std::shared_ptr<const std::vector<Diagnostic>> findings);
  const policy::Document& ast() const noexcept { return *document_; }
  const std::shared_ptr<const policy::Document>& shared_ast() const noexcept { return document_; }
  const std::shared_ptr<const text::SourceMap>& sources() const noexcept { return sources_; }

 private:
  std::shared_ptr<const policy::Document> document_;
  std::shared_ptr<const text::SourceMap> sources_;
  std::shared_ptr<const std::vector<Diagnostic>> findings_;
};

}  // namespace policysim
