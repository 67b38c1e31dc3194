// parse(unparse(x)) == x: the first byte says the type, the rest is read leniently. Written text
// is settled: it is written in the same way again.
#include "check.hpp"
#include "policy/parse.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace policysim;
  if (size == 0) return 0;
  constexpr unsigned kTypes = static_cast<unsigned>(PolicyType::kEndpoint) + 1;
  const auto type = static_cast<PolicyType>(data[0] % kTypes);
  ParseOptions options;
  options.lenient = true;
  const auto document = PolicyDocument::parse(std::string(data + 1, data + size), type, options);
  if (!document) return 0;
  const std::string written = document->unparse();

  text::SourceMap sources;
  const std::uint32_t source = sources.add("written", written);
  const Result<text::Node> root = text::read(sources, source, text::Syntax::kJson);
  PSIM_FUZZ_CHECK(root.has_value());
  const policy::Parsed again = policy::parse(*root, type, options);
  PSIM_FUZZ_CHECK(again.usable);
  PSIM_FUZZ_CHECK(again.document == document->ast());
  PSIM_FUZZ_CHECK(policy::unparse(again.document) == written);
  return 0;
}
