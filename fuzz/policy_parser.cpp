// The policy parser on any text: the first byte says the type and whether to read leniently. Every
// finding is a known rule, stands inside the text and can be drawn; errors decide about use.
#include <algorithm>

#include "catalog/rules.hpp"
#include "check.hpp"
#include "policy/parse.hpp"

namespace {

using namespace policysim;

void check_finding(const Diagnostic& finding, const text::SourceMap& sources) {
  PSIM_FUZZ_CHECK(catalog::find_rule(finding.rule) != nullptr);
  PSIM_FUZZ_CHECK(!finding.message.empty() && finding.message.size() < 1000);
  PSIM_FUZZ_CHECK(finding.span.begin <= finding.span.end);
  PSIM_FUZZ_CHECK(finding.span.end <= sources[finding.span.source].text().size());
  PSIM_FUZZ_CHECK(sources.locate(finding.span).line > 0);
  const std::string drawn = text::render(finding, sources);
  for (const char c : drawn) PSIM_FUZZ_CHECK(c == '\n' || static_cast<unsigned char>(c) >= 0x20);
}

bool is_earlier(const Diagnostic& a, const Diagnostic& b) { return a.span.begin < b.span.begin; }

bool is_error(const Diagnostic& finding) { return finding.severity == Severity::kError; }

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  constexpr unsigned kTypes = static_cast<unsigned>(PolicyType::kEndpoint) + 1;
  const auto type = static_cast<PolicyType>((data[0] & 0x7FU) % kTypes);
  ParseOptions options;
  options.lenient = (data[0] & 0x80U) != 0;
  text::SourceMap sources;
  const std::uint32_t source = sources.add("policy", std::string(data + 1, data + size));
  const Result<text::Node> root = text::read(sources, source);
  if (!root) return 0;
  PSIM_FUZZ_CHECK(!policy::type_name(policy::guess_type(*root)).empty());

  const policy::Parsed parsed = policy::parse(*root, type, options);
  const auto& findings = parsed.findings;
  PSIM_FUZZ_CHECK(std::is_sorted(findings.begin(), findings.end(), is_earlier));
  PSIM_FUZZ_CHECK(parsed.usable == std::none_of(findings.begin(), findings.end(), is_error));
  for (const Diagnostic& finding : findings) check_finding(finding, sources);

  options.lenient = true;
  if (parsed.usable) PSIM_FUZZ_CHECK(policy::parse(*root, type, options).usable);
  return 0;
}
