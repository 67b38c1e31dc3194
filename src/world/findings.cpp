#include "world/findings.hpp"

#include "base/edit_distance.hpp"

namespace policysim::world {

std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates) {
  constexpr std::size_t kLongest = 100, kMost = 1000;  // edit distance is quadratic
  if (word.size() > kLongest || candidates.size() > kMost) return {};
  return base::did_you_mean(base::nearest(word, candidates));
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates) {
  const std::vector<std::string_view> views(candidates.begin(), candidates.end());
  return did_you_mean(word, std::span<const std::string_view>(views));
}

void Findings::error(std::string_view rule, const SourceSpan& span, std::string message,
                     std::string help) {
  add({{std::string(rule), std::move(message), std::move(help), Severity::kError, span, {}}});
}

void Findings::warning(std::string_view rule, const SourceSpan& span, std::string message,
                       std::string help) {
  add({{std::string(rule), std::move(message), std::move(help), Severity::kWarning, span, {}}});
}

void Findings::add(std::vector<Diagnostic> diagnostics) {
  for (Diagnostic& diagnostic : diagnostics) {
    failed_ = failed_ || diagnostic.severity == Severity::kError;
    if (list_.size() < kMost) list_.push_back(std::move(diagnostic));
  }
}

Error Findings::to_error() const {
  for (const Diagnostic& finding : list_) {
    if (finding.severity == Severity::kError) return {finding.rule, finding.message, list_};
  }
  return {"PS2012", "the fixture has more errors than are kept", list_};
}

}  // namespace policysim::world
