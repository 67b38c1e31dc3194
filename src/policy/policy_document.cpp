#include <algorithm>
#include <utility>

#include "policy/parse.hpp"
#include "policysim/policy.hpp"

namespace policysim {

namespace policy {

Result<PolicyDocument> make_document(const text::Node& root, PolicyType type,
                                     std::shared_ptr<const text::SourceMap> sources,
                                     const ParseOptions& options) {
  Parsed parsed = parse(root, type, options);
  if (!parsed.usable) {
    const auto error = std::find_if(
        parsed.findings.begin(), parsed.findings.end(),
        [](const Diagnostic& finding) { return finding.severity == Severity::kError; });
    std::string code = error->rule;
    std::string message = error->message;
    return Error{std::move(code), std::move(message), std::move(parsed.findings)};
  }
  return PolicyDocument(
      std::make_shared<const Document>(std::move(parsed.document)), std::move(sources),
      std::make_shared<const std::vector<Diagnostic>>(std::move(parsed.findings)));
}

}  // namespace policy

Result<PolicyDocument> PolicyDocument::parse(std::string text, PolicyType type,
                                             const ParseOptions& options) {
  auto sources = std::make_shared<text::SourceMap>();
  const std::uint32_t source = sources->add(options.name, std::move(text));
  auto root = text::read(*sources, source);
  if (!root) return std::move(root).error();
  return policy::make_document(*root, type, std::move(sources), options);
}

PolicyDocument::PolicyDocument(std::shared_ptr<const policy::Document> document,
                               std::shared_ptr<const text::SourceMap> sources,
                               std::shared_ptr<const std::vector<Diagnostic>> findings)
    : document_(std::move(document)),
      sources_(std::move(sources)),
      findings_(std::move(findings)) {}

PolicyType PolicyDocument::type() const noexcept { return document_->type; }

std::span<const Diagnostic> PolicyDocument::diagnostics() const& noexcept { return *findings_; }

Location PolicyDocument::locate(const SourceSpan& span) const { return sources_->locate(span); }

std::string PolicyDocument::unparse() const { return policy::unparse(*document_); }

}  // namespace policysim
